"""Reads PO files directly: no compile step, no ``.mo`` that could go stale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from slideshow.errors import CatalogueError
from slideshow.library.catalogues.entries import Entry, read_entries, refuse_empty
from slideshow.library.catalogues.plurals import PluralForms
from slideshow.library.files import moment, read_file
from slideshow.story.languages import locale_of
from slideshow.story.limits import Limits

# gettext's portable charsets besides UTF-8: all of them are supersets of ASCII.
CHARSET = re.compile(
    rb"charset=((?:iso-?8859-|koi8-|cp|windows-|gb|euc-|big5|shift_jis|johab|tis-?620)[\w-]*)",
    re.IGNORECASE,
)
MAX_BYTES = Limits().catalogue_bytes
Key = tuple[str, str]  # the context and the text of a message


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one domain into one language, without fuzzy ones.

    ``messages`` has them by context and source text; those with plural forms are in ``plurals``, by
    their singular, in the order of the file. ``changed`` is the file's modification time.
    """

    messages: dict[Key, str] = field(default_factory=dict)
    plurals: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    forms: PluralForms = field(default_factory=PluralForms)
    changed: datetime = field(default=datetime.fromtimestamp(0, UTC), compare=False)

    def find(self, id: str, context: str = "") -> str | None:
        """Look up the translation of a message; None if there is none."""
        return self.messages.get((context, id))

    def find_plural(self, id: str, number: int) -> str | None:
        """Look up the form for ``number`` of the message with singular ``id``; None if missing."""
        strings = self.plurals.get(("", id))
        return self.forms.choose(strings, number) if strings else None


def find(catalogues: Iterable[Catalogue], id: str) -> str | None:
    """Look up a message in the first catalogue that translates it; None if none does."""
    found = (catalogue.find(id) for catalogue in catalogues)
    return next((text for text in found if text is not None), None)


def read_catalogue(path: Path, max_bytes: int = MAX_BYTES) -> Catalogue:
    """Parse the translations in a PO file.

    Raises CatalogueError, with the line if there is one, if the file is too big, not in its
    declared encoding, empty, or not a PO file.
    """
    text, _ = read_text(path, max_bytes)
    entries = read_entries(text, str(path))
    refuse_empty(entries, path)
    messages: dict[Key, str] = {}
    plurals: dict[Key, tuple[str, ...]] = {}
    for entry in entries:
        if entry.is_obsolete or entry.is_fuzzy or not entry.id:
            continue
        if entry.plural and any(entry.strings):
            plurals.setdefault(entry.key, entry.strings)
        elif not entry.plural and entry.strings[0]:
            messages.setdefault(entry.key, entry.strings[0])
    changed = moment(path.stat().st_mtime)
    return Catalogue(messages, plurals, plural_forms(entries, path), changed)


def plural_forms(entries: Iterable[Entry], path: Path) -> PluralForms:
    """Determine how the catalogue at ``path`` chooses among plural forms."""
    header = next((entry.strings[0] for entry in entries if entry.is_header), "")
    folder = path.parent.parent.name
    return PluralForms.of_header(header, locale_of(folder) or folder)


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> tuple[str, str]:
    """Decode a PO file; return its text and encoding: UTF-8, else the one in its header.

    Raises CatalogueError if the file is too big or in neither of the two.
    """
    data = read_file(path, max_bytes)
    if len(data) > max_bytes:
        raise CatalogueError(
            f"{path.stat().st_size} bytes are more than the {max_bytes} allowed",
            "remove its obsolete messages",
            limit="catalogue_bytes",
            path=str(path),
        )
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if charset := CHARSET.search(data):
            with suppress(LookupError, UnicodeDecodeError):
                encoding = charset[1].decode()
                return data.decode(encoding), encoding
        raise CatalogueError(
            f"not in UTF-8: byte {data[error.start]:#04x}",
            "save the catalogue in UTF-8, or name its charset in its header",
            path=str(path),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
