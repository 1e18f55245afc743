"""The titles of all stories, found by words."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.errors import SlideshowError
from slideshow.library.search import Titles
from slideshow.library.stories import Library
from slideshow.story.formats.markdown import FORMAT as MARKDOWN
from slideshow.story.formats.plaintext import FORMAT as PLAIN_TEXT
from slideshow.story.model import Limits
from slideshow.story.titles import folded
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


def titles_of(folder: Path) -> Titles:
    for path in write(folder, FILES).rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # nobody is writing them
    return Titles(Library(folder, refresh=0), refresh=0)


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
    ],
)
def test_stories_are_found_by_words_of_the_title_that_the_shelf_shows(
    tmp_path: Path, words: str, language: str, slugs: list[str]
) -> None:
    assert titles_of(tmp_path).find(words, language) == slugs


def test_a_change_is_found(tmp_path: Path) -> None:
    titles = titles_of(tmp_path)
    titles.find("titre", "fr")

    write(tmp_path, {"a.fr.txt": ARTICLE.replace("Un titre", "Autre")})
    write(tmp_path, {"translations/en/LC_MESSAGES/a.po": CATALOGUE.replace("A title", "Other")})
    (tmp_path / "b.fr.txt").unlink()

    assert titles.find("autre", "fr") == ["a"]
    assert titles.find("elodie", "fr") == []


def test_only_heads_of_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = titles_of(tmp_path)
    monkeypatch.setattr(titles._library, "story", lambda slug, language=None: pytest.fail(slug))
    for name in ("b.fr.txt", "d.en.md", "e.en.md", "broken.fr.txt"):
        (tmp_path / name).unlink()

    assert titles.find("tit", "en") == ["a"]


LINES = st.lists(
    st.sampled_from(["# A", "#B", " # *C* #", "D", "===", "## E", "", " ", "---", "x: y", "\u00a0"])
    | st.text("#= -\\aé\u202f\u00a0&;[]", max_size=12),
    max_size=8,
)


def test_a_story_that_is_removed_while_titles_are_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = titles_of(tmp_path)

    def head_as_all_is_removed(path: Path, size: int) -> str:
        for each in tmp_path.glob("*.fr.txt"):
            each.unlink()
        os.utime(tmp_path, (1_000_000_001, 1_000_000_001))
        raise FileNotFoundError

    monkeypatch.setattr("slideshow.library.search.head_of", head_as_all_is_removed)

    assert titles.find("titre", "fr") == []


@given(LINES, st.booleans(), st.integers(0, 40))
def test_the_head_never_tells_another_title_than_the_whole(
    lines: list[str], is_markdown: bool, cut: int
) -> None:
    source = "\n".join([*lines, "", "## H", "", "Text.", ""])
    format = MARKDOWN if is_markdown else PLAIN_TEXT
    try:
        title = format.parse(source, "a", "fr", Limits()).title.value
    except SlideshowError:
        return

    assert format.title_at_head(source[:cut]) in (None, title)
    assert format.title_at_head(source) in (None, title)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Été à Noël", "ete a noel"),
        ("ŒUF", "oeuf"),
        ("Straße", "strasse"),
        ("ÅNE", "ane"),
    ],
)
def test_case_and_accents_do_not_count(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_a_title_in_windows_1252_is_found_as_it_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": "L’été\n\nLa gare\n\nOuverte à midi.\n".encode("cp1252")})

    titles = Titles(Library(tmp_path, refresh=0), refresh=0)

    assert titles.find("l'ete", "fr") == ["a"]
