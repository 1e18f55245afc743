"""The texts to translate: those of a story, and the sentences of the interface.

``extract_article`` is registered with Babel, so that ``pybabel extract`` finds both too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract_from_dir

from slideshow.errors import printable
from slideshow.library.articles import article_file, read_article
from slideshow.library.recordings.captions import captioned, captions_beside
from slideshow.story.figures import Recording, Row
from slideshow.story.limits import Limits
from slideshow.story.media import SOUND
from slideshow.story.model import Block, Story, Text

METHODS = [("**.py", "python"), ("**.html", "jinja2")]  # as in pyproject.toml
ASSUMED_LANGUAGE = "en"  # of articles without one; their texts don't depend on it


@dataclass(frozen=True, slots=True)
class Message:
    """A text to translate: its locations, and notes for the translator."""

    id: str
    plural: str = ""
    hints: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def messages_of(story: Story, file_name: str) -> list[Message]:
    """List the messages of a story in reading order, each once, with all its locations."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    name = printable(file_name)
    for text, hint in _texts(story):
        hints, places = found.setdefault(text.value, ([], []))
        hints.append(hint)
        places.append(f"{printable(text.file) or name}:{text.line}")
    return [
        Message(value, hints=tuple(hints), places=tuple(dict.fromkeys(places)))
        for value, (hints, places) in found.items()
    ]


def interface_messages(package: Path) -> list[Message]:
    """List the messages of the interface, extracted from ``package``, sorted."""
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
    """Yield the texts of an article as Babel's extractors do: line, function, text, comments.

    The file's name selects the format. Raises ArticleError, with path and line, if the article
    cannot be read.
    """
    file = article_file(Path(fileobj.name))
    if file:
        story = read_article(file, ASSUMED_LANGUAGE, has_default=True, limits=Limits())
        language = story.source_language
        story = captioned(story, lambda name: captions_beside(file.path, name, language))
        for text, hint in _texts(story):
            yield text.line, None, text.value, [hint]


def _flags(id: str) -> tuple[str, ...]:
    return ("python-format",) if BabelMessage(id).python_format else ()


def _texts(story: Story) -> Iterator[tuple[Text, str]]:
    """Yield each text with its kind and length, for the translator."""
    yield _described(story.title, "Title of the story")
    yield from _blocks(story.lead, "Lead: ")
    for position, slide in enumerate(story.slides, 1):
        place = f"Slide {position} of {story.total}: "
        if slide.headline:
            yield _described(slide.headline, f"{place}headline")
        yield from _blocks(slide.blocks, place)
    for correction in story.details.corrections:
        yield _described(correction.text, "Correction of the story, on its cover")


def _blocks(blocks: Sequence[Block], place: str) -> Iterator[tuple[Text, str]]:
    texts = [text for block in blocks if not block.figures for text in block.texts()]
    count = 0
    for block in blocks:
        if block.figures:
            yield from _texts_of(block, place)
            continue
        for text in block.texts():
            count += 1
            yield _described(text, f"{place}paragraph {count} of {len(texts)}")


def _texts_of(block: Block, place: str) -> Iterator[tuple[Text, str]]:
    """Yield the texts of figures, each with its role."""
    for figure in block.figures:
        kind = figure.kind
        if figure.alt.value:
            part = f"{place}what the {kind} shows, for people who do not see it"
            if kind == SOUND:
                part = f"{place}name of the sound"
            yield _described(figure.alt, part)
        if figure.caption:
            yield _described(figure.caption, f"{place}caption of the {kind}")
        if figure.credit:
            yield _described(figure.credit, f"{place}credit of the {kind}")
        if isinstance(figure, Recording):
            for cue in figure.cues:
                minutes, seconds = divmod(int(cue.start), 60)
                yield _described(cue.text, f"{place}said in the {kind} at {minutes}:{seconds:02}")
    if isinstance(block, Row) and block.caption:
        yield _described(block.caption, f"{place}caption of the pictures")


def _described(text: Text, part: str) -> tuple[Text, str]:
    count = len(text.value)
    form = f", {text.markup.name}" if text.markup.name else ""
    return text, f"{part} ({count} character{'s' * (count != 1)}{form})"
