"""Languages: the tag that URLs and pages carry, the locale that Babel knows.

A language tag is BCP 47 (``pt-BR``), a locale Babel's name for the same (``pt_BR``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

LONGEST = 35  # characters of a language tag: RFC 5646, section 4.4.1


@lru_cache(maxsize=1024)
def locale_of(tag: str) -> str | None:
    """Give the locale of a language tag in any spelling, or None if there is no such language."""
    name = tag.replace("-", "_")
    if not 2 <= len(name) <= LONGEST or not name.isascii() or not name.replace("_", "").isalnum():
        return None
    try:
        return str(Locale.parse(name))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def tag_of(name: str) -> str | None:
    """Give the language tag, in its one spelling, of a locale or of a tag in any spelling."""
    locale = locale_of(name)
    return locale.replace("_", "-") if locale else None


def direction_of(tag: str) -> str:
    """Give ``ltr`` or ``rtl``; ``ltr`` for a language that is not known."""
    locale = locale_of(tag)
    return Locale.parse(locale).text_direction if locale else "ltr"


@lru_cache(maxsize=1024)
def name_of(tag: str, in_language: str | None = None) -> str:
    """Give a language's name in another language, as it stands in a sentence.

    Without ``in_language``: its name in itself, with a capital, as in a list of languages.
    """
    locale = locale_of(tag)
    if locale is None:
        return tag
    if in_language:
        return Locale.parse(locale).get_display_name(locale_of(in_language)) or tag
    name = Locale.parse(locale).get_display_name() or tag
    return name[0].upper() + name[1:]


def og_locale(tag: str) -> str:
    """Give a language with its territory as Open Graph wants it: ``fr_FR``."""
    parsed = Locale.parse(locale_of(tag) or "en")
    if parsed.territory:
        return f"{parsed.language}_{parsed.territory}"
    likely = get_global("likely_subtags").get(str(parsed), str(parsed))
    territory = likely.rpartition("_")[2]
    return f"{parsed.language}_{territory}" if len(territory) == 2 else parsed.language


def negotiate(preferred: Sequence[str], available: Sequence[str], default: str) -> str:
    """Give the first of ``preferred`` that is available, else ``default``.

    A preference for ``fr-CA`` is met by ``fr`` (RFC 4647, section 3.4), one for ``pt`` by
    ``pt-BR`` where no plain ``pt`` exists. What is no language tag is passed over.
    """
    for wish in preferred:
        tag = tag_of(wish)
        while tag:
            if tag in available:
                return tag
            if narrower := [each for each in available if each.startswith(f"{tag}-")]:
                return narrower[0]
            tag = tag.rpartition("-")[0]
    return default
