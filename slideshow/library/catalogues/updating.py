"""Updates catalogues in place, and creates new ones."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from babel import Locale

from slideshow.errors import SlideshowError
from slideshow.library.catalogues.entries import (
    Entry,
    read_entries,
    refuse_twice,
    source_lines,
    target_lines,
    write_entries,
)
from slideshow.library.catalogues.extraction import Message
from slideshow.library.catalogues.former import renamed
from slideshow.library.catalogues.merging import merge
from slideshow.library.catalogues.plurals import PluralForms
from slideshow.library.catalogues.reading import MAX_BYTES, plural_forms, read_text
from slideshow.story.languages import locale_of

SUFFIX = ".new"  # of the temporary file beside a catalogue
WRITING_SECONDS = 600  # the age at which a temporary file is abandoned
CHARSET = re.compile(r"charset=[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many messages of a catalogue are translated; ``is_written`` if the file was changed."""

    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    is_written: bool = False

    @property
    def total(self) -> int:
        """The number of messages to translate."""
        return self.translated + self.fuzzy + self.missing


def update(
    path: Path,
    messages: Sequence[Message],
    subject: str,
    source_language: str,
    now: datetime,
    max_bytes: int = MAX_BYTES,
    translations: Mapping[str, str] | None = None,
) -> Progress:
    """Bring the catalogue at ``path`` up to date, or create it; leave a current one untouched.

    ``subject`` names the translated work in the header of a new catalogue. Raises SlideshowError,
    and leaves the file alone, if it is broken or cannot be written.
    """
    before, encoding = _read(path, max_bytes)
    folder = path.parent.parent.name
    header = _header(locale_of(folder) or folder, path.stem, subject, source_language, now)
    entries = read_entries(before, str(path)) if before else [header]
    refuse_twice(entries, path)
    if not any(entry.is_header for entry in entries):
        entries.insert(0, header)
    merged = merge(renamed(entries, messages), messages, _number_of_forms(entries, path))
    merged = [_filled(entry, translations or {}) for entry in merged]
    text = write_entries(merged)
    if "\r\n" in before:
        text = text.replace("\n", "\r\n")
    is_written = text != before
    if is_written:
        _write(path, _encoded(text, encoding))
    return _progress(merged, is_written)


def _filled(entry: Entry, translations: Mapping[str, str]) -> Entry:
    """Add a translation to an entry that has none yet."""
    given = translations.get(entry.id)
    if not given or any(entry.strings) or entry.is_obsolete or entry.plural or entry.context:
        return entry
    return replace(entry, strings=(given,), target=target_lines((given,), is_plural=False))


def _read(path: Path, max_bytes: int) -> tuple[str, str]:
    try:
        return read_text(path, max_bytes)
    except FileNotFoundError:
        return "", "utf-8"
    except OSError as error:
        raise SlideshowError(
            f"cannot be read: {error.strerror}", "check its permissions", path=str(path)
        ) from error


def _encoded(text: str, encoding: str) -> bytes:
    """Encode a catalogue, in UTF-8 if its own encoding lacks a character."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return CHARSET.sub("charset=UTF-8", text, count=1).encode()


def _write(path: Path, data: bytes) -> None:
    """Write through a temporary file, so that nobody ever sees half a catalogue.

    Raises SlideshowError if that fails, and for a dangling link: its target may be unmounted.
    """
    for place in (path, *path.parents):
        if place.is_symlink() and not place.exists():
            raise SlideshowError("broken symbolic link", "repair it, or delete it", path=str(place))
    try:
        path = path.resolve()  # the target of a link, so that the link stays
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=SUFFIX, dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                if path.exists():  # on disk before it replaces anybody's work
                    file.flush()
                    os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise SlideshowError(
            f"cannot be written: {error.strerror}", "check the permissions", path=str(path)
        ) from error


def _sweep(folder: Path) -> None:
    """Remove the temporary files of a ``translate`` that was killed."""
    long_ago = time.time() - WRITING_SECONDS
    for each in folder.glob(f".*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            if each.stat().st_mtime < long_ago:
                each.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _progress(entries: Sequence[Entry], is_written: bool) -> Progress:
    live = [entry for entry in entries if not entry.is_obsolete and not entry.is_header]
    fuzzy = sum(entry.is_fuzzy and entry.is_translated for entry in live)
    missing = sum(not entry.is_translated for entry in live)
    return Progress(len(live) - fuzzy - missing, fuzzy, missing, is_written)


def _number_of_forms(entries: Sequence[Entry], path: Path) -> int:
    """Count the forms in a catalogue's header, else in its messages."""
    forms = plural_forms(entries, path)
    there = [len(entry.strings) for entry in entries if entry.plural and not entry.is_obsolete]
    return forms.count or max(there, default=0) or PluralForms.usual(forms.locale).count


def _header(locale: str, domain: str, subject: str, source_language: str, now: datetime) -> Entry:
    """Build the header of a new catalogue, with the plural forms of the language."""
    name = Locale.parse(locale).english_name or locale
    moment = now.strftime("%Y-%m-%d %H:%M%z")
    fields = {
        "Project-Id-Version": domain,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": moment,
        "PO-Revision-Date": moment,
        "Last-Translator": "",
        "Language-Team": name,
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": str(PluralForms.usual(locale)),
        "X-Source-Language": source_language.replace("-", "_"),
    }
    value = "".join(f"{name}: {text}\n" for name, text in fields.items())
    return Entry(
        comments=(f"# {name} translation of {subject}.",),
        strings=(value,),
        source=source_lines("", "", ""),
        target=target_lines((value,), is_plural=False),
    )
