"""Translates a story into another language, by the messages of its catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from slideshow.story.keys import keys_of
from slideshow.story.model import Slide, Story, Text

_WORD = re.compile(r"\w+")
MIN_WORDS = 3  # of a text that is found by its words
_MARK = re.compile(r"[ \t]*(?:[-*+>:]|#{1,6}|```|~~~)(?=[ \t\n`~]|$)")


def translate(story: Story, find: Callable[[str], str | None], language: str) -> Story:
    """Translate ``story`` into ``language``; texts that ``find`` lacks keep their language.

    A translation equal to its source counts. The empty string is never looked up: gettext would
    return the header of the catalogue.
    """
    if language == story.source_language:
        return story
    text = partial(_text, find, language)

    corrections = tuple(replace(each, text=text(each.text)) for each in story.details.corrections)
    return replace(
        story,
        language=language,
        title=text(story.title),
        details=replace(story.details, corrections=corrections),
        lead=tuple(block.translated(text) for block in story.lead),
        slides=tuple(_slide(slide, text) for slide in story.slides),
    )


def translated_keys(
    story: Story, find: Callable[[str], str | None], language: str
) -> tuple[str, ...]:
    """Make the keys that a story has in another language, without translating the rest of it."""
    names = ((slide.identifier, slide.headline) for slide in story.slides)
    text = partial(_text, find, language)
    return keys_of((name, headline and text(headline)) for name, headline in names)


def _text(find: Callable[[str], str | None], language: str, source: Text) -> Text:
    value = find(source.value) if source.value else None
    return Text(value, language, source.line, source.markup) if value else source


class Lookup:
    """Finds the translation of a text whose line breaks or punctuation have since changed.

    ``find`` looks up exact messages; ``messages`` returns all of them, which are searched if that
    fails.
    """

    def __init__(
        self,
        find: Callable[[str], str | None],
        messages: Callable[[], Mapping[str, str]],
        story: Story,
    ) -> None:
        self._find = find
        self._messages = messages
        self._story = story
        self._alike: dict[str, str] | None = None

    def find(self, value: str) -> str | None:
        """Look up the translation of a text; None if there is none."""
        found = self._find(value)
        if found is not None:
            return found
        if self._alike is None:
            own = {text.value for text in self._story.texts()}
            former = {id: text for id, text in self._messages().items() if id not in own}
            self._alike = {key: text for id, text in former.items() for key in _keys(id)}
        return next((self._alike[key] for key in _keys(value) if key in self._alike), None)


def _keys(value: str) -> Iterator[str]:
    yield " ".join(value.split())
    if found := outline(value):
        yield found


def outline(value: str) -> str:
    """Reduce a text to its words, and the marker of its block.

    Texts with the same outline differ only in their line breaks, punctuation or emphasis. A text of
    a word or two has none: in a table -5 is not 5.
    """
    words = _WORD.findall(value)
    if len(words) < MIN_WORDS:
        return ""
    mark = _MARK.match(value)
    return "\0".join([mark[0].strip() if mark else "", *words])


def _slide(slide: Slide, text: Callable[[Text], Text]) -> Slide:
    headline = text(slide.headline) if slide.headline else None
    blocks = tuple(block.translated(text) for block in slide.blocks)
    return replace(slide, headline=headline, blocks=blocks)
