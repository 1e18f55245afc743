"""Stories, found by words of their titles and texts."""

import os
import sys
import time
from pathlib import Path

import pytest

from slideshow.library.index.index import Index
from slideshow.library.stories import Library
from slideshow.story.model import Story
from tests.web.conftest import ARTICLE, CATALOGUE, write

SLIDE = "\n\n## Un\n\nTexte.\n"
FILES = {
    "a.fr.txt": ARTICLE,
    "b.fr.txt": ARTICLE.replace("Un titre", "L’œuvre d’Élodie"),
    "c.en.md": f"---\nauthor: Ada\n---\n# The *night* train{SLIDE}",
    "d.en.md": f"---\ntitle: Below the front matter\n---{SLIDE}",
    "e.en.md": f"Underlined\n=========={SLIDE}",
    "broken.fr.txt": "\x00",
    "translations/en/LC_MESSAGES/a.po": CATALOGUE,
    "translations/en/LC_MESSAGES/b.po": 'msgid "Premier."\nmsgstr "First."\n',
}


def index_of(folder: Path) -> Index:
    settle(write(folder, FILES))
    return Index(Library(folder, refresh=0), patience=60)


def settle(folder: Path) -> None:
    """Date a folder and its files back: nobody is writing them."""
    for path in (folder, *folder.rglob("*.*")):
        os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.mark.parametrize(
    ("words", "language", "slugs"),
    [
        ("titre", "fr", ["a"]),
        ("TITRE un", "fr", ["a"]),
        ("titre", "en", []),
        ("title", "en", ["a"]),
        ("oeuvre elodie", "fr", ["b"]),
        ("L'ŒUVRE", "en", ["b"]),
        ("train\u00a0night", "fr", ["c"]),
        ("front matter", "en", ["d"]),
        ("underlined", "en", ["e"]),
        ("nothing", "en", []),
        ("premier", "fr", ["a", "b"]),
        ("first", "en", ["a", "b"]),
        ("un texte", "en", ["c", "d", "e"]),
        ("night un", "en", ["c"]),
    ],
)
def test_stories_are_found_by_words_in_the_language_that_the_shelf_shows(
    tmp_path: Path, words: str, language: str, slugs: list[str]
) -> None:
    assert sorted(index_of(tmp_path).find(words, language)) == slugs


def test_a_change_is_found(tmp_path: Path) -> None:
    index = index_of(tmp_path)
    index.find("titre", "fr")

    write(tmp_path, {"a.fr.txt": ARTICLE.replace("Un titre", "Autre")})
    write(tmp_path, {"translations/en/LC_MESSAGES/a.po": CATALOGUE.replace("A title", "Other")})
    (tmp_path / "b.fr.txt").unlink()
    settle(tmp_path)

    assert index.find("autre", "fr") == ["a"]
    assert index.find("elodie", "fr") == []


@pytest.mark.parametrize("removed", ["translations/en/LC_MESSAGES/a.po", "translations"])
def test_a_catalogue_that_is_removed_is_gone_from_the_index_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removed: str
) -> None:
    """Looked at first while the catalogue may only have been moved aside."""
    index = index_of(tmp_path)
    assert index.find("title", "en") == ["a"]
    start = time.time_ns()
    time.sleep(0.05)  # longer than a tick of the clock of files
    lately = range(start + 1, sys.maxsize)  # the folder changes then, the files have not
    monkeypatch.setattr(Index, "_lately", lambda _: lately)

    (tmp_path / removed).rename(tmp_path.with_name(f"{tmp_path.name} aside"))
    with monkeypatch.context() as patch:
        patch.setattr("slideshow.library.freshness.stamps.SETTLED_AFTER_SECONDS", 30)
        index.find("title", "en")
    monkeypatch.setattr("slideshow.library.freshness.stamps.SETTLED_AFTER_SECONDS", 0)

    assert index.find("title", "en") == []


def test_a_story_that_is_removed_while_stories_are_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(tmp_path)
    upcoming = index._library.upcoming

    def read_as_all_is_removed(slug: str) -> tuple[Story, ...]:
        for each in tmp_path.glob("*.fr.txt"):
            each.unlink()
        os.utime(tmp_path, (1_000_000_001, 1_000_000_001))
        return upcoming(slug)

    monkeypatch.setattr(index._library, "upcoming", read_as_all_is_removed)

    assert index.find("titre", "fr") == []


def test_a_title_in_windows_1252_is_found_as_it_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": "L’été\n\nLa gare\n\nOuverte à midi.\n".encode("cp1252")})

    index = Index(Library(tmp_path, refresh=0), patience=60)

    assert index.find("l'ete", "fr") == ["a"]


def test_titles_come_first_and_no_phrase_goes_from_one_text_to_the_next(tmp_path: Path) -> None:
    story = "# {}\n\n## Red moon\n\nBlue sun. Red red red.\n\nStar.\n"
    names = {"a": "One", "b": "The red star", "c": "Two"}
    write(tmp_path, {f"{slug}.en.md": story.format(title) for slug, title in names.items()})
    index = Index(Library(tmp_path, refresh=0), patience=60)

    assert index.find("red", "en") == ["b", "a", "c"]
    assert index.find('"red star"', "en") == ["b"]
    assert sorted(index.find('"blue sun"', "en")) == ["a", "b", "c"]
    assert index.find('"moon blue"', "en") == []


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "*",
        "a OR b",
        "NEAR(a b)",
        "title:x",
        "-a",
        "(",
        "^a",
        "a\0b",
        "\ud800",
        "'; drop",
        "{a}",
        "",
    ],
)
def test_no_search_is_a_command_to_the_database(tmp_path: Path, words: str) -> None:
    assert index_of(tmp_path).find(words, "fr") == []
