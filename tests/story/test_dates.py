"""Dates as front matter has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.dates import iso_date, iso_day


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-11-24", "2026-11-24"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/01", "2026-11-01"),
        ("2026.11.01", "2026-11-01"),
        ("20261124", "2026-11-24"),
        ("2026-11-24T18:30:00Z", "2026-11-24T18:30:00+00:00"),
        ("2026-11-24 18:30", "2026-11-24T18:30:00"),
        ("2026-11-01 11:10:38 -0700", "2026-11-01T11:10:38-07:00"),
        ("2026-11-01 11:10:38 UTC", "2026-11-01T11:10:38+00:00"),
        ("2026-11-01 9:05:00 +09:00", "2026-11-01T09:05:00+09:00"),
        ("2026-11-24T18:30:00.123Z", "2026-11-24T18:30:00.123000+00:00"),
        ("January 5, 2026", "2026-01-05"),
        ("5 January 2026", "2026-01-05"),
        ("Jan 5th, 2026", "2026-01-05"),
        ("Monday, Sept. 7, 2026", "2026-09-07"),
        ("Tue, 24 Nov 2026 10:00:00 +0000", "2026-11-24T10:00:00+00:00"),
        ("24 November 2026, 06:00", "2026-11-24T06:00:00"),
        ("06:00 UTC, 5 January 2026", "2026-01-05T06:00:00+00:00"),
        ("Tue Nov 24 10:00:00 2026", "2026-11-24T10:00:00"),
        ("5 Jan 2026, 6\u202fh\u202f30", "2026-01-05T06:30:00"),
        ("2026-11-24 6h00", "2026-11-24T06:00:00"),
        ("December 1, 2026 6:00 pm", "2026-12-01T18:00:00"),
        ("1 December 2026, 12:30 a.m. UTC", "2026-12-01T00:30:00+00:00"),
        ("12/24/2026 6 PM", "2026-12-24T18:00:00"),
        ("Tue, 24 Nov 2026 10:00:00 +0100 (CET)", "2026-11-24T10:00:00+01:00"),
        ("24.11.2026", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("11/24/2026", "2026-11-24"),
        ("2026年11月24日", "2026-11-24"),
        ("2026년 11월 24일", "2026-11-24"),
        ("2026年12月1日 18:00", "2026-12-01T18:00:00"),
        ("2026年12月1日18時30分", "2026-12-01T18:30:00"),
        ("2026년 12월 1일 18시", "2026-12-01T18:00:00"),
        ("2026年12月1日（火）18:00", "2026-12-01T18:00:00"),
        ("2026年12月1日星期二", "2026-12-01"),
    ],
)
def test_a_date_is_read_in_the_forms_that_people_write(written: str, date: str) -> None:
    assert iso_date(written, "en") == date


@pytest.mark.parametrize(
    ("written", "language", "date"),
    [
        ("1er janvier 2026", "fr", "2026-01-01"),
        ("24 août 2026", "fr", "2026-08-24"),
        ("3 déc. 2026", "fr", "2026-12-03"),
        ("24. März 2026", "de", "2026-03-24"),
        ("24 de noviembre de 2026", "es", "2026-11-24"),
        ("24 November 2026", "fr", "2026-11-24"),
        ("mardi 1er décembre 2026, 18h", "fr", "2026-12-01T18:00:00"),
        ("1 décembre 2026 à 18 h", "fr", "2026-12-01T18:00:00"),
        ("am 1. Dezember 2026, 18.00 Uhr", "de", "2026-12-01T18:00:00"),
        ("torstai 24. joulukuuta 2026", "fi", "2026-12-24"),
        ("2026 ডিচে 24", "as", "2026-12-24"),
        ("12:00 Uhr am 1. Dezember 2026", "de", "2026-12-01T12:00:00"),
        ("1 de diciembre de 2026 a las 18:00", "es", "2026-12-01T18:00:00"),
    ],
)
def test_months_have_names_in_the_language_of_the_article(
    written: str, language: str, date: str
) -> None:
    assert iso_date(written, language) == date


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2026",
        "2026-13-01",
        "05/01/2026",
        "May",
        "24 25 2026",
        "x" * 100,
        "31 June 2026",
        "2026年11月",
    ],
)
def test_all_else_is_no_date(written: str) -> None:
    assert (iso_date(written, "ja"), iso_day(written, "ja")) == (None, None)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("1 December 2026 06:00 EST", "en"),
        ("1 December 2026 06:00 GMT+1", "en"),
        ("1 December 2026, 18:00 pm", "en"),
        ("1 December 2026, noon", "en"),
        ("Dec. 1, 2026 at 6 o'clock", "en"),
        ("1 décembre 2026 à 6:00 du soir", "fr"),
        ("2026-12-01 06:00 CET", "fr"),
        ("2026年12月1日 午後6時", "ja"),
    ],
)
def test_only_the_day_is_read_if_its_time_is_not_understood(written: str, language: str) -> None:
    assert (iso_date(written, language), iso_day(written, language)) == (None, "2026-12-01")


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(text: str) -> None:
    iso_date(text, "fr")
    iso_day(text, "fr")
