"""Parses the name of an article's file: its slug, its language, its date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slideshow.story.languages import INTERFACE, tag_of

# A language tag, followed by a remark such as " (1)" or " copy", which browsers and file
# managers add.
_LANGUAGE = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)([ (].*)?", re.DOTALL)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ .](?=.)")
_SLUG = re.compile(r"[\w-]+", re.ASCII)
NAMELESS = "story"  # the slug of a name without letters and digits


@dataclass(frozen=True, slots=True)
class FileName:
    """The parts of an article's name.

    ``suffix`` determines the format; ``language`` is a tag, and ``date`` ISO 8601; each is None if
    the name has none.
    """

    slug: str
    language: str | None
    suffix: str
    date: str | None


def parse_file_name(name: str, suffixes: Sequence[str]) -> FileName | None:
    """Parse a name that ends with one of ``suffixes``; None for any other.

    Hidden files and those that start with ``_`` are not articles. Of several suffixes the first
    determines the format: an editor that hides ``.md`` creates ``harbour.md.txt``.
    """
    stem, suffix = unicodedata.normalize("NFC", name), ""
    while (found := _suffix_of(stem, suffixes)) and len(stem) > len(found):
        stem, suffix = stem[: -len(found)], found
    if not suffix or stem[0] in "._~":
        return None
    named, language = stem, None
    if (match := _LANGUAGE.fullmatch(stem)) and (language := tag_of(match[2])):
        named = match[1] + (match[3] or "")
    return FileName(slug_of(named), language, suffix.lower(), _date_of(stem))


def slug_of(name: str) -> str:
    """Convert a name to a slug; a valid slug stays unchanged.

    Letters and digits of every script are kept, in lower case; everything else becomes a hyphen.
    """
    slug = name
    if not _SLUG.fullmatch(name):
        kept = (letter if _is_kept(letter) else " " for letter in name.lower())
        slug = "-".join("".join(kept).split()) or NAMELESS
    # This domain is reserved for the catalogues of the interface.
    return f"{slug}-{NAMELESS}" if slug.lower() == INTERFACE else slug


def _is_kept(letter: str) -> bool:
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"


def _suffix_of(name: str, suffixes: Sequence[str]) -> str | None:
    end = name[name.rfind(".") :] if "." in name else ""
    return end if end.lower() in suffixes else None


def _date_of(stem: str) -> str | None:
    """Parse the date at the start of a name, as in Jekyll."""
    match = _DATE.match(stem)
    try:
        return date.fromisoformat(match[1]).isoformat() if match else None
    except ValueError:
        return None
