"""What there is to translate: the texts of a story, the sentences of the interface.

``extract_article`` is registered with Babel, so that ``pybabel extract`` finds both too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract_from_dir

from slideshow.library.articles import article_file, read_article
from slideshow.story.model import Limits, Picture, Story, Text

METHODS = [("**.py", "python"), ("**.html", "jinja2")]  # as in pyproject.toml
ASSUMED_LANGUAGE = "en"  # of articles that do not name theirs; the texts are the same in all


@dataclass(frozen=True, slots=True)
class Message:
    """A text to translate: where it stands, and what a translator should know about it."""

    id: str
    plural: str = ""
    hints: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def messages_of(story: Story, file_name: str) -> list[Message]:
    """Give the messages of a story in reading order, each once, with all its places."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for text, hint in _texts(story):
        hints, places = found.setdefault(text.value, ([], []))
        hints.append(hint)
        places.append(f"{file_name}:{text.line}")
    return [
        Message(value, hints=tuple(hints), places=tuple(dict.fromkeys(places)))
        for value, (hints, places) in found.items()
    ]


def interface_messages(package: Path) -> list[Message]:
    """Give the messages of the interface, whose sources stand in ``package``, sorted."""
    found: dict[tuple[str, str], set[str]] = {}
    for file, _, message, _, _ in extract_from_dir(package, METHODS):
        id, plural = (message, "") if isinstance(message, str) else message[:2]
        found.setdefault((id, plural), set()).add(f"{package.name}/{Path(file).as_posix()}")
    return [
        Message(id, plural, places=tuple(sorted(places)), flags=_flags(id))
        for (id, plural), places in sorted(found.items())
    ]


def extract_article(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Iterable[str], options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Give the texts of an article as Babel's extractors do: line, function, text, comments.

    The file's name tells how it is to be read. Raises ArticleError, with path and line, for
    an article that cannot be read.
    """
    file = article_file(Path(fileobj.name))
    if file:
        story = read_article(file, ASSUMED_LANGUAGE, has_default=True, limits=Limits())
        for text, hint in _texts(story):
            yield text.line, None, text.value, [hint]


def _flags(id: str) -> tuple[str, ...]:
    return ("python-format",) if BabelMessage(id).python_format else ()


def _texts(story: Story) -> Iterator[tuple[Text, str]]:
    """Give each text with what it is and how long, for the translator."""
    form = ", Markdown" if story.is_markdown else ""
    yield _described(story.title, "Title of the story", form)
    for position, slide in enumerate(story.slides, 1):
        place = f"Slide {position} of {story.total}: "
        yield _described(slide.headline, f"{place}headline", form)
        for number, paragraph in enumerate(slide.paragraphs, 1):
            part = f"{place}paragraph {number} of {len(slide.paragraphs)}"
            yield _described(paragraph, part, form)
        yield from _texts_of(slide.picture, place)


def _texts_of(picture: Picture | None, place: str) -> Iterator[tuple[Text, str]]:
    if picture and picture.alt.value:
        part = f"{place}what the picture shows, for people who do not see it"
        yield _described(picture.alt, part)
    if picture and picture.credit:
        yield _described(picture.credit, f"{place}credit of the picture")


def _described(text: Text, part: str, form: str = "") -> tuple[Text, str]:
    count = len(text.value)
    return text, f"{part} ({count} character{'s' * (count != 1)}{form})"
