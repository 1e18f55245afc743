"""Dates in ISO 8601, from the formats that people and software write."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names, get_month_names

from slideshow.story.languages import locale_of

_HOURS = r"(?:h(?:rs|ours|eures?)?|Uhr|uur)"
_HALF = r"[ap]\.?\s?m\b(?!\s\d+\.)"  # am or pm; not the German "am 1. Dezember"
# 18:30, 18:30:15, 18 h 30, 18h, 18.30 Uhr, 18時30分, 6 pm; then a zone, as numbers or UTC.
_CLOCK = (
    rf"(?P<hour>\d{{1,2}})(?:(?:\s?(?::|{_HOURS}|[時时시])\s?|\.(?=\d\d\s?{_HOURS}\b))"
    r"(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?|[分분])?"
    rf"|(?=\s?{_HOURS}\b|\s?{_HALF})|[時时시])(?:\s?{_HOURS}\b|\s?(?P<half>{_HALF})\.?)?"
    r"(?:\s?(?P<zone>(?:UTC|GMT)?[+-]\d{2}:?\d{2}\b|(?:Z|UTC|GMT)\b(?![+-]))(?:(?<=\d) \(.*?\))?)?"
)
_TIME = rf"(?:(?:T|,?\s+(?:at |à |um )?|(?<=[日일)）])){_CLOCK})?"
_NUMERIC = [
    re.compile(day + _TIME, re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})[年년] ?(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]"
        r"(?:\s?[(（]?(?:星期|周|週)?[月火水木金土日一二三四五六天월화수목금토일](?:曜日?|요일)?[)）]?)?",
    )
]
_IN_WORDS = re.compile(rf"(?<!\d){_CLOCK}(?!\d)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|ste|de|º|ª)\b", re.IGNORECASE)
# Not \w: it leaves out the vowel signs of many scripts.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~\xa0-\xbf،؛፡-፨\u2000-\u206f\u3000-\u303f\uff00-／]+|\d+")
# Words beside a date and its time that say no more about either.
_SMALL_WORDS = """at on the of o clock tues thur thurs à le um am om den kl el a las de del alle ore
às г года roku"""
MAX_DATE_CHARACTERS = 60


def iso_date(value: str, language: str) -> str | None:
    """Convert a date, with its time if it has one, to ISO 8601; None if it is not a date.

    Names of months may be in ``language`` or in English. Dates whose day and month could be
    swapped, such as 05/01/2026, are refused, as are those with a time, a zone or a word that is
    not understood.
    """
    value = value.strip()
    if len(value) > MAX_DATE_CHARACTERS:
        return None
    if standard := _standard(value):
        return standard
    match = next((found for each in _NUMERIC if (found := each.fullmatch(value))), None)
    return _numeric(match, match) if match else _in_words(value, language)


def iso_day(value: str, language: str) -> str | None:
    """Convert a date to that of its day, whatever comes after it; None if it is not a date."""
    value = value.strip()
    if len(value) > MAX_DATE_CHARACTERS:
        return None
    match = next((found for each in _NUMERIC if (found := each.match(value))), None)
    return _numeric(match) if match else _in_words(value, language, is_day=True)


def _standard(value: str) -> str | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value).isoformat()
        except ValueError:
            continue
    return None


def _numeric(match: re.Match[str], clock: re.Match[str] | None = None) -> str | None:
    year, month, day = match["year"], match["month"], match["day"]
    mark = match.groupdict().get("mark", ".")
    if mark == "." or int(day) > 12 or day == month:
        return _made(year, month, day, clock)
    return _made(year, day, month, clock) if int(month) > 12 else None


def _in_words(value: str, language: str, is_day: bool = False) -> str | None:
    """Parse a date of one day, one name of a month and one year, in any order, and a time.

    Other words, which may be a zone or noon, are ignored only if ``is_day``, as is the time.
    """
    months = {**_months("en"), **_months(language)}
    clock = None if is_day else _IN_WORDS.search(value)
    rest = _ORDINAL.sub("", _IN_WORDS.sub(" ", value, count=1))
    found: dict[str, list[str]] = {"year": [], "month": [], "day": [], "other": []}
    for word in _WORD.findall(rest.casefold()):
        if month := _month(word, months):
            found["month"].append(str(month))
        elif word.isdecimal() and len(word) in (1, 2, 4):
            found["year" if len(word) == 4 else "day"].append(word)
        elif word not in _usual("en") | _usual(language):
            found["other"].append(word)
        if is_day and found["year"] and found["month"] and found["day"]:
            found["other"] = []
            break
    years, named, days, others = found.values()
    if others or [len(years), len(named), len(days)] != [1, 1, 1]:
        return None
    return _made(years[0], named[0], days[0], clock)


def _month(word: str, months: dict[str, int]) -> int | None:
    """Look up a month by its name or its first letters, at least three."""
    if word in months or len(word) < 3:
        return months.get(word)
    found = {number for name, number in months.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    locale = locale_of(language) or "en"
    return {
        _WORD.findall(name.casefold())[-1]: number
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
        if _WORD.search(name) and not re.search(r"\d", name)
    }


@lru_cache(maxsize=64)
def _usual(language: str) -> frozenset[str]:
    """Collect the words of a language that dates may have beside a month: days of the week etc."""
    locale = Locale.parse(locale_of(language) or "en")
    names = [
        name
        for width in ("abbreviated", "wide")
        for context in ("format", "stand-alone")
        for find in (get_day_names, get_month_names)
        for name in find(width, context, locale).values()
    ]
    patterns = [each.pattern for each in locale.date_formats.values()]
    literals = [re.sub(r"'(.+?)'|[A-Za-z]+", r"\1 ", pattern) for pattern in patterns]
    return frozenset(_WORD.findall(" ".join([_SMALL_WORDS, *names, *literals]).casefold()))


def _made(year: str, month: str, day: str, clock: re.Match[str] | None = None) -> str | None:
    text = f"{year}-{int(month):02}-{int(day):02}"
    if clock and clock["hour"]:
        hour, zone = int(clock["hour"]), (clock["zone"] or "").upper()
        if half := clock["half"]:
            hour = hour % 12 + 12 * (half[0] in "Pp") if 0 < hour < 13 else 99  # which is refused
        text += f"T{hour:02}:{clock['minute'] or '00'}:{clock['second'] or '00'}"
        text += zone.lstrip("UTCGMZ") or "+00:00" if zone else ""
    return _standard(text)
