"""What is known of every story at once."""

import os
from pathlib import Path

import pytest

from slideshow.library.outlines import Outlines
from slideshow.library.stories import Library
from tests.web.conftest import ARTICLE, CATALOGUE, write

FILES = {
    "a.fr.txt": ARTICLE,
    "b.en.txt": "T\n\nA\n\nB\n",
    "broken.fr.txt": "\x00",
    "translations/en/LC_MESSAGES/a.po": CATALOGUE,
}


def test_each_story_that_can_be_read_has_its_languages_and_its_length(tmp_path: Path) -> None:
    outlines = Outlines(Library(write(tmp_path, FILES), refresh=0))

    assert [(each.slug, each.languages, each.total) for each in outlines] == [
        ("a", ("fr", "en"), 3),
        ("b", ("en",), 1),
    ]


def test_what_has_not_changed_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in write(tmp_path, FILES).rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # nobody is writing them
    library = Library(tmp_path, refresh=0)
    outlines = Outlines(library)
    before = list(outlines)
    monkeypatch.setattr(library, "story", lambda slug: pytest.fail(f"{slug} is read again"))

    assert list(outlines) == before


def test_a_change_is_seen(tmp_path: Path) -> None:
    outlines = Outlines(Library(write(tmp_path, FILES), refresh=0))
    list(outlines)
    article = tmp_path / "b.en.txt"
    article.write_text("T\n\nA\n\nB\n\nC\n\nD\n")
    os.utime(article, (1_000_000_000, 1_000_000_000))

    assert [each.total for each in outlines] == [3, 2]
    assert list(outlines)[1].updated.isoformat() == "2001-09-09T01:46:40+00:00"
