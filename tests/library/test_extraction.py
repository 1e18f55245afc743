"""What there is to translate is found whole, once, and with what a translator should know (C6)."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from slideshow.errors import ArticleError
from slideshow.library.catalogues.extraction import interface_messages, messages_of
from slideshow.library.stories import Library
from slideshow.paths import PACKAGE, shipped
from slideshow.story.formats.markdown import parse_markdown

TOP = Path(__file__).resolve().parents[2]
DATA = TOP / "tests" / "data"


def extracted(path: Path) -> list[tuple[int, str, list[str]]]:
    with path.open("rb") as file:
        found = extract("slideshow", file)
        return [(line, str(message), comments) for line, message, comments, _ in found]


@pytest.mark.parametrize("name", ["lighthouse.fr.txt", "keeper.en.md"])
def test_extraction_gives_what_the_golden_file_says(name: str) -> None:
    lines = []
    for line, message, comments in extracted(DATA / name):
        lines += [f"{name}:{line}: {'; '.join(comments)}", f"    {message!r}"]

    golden = (DATA / f"{name}.messages").read_text()
    assert "\n".join(lines) + "\n" == golden


def test_every_text_of_a_story_is_extracted_once() -> None:
    for slug in Library().slugs():
        story = Library().story(slug)
        assert story is not None

        messages = messages_of(story, "file")

        assert [message.id for message in messages] == list(
            dict.fromkeys(text.value for text in story.texts())
        )


def test_a_correction_is_translated_too() -> None:
    source = '---\ncorrection: "2026-12-02: The fare is 12 €, not 21."\n---\n# T\n\n## A\n\nB.\n'

    story = parse_markdown(source, "s", "en")

    found = [message.id for message in messages_of(story, "s.en.md")]
    assert found == [text.value for text in story.texts()]
    assert "The fare is 12 €, not 21." in found


def test_a_text_that_stands_twice_names_both_places(tmp_path: Path) -> None:
    path = tmp_path / "a.en.txt"
    path.write_text("Rain\n\nRain\n\nIt fell.\n")
    story = Library(path).story("a")
    assert story is not None

    first, _ = messages_of(story, path.name)

    assert first.places == ("a.en.txt:1", "a.en.txt:3")
    assert first.hints == (
        "Title of the story (4 characters)",
        "Slide 1 of 1: headline (4 characters)",
    )


def test_a_broken_article_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.en.md"
    path.write_text("# Title\n")

    with pytest.raises(ArticleError, match=r"a\.en\.md:1: no text"):
        extracted(path)


def test_other_files_hold_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b")

    assert extracted(path) == []


def test_our_catalogues_hold_every_message_and_no_other() -> None:
    """`make i18n` brings them up to date."""
    for path in sorted(shipped("translations").rglob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        if path.stem == "messages":
            wanted = {message.id for message in interface_messages(PACKAGE)}
        else:
            story = Library().story(path.stem)
            assert story is not None, path
            wanted = {text.value for text in story.texts()}
        ids = (message.id for message in catalogue if message.id)
        assert {id if isinstance(id, str) else id[0] for id in ids} == wanted, path


def test_pybabel_finds_interface_and_stories(tmp_path: Path) -> None:
    template = tmp_path / "all.pot"
    command = ["pybabel", "extract", "-F", "pyproject.toml", "-o", str(template), "."]
    code = "import sys; from babel.messages.frontend import main; sys.argv = sys.argv[1:]; main()"

    subprocess.run(
        [sys.executable, "-c", code, *command], cwd=TOP, check=True, capture_output=True, timeout=60
    )

    catalogue = read_po(BytesIO(template.read_bytes()))
    story = Library().story("pyongyang-moscou")
    assert story is not None
    assert {text.value for text in story.texts()} <= {message.id for message in catalogue}
    assert {message.id for message in interface_messages(PACKAGE)} <= {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue
    }
