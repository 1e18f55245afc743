"""Language tags, names, directions and the reader's preference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.languages import (
    MAX_WISHES,
    date_in,
    direction_of,
    locale_of,
    name_of,
    negotiate,
    number_in,
    og_locale,
    read_as,
    tag_of,
)


@pytest.mark.parametrize(
    ("name", "tag", "locale"),
    [
        ("fr", "fr", "fr"),
        ("FR", "fr", "fr"),
        ("pt_BR", "pt-BR", "pt_BR"),
        ("PT-br", "pt-BR", "pt_BR"),
        ("zh-hant-tw", "zh-Hant-TW", "zh_Hant_TW"),
        ("nonsense", None, None),
        ("..", None, None),
        ("", None, None),
        ("x" * 10_000, None, None),
        ("fr/../en", None, None),
    ],
)
def test_a_language_has_one_tag_and_one_locale(
    name: str, tag: str | None, locale: str | None
) -> None:
    assert (tag_of(name), locale_of(name)) == (tag, locale)


@given(st.text(max_size=50))
def test_any_text_is_a_language_or_none(name: str) -> None:
    tag = tag_of(name)

    assert tag is None or tag_of(tag) == tag


@given(st.text("aefhnrstxTXU0149-_", max_size=40))
def test_anything_like_a_tag_is_a_language_or_none(name: str) -> None:
    tag = tag_of(name)

    assert tag is None or tag_of(tag) == tag
    assert negotiate([name], ["en"], "en") == "en"


@pytest.mark.parametrize(
    ("tag", "alone", "in_french"),
    [
        ("fr", "Français", "français"),
        ("en", "English", "anglais"),
        ("ar", "العربية", "arabe"),
        ("ka", "ქართული", "géorgien"),
    ],
)
def test_languages_have_names(tag: str, alone: str, in_french: str) -> None:
    assert (name_of(tag), name_of(tag, "fr")) == (alone, in_french)


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert [direction_of(tag) for tag in ("fr", "ar", "he", "xx")] == ["ltr", "rtl", "rtl", "ltr"]


def test_open_graph_wants_a_territory() -> None:
    assert [og_locale(tag) for tag in ("fr", "en", "pt-BR", "ar", "sr-Latn")] == [
        "fr_FR",
        "en_US",
        "pt_BR",
        "ar_EG",
        "sr_RS",
    ]


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [
        (["fr-CA", "en"], "fr"),
        (["de", "pt"], "pt-BR"),
        (["de", "*"], "en"),
        (["*"], "en"),
        ([], "en"),
        (["é", "", "fr"], "fr"),
        (["fr-XX"], "fr"),
        (["fr-CA-x-private"], "fr"),
        (["fr-FR-u-ca-gregory", "en"], "fr"),
        (["fr-" + "x-" * 5_000], "fr"),
    ],
)
def test_the_first_preference_that_can_be_met_is_met(preferred: list[str], chosen: str) -> None:
    assert negotiate(preferred, ["en", "fr", "pt-BR"], "en") == chosen


def test_a_list_of_thousands_of_languages_is_not_looked_up_to_its_end() -> None:
    assert negotiate(["aa-bbbb"] * (MAX_WISHES - 1) + ["fr"], ["en", "fr"], "en") == "fr"
    assert negotiate(["aa-bbbb"] * MAX_WISHES + ["fr"], ["en", "fr"], "en") == "en"


@pytest.mark.parametrize(
    ("tag", "tags"),
    [
        ("fr", ["fr"]),
        ("fr-CA", ["fr-CA", "fr"]),
        ("es-419", ["es-419", "es"]),
        ("zh-Hant-TW", ["zh-Hant-TW", "zh-Hant"]),
    ],
)
def test_a_region_reads_the_language_and_a_script_its_own(tag: str, tags: list[str]) -> None:
    assert [*read_as(tag)] == tags


@pytest.mark.parametrize(
    ("date", "tag", "written"),
    [
        ("2026-11-24", "en", "November 24, 2026"),
        ("2026-11-24", "fr", "24 novembre 2026"),
        ("2026-11-24T23:30:00-05:00", "fr", "24 novembre 2026"),
        ("autumn 2026", "fr", "autumn 2026"),
    ],
)
def test_a_date_is_written_as_the_language_does(date: str, tag: str, written: str) -> None:
    """Plurals, numbers and dates follow the language (C11)."""
    assert date_in(date, tag) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "1,234"),
        ("fr", "1\u202f234"),
        ("ar", "1,234"),
        ("ar-EG", "١٬٢٣٤"),
        ("fa", "۱٬۲۳۴"),
        ("bn", "১,২৩৪"),
        ("mr", "१,२३४"),
        ("xx", "1,234"),
    ],
)
def test_numbers_are_written_as_the_language_does(tag: str, written: str) -> None:
    """Plurals, numbers and dates follow the language (C11)."""
    assert number_in(1234, tag) == written


def test_dates_have_the_digits_of_the_language() -> None:
    assert date_in("2026-11-24", "ar-EG") == "٢٤ نوفمبر ٢٠٢٦"
    assert date_in("2026-11-24", "ar") == "24 نوفمبر 2026"
