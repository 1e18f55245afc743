"""Dates in ISO 8601, from the formats that people and software write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from babel.dates import get_month_names

from slideshow.story.languages import locale_of

_CLOCK = r"(\d{1,2})\s?[:h]\s?(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?"
_TIME = rf"(?:[T ]+{_CLOCK})?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]")
_IN_WORDS = re.compile(rf"(?<!\d){_CLOCK}(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")
LONGEST_DATE = 60  # characters


def iso_date(value: str, language: str) -> str | None:
    """Convert a date, with its time if it has one, to ISO 8601; None if it is not a date.

    Names of months may be in ``language`` or in English. Dates whose day and month could be
    swapped, such as 05/01/2026, are refused.
    """
    value = value.strip()
    if len(value) > LONGEST_DATE:
        return None
    return next((found for found in _readings(value, language) if found), None)


def _readings(value: str, language: str) -> Iterator[str | None]:
    yield _standard(value)
    if match := _YEAR_FIRST.fullmatch(value):
        yield _made(match[1], match[2], match[3], match.groups()[3:])
    if match := _YEAR_LAST.fullmatch(value):
        yield _year_last(match)
    if match := _EAST_ASIAN.match(value):
        yield _made(match[1], match[2], match[3])
    yield _mail(value)
    yield _in_words(value, language)


def _standard(value: str) -> str | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value).isoformat()
        except ValueError:
            continue
    return None


def _year_last(match: re.Match[str]) -> str | None:
    first, mark, second, year = match.groups()[:4]
    time = match.groups()[4:]
    if mark == "." or int(first) > 12 or first == second:
        return _made(year, second, first, time)
    return _made(year, first, second, time) if int(second) > 12 else None


def _mail(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat() if "," in value and ":" in value else None
    except (ValueError, TypeError, IndexError):
        return None


def _in_words(value: str, language: str) -> str | None:
    """Parse a date of one day, one name of a month and one year, in any order, and a time."""
    months = {**_months("en"), **_months(language)}
    clock = _IN_WORDS.search(value)
    words = _WORD.findall(_IN_WORDS.sub(" ", value, count=1).casefold())
    named = [month for word in words if (month := _month(word, months))]
    years = [word for word in words if len(word) == 4 and word.isdecimal()]
    days = [word for word in words if len(word) < 3 and word.isdecimal()]
    is_evening = bool({"pm", "p"} & set(words))  # a time that we do not read
    if [len(named), len(years), len(days)] != [1, 1, 1] or is_evening:
        return None
    return _made(years[0], str(named[0]), days[0], clock.groups() if clock else ())


def _month(word: str, months: dict[str, int]) -> int | None:
    """Look up a month by its name or its first letters, at least three."""
    if word in months or len(word) < 3:
        return months.get(word)
    found = {number for name, number in months.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    locale = locale_of(language) or "en"
    names = {
        _WORD.findall(name.casefold())[-1]: number
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
        if _WORD.search(name) and not name[-1].isdecimal()
    }
    return {name: number for name, number in names.items() if not name.isdecimal()}


def _made(year: str, month: str, day: str, time: tuple[str | None, ...] = ()) -> str | None:
    text = f"{year}-{int(month):02}-{int(day):02}"
    if time and time[0]:
        hour, minute, second, zone = time
        zone = "+00:00" if (zone or "").upper() in ("Z", "UTC", "GMT") else zone or ""
        text += f"T{int(hour or 0):02}:{minute}:{second or '00'}{zone}"
    return _standard(text)
