"""Reads PO files as they are: no compile step, no ``.mo`` that could go stale."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from slideshow.errors import CatalogueError
from slideshow.library.catalogues.quick_reader import plain_messages, plural_rule
from slideshow.library.files import read_file
from slideshow.story.languages import locale_of

# A blank line, a comment, or a keyword (none where a text goes on) and a quoted text.
PO_LINE = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?'
)

# What an obsolete message was before it changed: gettext writes it, Babel takes it for a mistake.
PREVIOUS_OBSOLETE = re.compile(r"\s*#~\s*\|")


def _not_one(number: int) -> int:
    return int(number != 1)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one domain into one language; fuzzy ones are not among them.

    ``plurals`` holds the forms in the order of the file, ``plural_form`` gives the place of
    the form for a number.
    """

    messages: dict[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural_form: Callable[[int], int] = _not_one


def read_catalogue(path: Path) -> Catalogue:
    """Give the translations in a PO file.

    Raises CatalogueError, with the line where there is one, if it cannot be read as UTF-8
    or as PO.
    """
    data = read_file(path)
    messages = plain_messages(_decoded(data, path))
    if messages is None:
        return _read_by_babel(data, path)
    rule = plural_rule(messages.pop(""))
    return Catalogue(messages, plural_form=_plural_form(rule, path) if rule else _not_one)


def _read_by_babel(data: bytes, path: Path) -> Catalogue:
    catalog = _parsed(data, path)
    messages: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            if isinstance(message.string, str) and message.string:
                messages[message.id] = message.string
        elif isinstance(message.string, tuple | list) and all(message.string):
            plurals[message.id[0]] = tuple(message.string)
    return Catalogue(messages, plurals, _plural_form(catalog.plural_expr, path))


_rule = lru_cache(maxsize=256)(gettext.c2py)  # hundreds of catalogues share one rule


def _plural_form(rule: str, path: Path) -> Callable[[int], int]:
    try:
        return _rule(rule)
    except ValueError as error:
        raise CatalogueError(
            f"plural forms {rule!r} are not a rule",
            "copy the Plural-Forms header of the language from another catalogue",
            path=str(path),
            line=1,
        ) from error


def text_of(path: Path) -> str:
    """Give the text of a PO file that can be read.

    Raises CatalogueError, with the line where there is one, if it cannot.
    """
    data = read_file(path)
    text = _decoded(data, path)
    if plain_messages(text) is None:
        _parsed(data, path)
    return text


def parse_catalogue(path: Path) -> Catalog:
    """Give a PO file as Babel holds it, comments and fuzzy messages included.

    Raises CatalogueError, with the line where there is one, if it is not a PO file.
    """
    return _parsed(read_file(path), path)


def _parsed(data: bytes, path: Path) -> Catalog:
    locale = locale_of(path.parent.parent.name)  # Babel refuses the spelling pt-BR
    lines = _decoded(data, path).split("\n")
    _refuse_bad_lines(lines, path)
    # As text: what the header says of the encoding does not count, the bytes are UTF-8.
    known = ("" if PREVIOUS_OBSOLETE.match(line) else line for line in lines)
    try:
        return read_po(known, locale=locale, abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(
            f"not a PO file: {error.args[0]}",
            "mend the line, or open the file in a PO editor",
            path=str(path),
            line=error.lineno + 1,
        ) from error
    except (ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise CatalogueError(
            f"not a PO file: {error}",
            "open the file in a PO editor, or make it anew with `slideshow translate`",
            path=str(path),
        ) from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(
            f"not in UTF-8: byte {data[error.start]:#04x}",
            "save the catalogue in UTF-8",
            path=str(path),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error


def _refuse_bad_lines(lines: Sequence[str], path: Path) -> None:
    # Babel reads over a missing quotation mark and cuts the last letter of the text.
    for number, line in enumerate(lines, 1):
        if not PO_LINE.fullmatch(line):
            raise CatalogueError(
                f"not a PO file: {line.strip()[:60]!r}",
                "mend the line, or open the file in a PO editor",
                path=str(path),
                line=number,
            )
