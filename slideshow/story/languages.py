"""Languages: the tags in URLs and pages, and the locales that Babel knows.

A language tag is BCP 47 (``pt-BR``), a locale Babel's name for the same language (``pt_BR``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal

SOURCE_LANGUAGE = "en"  # of the interface: the msgids in the templates
INTERFACE = "messages"  # the domain of the interface
MAX_TAG_CHARACTERS = 35  # RFC 5646, section 4.4.1
MAX_WISHES = 20  # of a reader's; a header may have thousands, which would take seconds to look up

# The digit zero of each numbering system that is a language's default, by CLDR name.
ZEROS = {
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "deva": 0x0966,
    "mymr": 0x1040,
    "tibt": 0x0F20,
}


def locale_of(tag: str) -> str | None:
    """Look up the locale of a language tag in any spelling; None for an unknown language."""
    if not 2 <= len(tag) <= MAX_TAG_CHARACTERS or not tag.isascii():
        return None
    name = tag.replace("-", "_")
    return _known(name) if name.replace("_", "").isalnum() else None


@lru_cache(maxsize=1024)
def _known(name: str) -> str | None:
    try:
        return str(Locale.parse(name))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def tag_of(name: str) -> str | None:
    """Normalise a locale, or a tag in any spelling, to a language tag; None if unknown."""
    locale = locale_of(name)
    return locale.replace("_", "-") if locale else None


@lru_cache(maxsize=1024)
def direction_of(tag: str) -> str:
    """Look up the direction, ``ltr`` or ``rtl``; ``ltr`` for an unknown language."""
    locale = locale_of(tag)
    return Locale.parse(locale).text_direction if locale else "ltr"


@lru_cache(maxsize=1024)
def name_of(tag: str, in_language: str | None = None) -> str:
    """Translate a language's name into another language, for use inside a sentence.

    Without ``in_language``: its name in itself, capitalised for use in a list of languages.
    """
    locale = locale_of(tag)
    if locale is None:
        return tag
    if in_language:
        return Locale.parse(locale).get_display_name(locale_of(in_language)) or tag
    name = Locale.parse(locale).get_display_name() or tag
    # Not upper(): a capital alone is wrong in Georgian.
    return name[0].title() + name[1:]


@lru_cache(maxsize=1024)
def digits_of(tag: str) -> str:
    """Look up the CLDR name of a language's default digits, such as ``latn``.

    Unsupported digits are replaced by ``latn``.
    """
    locale = locale_of(tag)
    system = Locale.parse(locale).default_numbering_system if locale else "latn"
    return system if system in ZEROS else "latn"


@lru_cache(maxsize=8192)
def number_in(number: int, tag: str) -> str:
    """Format a number in a language: with its digits and thousands separator."""
    locale = locale_of(tag) or "en"
    return _with_digits(format_decimal(number, locale=locale, numbering_system="default"), tag)


def _with_digits(text: str, tag: str) -> str:
    """Replace European digits, the only ones of Babel; others follow their zero in Unicode."""
    zero = ZEROS.get(digits_of(tag))
    return text.translate({ord("0") + digit: zero + digit for digit in range(10)}) if zero else text


def date_in(date: str, tag: str) -> str:
    """Format the day of an ISO 8601 date or time in a language; keep any other text."""
    try:
        day = datetime.datetime.fromisoformat(date).date()
        return _with_digits(format_date(day, "long", locale_of(tag) or "en"), tag)
    except ValueError:
        return date


@lru_cache(maxsize=1024)
def og_locale(tag: str) -> str:
    """Format a language with its territory for Open Graph, such as ``fr_FR``."""
    parsed = Locale.parse(locale_of(tag) or "en")
    if parsed.territory:
        return f"{parsed.language}_{parsed.territory}"
    likely = get_global("likely_subtags")
    territory = likely.get(str(parsed), likely.get(parsed.language, "")).rpartition("_")[2]
    return f"{parsed.language}_{territory}" if len(territory) == 2 else parsed.language


def read_as(tag: str) -> Iterator[str]:
    """Yield the tags that readers of ``tag`` accept as their language: fr-CA, then fr.

    Another script counts as another language: zh-Hant stays alone.
    """
    for each in _from_narrow_to_wide(tag):
        yield each
        last = each.rpartition("-")[2]
        if len(last) == 4 and last.isalpha():  # a script
            return


def negotiate(preferred: Sequence[str], available: Sequence[str], default: str) -> str:
    """Choose the first of ``preferred`` that is available, else ``default``.

    A preference for ``fr-CA`` matches ``fr`` (RFC 4647, section 3.4), and one for ``pt`` matches
    ``pt-BR`` if there is no plain ``pt``. Skips invalid tags, and all after the first
    ``MAX_WISHES``.
    """
    for wish in preferred[:MAX_WISHES]:
        for tag in _from_narrow_to_wide(wish):
            if tag in available:
                return tag
            if narrower := [each for each in available if each.startswith(f"{tag}-")]:
                return narrower[0]
    return default


def _from_narrow_to_wide(wish: str) -> Iterator[str]:
    """Yield the known tags in a wish, from the full one on, as its last parts are cut off."""
    rest = wish[:MAX_TAG_CHARACTERS].replace("_", "-")
    while rest:
        tag = tag_of(rest)
        if tag:
            yield tag
        # A normalised tag may be longer than the original: zh-TW is zh-Hant-TW.
        rest = (tag or rest).rpartition("-")[0]
