"""``slideshow translate``: catalogues up to date, new languages begun, a table of what is left."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slideshow.commands.translate import Row, Translation, table
from slideshow.library.catalogues.updating import Progress
from slideshow.library.stories import Library
from tests.support.recordings import CAPTIONS
from tests.web.conftest import ARTICLE, CATALOGUE, write

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    return write(tmp_path / "stories", files)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "slideshow", "translate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def rows(place: Path, *languages: str) -> dict[tuple[str, str], Progress]:
    translation = Translation(Library(place), languages, NOW)
    found = list(translation.rows(lambda done: None))
    assert translation.problems == []
    return {(row.language, row.story): row.progress for row in found}


def catalogues(place: Path) -> dict[str, bytes]:
    folder = place / "translations"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.po")}


def test_a_new_language_gets_its_catalogues_and_the_interface_too(place: Path) -> None:
    found = rows(place, "es")

    assert set(catalogues(place)) == {
        "en/LC_MESSAGES/essai.po",
        "es/LC_MESSAGES/essai.po",
        "es/LC_MESSAGES/messages.po",
    }
    assert found["es", "essai"].missing == found["en", "essai"].total == 7
    assert (found["en", "essai"].translated, found["en", "essai"].missing) == (4, 3)


@pytest.mark.parametrize("is_shorter", [False, True])
def test_captions_that_are_translated_already_fill_the_catalogue(
    tmp_path: Path, is_shorter: bool
) -> None:
    french = CAPTIONS.replace("at four &amp; a quarter.", "à quatre heures.")
    if is_shorter:  # the times say which belong together
        french = french.replace("00:05.000 --> 00:06.000\n<v Bea>It went out again.\n", "")
    place = write(
        tmp_path / "stories",
        {
            "a.en.md": "# A\n\n## One\n\n![A harbour](clip.webm)\n\nText.\n",
            "clip.webm": b"",
            "clip.en.vtt": CAPTIONS,
            "clip.fr.vtt": french,
        },
    )

    rows(place, "fr")

    catalogue = catalogues(place)["fr/LC_MESSAGES/a.po"].decode()
    assert 'msgid "at four &amp; a quarter."\nmsgstr "à quatre heures."' in catalogue


def test_the_languages_that_a_story_requires_need_no_option(tmp_path: Path) -> None:
    texts = {"a.en.md": "---\nlanguages: [en, fr]\n---\n# A\n\n## B\n", "b.en.md": "# A\n\n## B\n"}
    place = write(tmp_path / "stories", texts)

    found = rows(place)

    assert set(found) == {("fr", "a")}
    assert set(catalogues(place)) == {"fr/LC_MESSAGES/a.po"}


def test_the_interface_that_comes_with_us_is_not_asked_for_again(place: Path) -> None:
    write(place, {"other.en.txt": ARTICLE})

    rows(place, "fr", "en")

    assert set(catalogues(place)) == {"en/LC_MESSAGES/essai.po", "fr/LC_MESSAGES/other.po"}


def test_a_language_in_any_spelling_has_one_folder(place: Path) -> None:
    rows(place, "pt-br")
    rows(place, "pt_BR")

    assert [path.name for path in sorted((place / "translations").iterdir())] == ["en", "pt_BR"]


def test_without_a_language_nothing_is_begun(place: Path) -> None:
    write(place, {"other.fr.txt": ARTICLE})

    assert set(rows(place)) == {("en", "essai")}


def test_doing_it_again_changes_no_byte(place: Path) -> None:
    rows(place, "es", "ar")
    before = catalogues(place)

    rows(place, "es", "ar")

    assert catalogues(place) == before


@pytest.mark.skipif(sys.platform == "win32", reason="such names are refused there")
def test_a_name_that_is_no_line_of_text_spoils_no_catalogue(place: Path) -> None:
    """A name may hold line ends, and bytes that are not UTF-8."""
    for name in (b"first\nsecond.fr.txt", b"third\xff.fr.txt"):
        Path(place, os.fsdecode(name)).write_text(ARTICLE, "utf-8")

    first, before = rows(place, "es"), catalogues(place)
    second = rows(place, "es")

    assert ("es", "first-second") in first
    assert first.keys() == second.keys()
    assert catalogues(place) == before


def test_a_begun_language_is_offered_once_something_is_translated(place: Path) -> None:
    rows(place, "es")
    library = Library(place, refresh=0)
    story = library.story("essai")
    assert story is not None

    assert library.languages_of(story) == ("fr", "en")
    assert library.story("essai", "es") is None
    assert "es" in library.languages()


def test_what_is_broken_is_said_and_the_rest_is_done(place: Path) -> None:
    write(
        place,
        {
            "broken.fr.txt": "",
            "other.fr.txt": ARTICLE,
            "translations/en/LC_MESSAGES/other.po": 'msgid "Un\n',
        },
    )

    result = run(str(place))

    assert result.returncode == 1
    assert "broken.fr.txt:1: the article is empty" in result.stderr
    assert "other.po:1: not a PO file" in result.stderr
    assert "essai" in result.stdout
    assert (place / "translations/en/LC_MESSAGES/other.po").read_text() == 'msgid "Un\n'


def test_a_story_that_is_not_begun_in_a_language_is_named(place: Path) -> None:
    write(place, {f"new-{number}.fr.txt": ARTICLE for number in range(6)})

    done = run(str(place))

    named = "new-0, new-1, new-2, new-3, new-4 and 1 more"
    assert f"Not begun in en: {named} (add --to en)" in done.stdout
    assert set(catalogues(place)) == {"en/LC_MESSAGES/essai.po"}


def test_the_table_shows_what_is_left() -> None:
    lines = list(table([Row("es", "essai", Progress(3, 1, 2)), Row("es", "messages", Progress())]))

    assert lines[0].split() == ["language", "story", "translated", "fuzzy", "missing"]
    assert lines[2].split() == ["es", "(interface)", "0", "0", "0", "█" * 20, "100", "%"]
    assert lines[3].split() == ["es", "essai", "3", "1", "2", "█" * 10 + "░" * 10, "50", "%"]


def test_with_nothing_to_do_the_command_says_how_to_begin(tmp_path: Path) -> None:
    write(tmp_path, {"essai.fr.txt": ARTICLE})

    result = run(str(tmp_path))

    assert (result.returncode, result.stdout) == (
        0,
        "No translations yet. Add a language with --to, for example --to es.\n",
    )


@pytest.mark.parametrize("arguments", [["--to", "klingonese"], ["--to", "../x"], ["--nonsense"]])
def test_wrong_usage_ends_with_2(place: Path, arguments: list[str]) -> None:
    assert run(str(place), *arguments).returncode == 2
