"""What the file of an article tells besides its text."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slideshow.errors import ArticleError
from slideshow.library.files import moment
from slideshow.library.stories import Library
from tests.web.conftest import ARTICLE, write


def test_a_file_larger_than_the_memory_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})
    os.truncate(tmp_path / "a.fr.txt", 10**12)

    with pytest.raises(ArticleError, match="1000000000000 bytes are more than"):
        Library(tmp_path).story("a")


@pytest.mark.parametrize(
    ("seconds", "date"),
    [
        (-1.0, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (1e9 + 0.9, datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
        (3e11, datetime(1970, 1, 1, tzinfo=UTC)),
        (1e30, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_any_clock_may_have_dated_a_file(seconds: float, date: datetime) -> None:
    assert moment(seconds) == date


def test_stories_that_cannot_be_looked_at_stay_online_and_the_copy_says_it_is_ill(
    tmp_path: Path,
) -> None:
    place = write(tmp_path / "stories", {"a.fr.txt": ARTICLE})
    library = Library(place, refresh=0)
    story = library.story("a")
    assert (library.slugs(), library.is_readable) == (("a",), True)

    place.rename(tmp_path / "lost")
    place.symlink_to(place)

    assert (library.slugs(), library.is_readable) == (("a",), False)
    assert library.story("a") == story


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_article_may_be_in_utf_8_or_utf_16(tmp_path: Path, encoding: str) -> None:
    text = "Été\n\nLa gare\n\nOuverte à midi.\n"

    story = Library(write(tmp_path, {"a.fr.txt": text.encode(encoding)})).story("a")

    assert story is not None
    assert [str(part) for part in story.texts()] == ["Été", "La gare", "Ouverte à midi."]


def test_an_article_cut_in_utf_16_is_refused(tmp_path: Path) -> None:
    library = Library(write(tmp_path, {"a.fr.txt": "Été".encode("utf-16")[:-1]}))

    with pytest.raises(ArticleError, match="not UTF-16 text"):
        library.story("a")


WORD = "L’été\n\nLa gare\n\nOuverte à midi – « sans faute », 5 €.\n"


def test_a_text_as_word_saves_it_is_read_with_a_warning(tmp_path: Path) -> None:
    text = WORD.replace("\u00a0", " ")
    library = Library(write(tmp_path, {"a.fr.txt": text.encode("cp1252")}))

    story = library.story("a")

    assert story is not None
    assert [str(part) for part in story.texts()] == text.strip().split("\n\n")
    assert [(each.message, each.line) for each in library.problems()] == [
        ("not in UTF-8; read as Windows-1252", 1)
    ]


@pytest.mark.parametrize(
    ("data", "message", "fix"),
    [
        (b"{\\rtf1\\ansi La gare}", "a .rtf document, not a text", "import it"),
        (b"PK\3\4\x14\0\6\0word/document.xml", "a .docx document, not a text", "import it"),
        (
            b"PK\3\4\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.text",
            "a .odt document, not a text",
            "import it",
        ),
        (b"PK\3\4\x14\0\0\0Index/Document.iwa", "a .zip document, not a text", "save it as plain"),
        (b"%PDF-1.7\n%\xe2\xe3", "a .pdf document, not a text", "save it as plain text"),
    ],
)
def test_a_document_named_as_an_article_is_told_by_its_content(
    tmp_path: Path, data: bytes, message: str, fix: str
) -> None:
    library = Library(write(tmp_path, {"a.fr.md": data, "b.fr.txt": "La gare\n\nOuverte.\n"}))

    (problem,) = library.problems()

    assert problem.message == message
    assert fix in problem.fix


@pytest.mark.parametrize("name", ["a.fr.txt", "a.fr.md"])
def test_stray_control_characters_are_left_out(tmp_path: Path, name: str) -> None:
    text = "La gare\n\nOu\x0everte à midi.\vFermée le soir.\n"
    library = Library(write(tmp_path, {name: text}))

    story = library.story("a")

    assert story is not None
    words = " ".join(map(str, story.texts()))
    assert "Ouverte à midi. Fermée le soir." in words.replace("\n", " ")
    assert [(each.message, each.line) for each in library.problems()] == [
        ("control characters are left out, which no text has", 3)
    ]


@pytest.mark.parametrize(
    "data",
    [
        "Лето на станции\n\nОткрыто\n\nВ полдень.\n".encode("koi8-r"),
        "夏の駅\n\n正午\n\n開いています。\n".encode("shift-jis"),
        WORD.encode().replace(b"midi", b"m\xe9di"),
        WORD.encode("cp1252").replace(b"midi", b"m\x81di"),
    ],
    ids=["Cyrillic", "Japanese", "UTF-8 with a broken byte", "a byte of no letter"],
)
def test_a_text_in_another_encoding_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ArticleError, match="not UTF-8 text: unexpected byte"):
        Library(write(tmp_path, {"a.fr.txt": data})).story("a")
