"""Plural forms, whatever Babel is installed (check C11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from slideshow.library.catalogues.plurals import USUAL, PluralForms
from slideshow.library.catalogues.reading import Catalogue, read_catalogue

NUMBERS = (0, 1, 2, 5, 10, 21, 1_000_000)


@pytest.fixture(autouse=True)
def _no_table_of_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the table of the installed Babel away: what these tests hold does not need it."""

    def refuse(locale: str) -> None:
        pytest.fail(f"Babel is asked for the plural forms of {locale}")

    monkeypatch.setattr("slideshow.library.catalogues.plurals.get_plural", refuse)


def catalogue_of(folder: Path, locale: str, forms: int | list[str], header: str = "") -> Catalogue:
    path = folder / locale / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    names = [str(place) for place in range(forms)] if isinstance(forms, int) else forms
    strings = "".join(f'msgstr[{place}] "{name}"\n' for place, name in enumerate(names))
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{header}"\n\n'
    path.write_text(f'{head}msgid "a"\nmsgid_plural "as"\n{strings}')
    return read_catalogue(path)


def chosen(catalogue: Catalogue) -> str:
    return " ".join(str(catalogue.find_plural("a", number)) for number in NUMBERS)


SPANISH = "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"


@pytest.mark.parametrize(
    ("locale", "forms", "rule", "expected"),
    [
        ("ja", 1, "0", "0 0 0 0 0 0 0"),
        ("es", 2, "n != 1", "1 0 1 1 1 1 1"),
        ("es", 3, SPANISH, "2 0 2 2 2 2 1"),
        ("pt_BR", 2, "(n > 1)", "0 0 1 1 1 1 1"),
        ("fr", 2, "n>1", "0 0 1 1 1 1 1"),
        ("pl", 3, USUAL["pl"][1], "2 0 1 2 2 2 2"),
        ("ar", 6, USUAL["ar"][1], "0 1 2 3 3 4 5"),
    ],
)
def test_the_rule_of_the_header_chooses(
    tmp_path: Path, locale: str, forms: int, rule: str, expected: str
) -> None:
    header = f"Plural-Forms: nplurals={forms}; plural={rule};\\n"

    assert chosen(catalogue_of(tmp_path, locale, forms, header)) == expected


@pytest.mark.parametrize("header", ["", "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"])
@pytest.mark.parametrize(
    ("locale", "forms", "expected"),
    [
        ("es", 2, "1 0 1 1 1 1 1"),
        ("it", 2, "1 0 1 1 1 1 1"),
        ("he", 2, "1 0 1 1 1 1 1"),
        ("fr", 2, "0 0 1 1 1 1 1"),
        ("fr_CA", 2, "0 0 1 1 1 1 1"),
        ("pt_BR", 2, "0 0 1 1 1 1 1"),
        ("pt-BR", 2, "0 0 1 1 1 1 1"),
        ("pt", 2, "1 0 1 1 1 1 1"),
        ("id", 2, "1 0 1 1 1 1 1"),
        ("nonsense", 2, "1 0 1 1 1 1 1"),
        ("id", 1, "0 0 0 0 0 0 0"),
        ("tr", 1, "0 0 0 0 0 0 0"),
        ("hu", 1, "0 0 0 0 0 0 0"),
        ("es", 3, "2 0 2 2 2 2 2"),
        ("pl", 3, "2 0 1 2 2 2 2"),
        ("ru", 3, "2 0 1 2 2 0 2"),
        ("ar", 6, "0 1 2 3 3 4 5"),
    ],
)
def test_without_a_rule_in_the_header_each_message_keeps_the_forms_it_has(
    tmp_path: Path, header: str, locale: str, forms: int, expected: str
) -> None:
    assert chosen(catalogue_of(tmp_path, locale, forms, header)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("n", "0 1 1 1 1 1 1"),
        ("n==1 ? 0 : 7", "1 0 1 1 1 1 1"),
        ("n-1", "0 0 1 1 1 1 1"),
        ("1/n", "1 1 0 0 0 0 0"),
        ("n%0", "1 1 1 1 1 1 1"),
    ],
)
def test_a_rule_that_points_nowhere_gets_the_nearest_form(
    tmp_path: Path, rule: str, expected: str
) -> None:
    header = f"Plural-Forms: nplurals=2; plural={rule};\\n"

    assert chosen(catalogue_of(tmp_path, "es", 2, header)) == expected


def test_too_few_forms_are_the_nearest_ones(tmp_path: Path) -> None:
    header = "Plural-Forms: nplurals=9; plural=n;\\n"

    assert chosen(catalogue_of(tmp_path, "es", 2, header)) == "0 1 1 1 1 1 1"


def test_an_empty_form_gives_way_to_one_beside_it(tmp_path: Path) -> None:
    header = f"Plural-Forms: nplurals=3; plural={SPANISH};\\n"

    assert chosen(catalogue_of(tmp_path, "es", ["0", "", "2"], header)) == "2 0 2 2 2 2 2"


def test_forms_that_are_all_empty_are_no_translation(tmp_path: Path) -> None:
    assert catalogue_of(tmp_path, "es", ["", ""]).find_plural("a", 1) is None


@pytest.mark.parametrize("locale", sorted(USUAL))
def test_the_usual_rules_are_right_about_their_forms(locale: str) -> None:
    forms = PluralForms.usual(locale)

    places = {forms.choose([str(place) for place in range(forms.count)], n) for n in range(200)}

    assert forms.fault() == ""
    assert places == {str(place) for place in range(forms.count)}
