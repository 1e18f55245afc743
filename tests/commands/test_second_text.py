"""``slideshow translate --from``: a text translated already fills the catalogue of its story."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slideshow.cli import cli
from slideshow.library.stories import Library
from tests.support.recordings import CAPTIONS
from tests.translating import fill
from tests.web.conftest import write

TEXT = "The ferry\n\nMorning\n\nIt leaves at six.\n\nEvening\n\nIt comes back.\n\nLate.\n"
TEXTE = "Le bac\n\nMatin\n\nIl part à six heures.\n\nSoir\n\nIl revient.\n\nTard.\n"
MARKDOWN = """# The ferry

A lead.

## Tides

| high | low |
|---|---|
| six | noon |

- one
- two

![A quay.](quay.jpg "Photo: Ann")

## Wind

From the *west*.
"""
MARKDOWN_FR = """# Le bac

Un chapeau.

## Marées

| haute | basse |
|---|---|
| six | midi |

- un
- deux

![Un quai.](quay.jpg "Photo : Anne")

## Vent

De l’*ouest*.
"""
PO = "translations/fr/LC_MESSAGES/ferry.po"


FILM = "# A\n\n## B\n\n![The ferry](clip.webm)\nAt six.\n"
FILM_FR = "# A\n\n## B\n\n![Le bac](clip.webm)\nÀ six heures.\n"


def run(place: Path, second: Path) -> Result:
    return CliRunner().invoke(cli, ["translate", str(place), "--from", str(second)])


def shown(place: Path, language: str = "fr") -> list[str]:
    story = Library(place, refresh=0).story("ferry", language)
    return [text.value for text in story.texts()] if story else []


@pytest.mark.parametrize(
    ("suffix", "article", "second"),
    [("txt", TEXT, TEXTE), ("md", MARKDOWN, MARKDOWN_FR)],
)
def test_every_text_of_a_second_text_is_shown(
    tmp_path: Path, suffix: str, article: str, second: str
) -> None:
    place = write(tmp_path / "stories", {f"ferry.en.{suffix}": article})
    other = write(tmp_path, {f"ferry.fr.{suffix}": second}) / f"ferry.fr.{suffix}"
    expected = shown(write(tmp_path / "alone", {f"ferry.fr.{suffix}": second}))

    result = run(place, other)

    assert result.exit_code == 0, result.output
    assert shown(place) == expected
    assert "100 %" in result.output
    assert f"{other} is all in the catalogue" in result.output


def test_check_names_the_command_that_reads_the_second_text(tmp_path: Path) -> None:
    files = {"ferry.en.txt": TEXT, "ferry.fr.txt": TEXTE}
    place = write(tmp_path / "my stories", files)

    found = [problem.fix for problem in Library(place, refresh=0).listing_problems()]

    command = f"slideshow translate '{place}' --from '{place / 'ferry.fr.txt'}'"
    assert [command in fix for fix in found] == [True]
    assert run(place, place / "ferry.fr.txt").exit_code == 0
    assert shown(place)[0] == "Le bac"


def test_a_paragraph_too_many_is_named_and_the_rest_filled(tmp_path: Path) -> None:
    second = TEXTE.replace("Il part", "Brume.\n\nIl part")
    place = write(tmp_path, {"stories/ferry.en.txt": TEXT, "ferry.fr.txt": second}) / "stories"

    result = run(place, tmp_path / "ferry.fr.txt")

    assert result.exit_code == 1
    assert (
        f"{tmp_path / 'ferry.fr.txt'}:5: slide 1: 2 paragraphs, and the article has 1 "
        "(give both texts the same parts in the same order)"
    ) in result.output
    expected = ["Le bac", "Matin", "It leaves at six.", "Soir", "Il revient.", "Tard."]
    assert shown(place) == expected


def test_a_slide_too_few_is_named_where_the_texts_part(tmp_path: Path) -> None:
    second = "# Le bac\n\n## Marées\n\nHautes.\n\n## Vent\n\nDe l’ouest.\n"
    article = "# The ferry\n\n## Tides\n\nHigh.\n\n## Moon\n\nFull.\n\nRed.\n\n## Wind\n\nWest.\n"
    place = write(tmp_path, {"stories/ferry.en.md": article, "ferry.fr.md": second}) / "stories"

    result = run(place, tmp_path / "ferry.fr.md")

    assert "ferry.fr.md:7: 2 slides, and the article has 3 (" in result.output
    assert shown(place)[:2] == ["Le bac", "Tides"]


def test_another_kind_of_block_is_named(tmp_path: Path) -> None:
    second = MARKDOWN_FR.replace("- un\n- deux", "Un, deux.")
    place = write(tmp_path, {"stories/ferry.en.md": MARKDOWN, "ferry.fr.md": second}) / "stories"

    result = run(place, tmp_path / "ferry.fr.md")

    message = "ferry.fr.md:11: slide 1: a paragraph of 1, and the article has a bullet list of 2 ("
    assert message in result.output
    assert "Un quai." in shown(place)
    assert "one" in shown(place)


def test_a_translation_in_the_catalogue_is_kept(tmp_path: Path) -> None:
    place = write(tmp_path, {"stories/ferry.en.txt": TEXT, "ferry.fr.txt": TEXTE}) / "stories"
    run(place, tmp_path / "ferry.fr.txt")
    fill(place / PO, {"Morning": "Au matin"})

    result = run(place, tmp_path / "ferry.fr.txt")

    assert "ferry.fr.txt:3: 'Morning' has another translation in ferry.po" in result.output
    assert shown(place)[1] == "Au matin"


def test_a_text_that_is_translated_in_two_ways_is_named(tmp_path: Path) -> None:
    article = "# The ferry\n\n## Late\n\nYes.\n\n## Early\n\nYes.\n"
    second = "# Le bac\n\n## Tard\n\nOui.\n\n## Tôt\n\nSi.\n"
    place = write(tmp_path, {"stories/ferry.en.md": article, "ferry.fr.md": second}) / "stories"

    result = run(place, tmp_path / "ferry.fr.md")

    assert "ferry.fr.md:9: 'Yes.' is translated as 'Oui.' already (" in result.output


def test_filling_again_changes_no_byte(tmp_path: Path) -> None:
    place = write(tmp_path, {"stories/ferry.en.md": MARKDOWN, "ferry.fr.md": MARKDOWN_FR})
    run(place / "stories", tmp_path / "ferry.fr.md")
    before = (place / "stories" / PO).read_bytes()

    result = run(place / "stories", tmp_path / "ferry.fr.md")

    assert result.exit_code == 0
    assert (place / "stories" / PO).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bridge.fr.txt", TEXTE, "no article is named 'bridge'"),
        ("ferry.fr.md", MARKDOWN_FR, "ferry.en.txt is of another format"),
        ("ferry.txt", TEXTE, "the text does not say its language"),
        ("ferry.en.text", TEXT, "in 'en', as the article ferry.en.txt"),
        ("ferry.fr.docx", "PK", "not an article: its name must end in .txt or .md"),
        ("ferry.fr.txt", "", "the article is empty"),
    ],
)
def test_a_text_of_no_story_is_refused(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    place = write(tmp_path / "stories", {"ferry.en.txt": TEXT, "other.en.txt": TEXT})
    write(tmp_path, {name: content})

    result = run(place, tmp_path / name)

    assert isinstance(result.exception, Exception)
    assert message in str(result.exception)
    assert not (place / "translations").exists()


def test_a_text_of_any_name_belongs_to_a_single_story(tmp_path: Path) -> None:
    write(tmp_path, {"ferry.en.txt": TEXT, "bac.fr.txt": TEXTE})

    result = run(tmp_path / "ferry.en.txt", tmp_path / "bac.fr.txt")

    assert result.exit_code == 0, result.output
    assert shown(tmp_path / "ferry.en.txt")[0] == "Le bac"


def test_the_words_of_a_film_are_matched_without_its_captions(tmp_path: Path) -> None:
    files = {"ferry.en.md": FILM, "clip.webm": "", "clip.en.vtt": CAPTIONS}
    place = write(tmp_path / "stories", files)
    second = write(tmp_path, {"ferry.fr.md": FILM_FR}) / "ferry.fr.md"

    result = run(place, second)

    assert result.exit_code == 0, result.output
    assert {"Le bac", "À six heures."} < set(shown(place))
