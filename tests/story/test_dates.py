"""Dates as front matter has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.dates import iso_date


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
        ("24.11.2026", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("11/24/2026", "2026-11-24"),
        ("2026年11月24日", "2026-11-24"),
        ("2026년 11월 24일", "2026-11-24"),
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
        "24 November 2026, 6 am",
        "24 November 2026 6:00 pm",
    ],
)
def test_all_else_is_no_date(written: str) -> None:
    assert iso_date(written, "en") is None


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(text: str) -> None:
    iso_date(text, "fr")
