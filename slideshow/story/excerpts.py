"""Finds the slides of a story that a search is about, each with an excerpt of its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from slideshow.story.model import Story, Text
from slideshow.story.words import Phrase, words_of

MAX_EXCERPT_CHARACTERS = 220
BEFORE_CHARACTERS = 60  # of an excerpt, before its first mark
CONTEXT_WORDS = 2  # around a phrase, so that the same word above it is not marked instead
# Characters that a page may show otherwise, such as a hyphen at which no line ends.
_UNSURE = re.compile("[-\u00a0\u00ad\u2010\u2011\u202f\u2060\n]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, which was searched for if it ``is_marked``."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text of a story, in pieces, with its language."""

    pieces: tuple[Piece, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Find:
    """A found slide, or the cover at position 0, with an excerpt of its text.

    ``directives`` have browsers mark the words on the page (W3C, URL Fragment Text Directives).
    """

    position: int
    text: Excerpt | None
    directives: tuple[str, ...]


class _Searched:
    """A text of a slide, with the places of each phrase in it."""

    def __init__(self, text: Text, phrases: Sequence[Phrase]) -> None:
        self.value = unicodedata.normalize("NFC", text.plain())
        self.language = text.language
        self._words = [*words_of(self.value)]
        self._places = [[*phrase.places(self._words)] for phrase in phrases]

    @property
    def phrases(self) -> frozenset[int]:
        """The indexes of the phrases in the text."""
        return frozenset(place for place, found in enumerate(self._places) if found)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The places of all phrases, in order, without overlaps."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(span for found in self._places for span in found):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined

    def excerpt(self, most: int = MAX_EXCERPT_CHARACTERS) -> Excerpt:
        """Cut the text around its first mark."""
        start, end = 0, len(self.value)
        if end > most:
            first = self.spans[0][0] if self.spans else 0
            start = max(0, min(first - BEFORE_CHARACTERS, end - most))
            end = start + most
            ends = [word.end for word in self._words if start < word.end <= end]
            starts = [word.start for word in self._words if start <= word.start <= first]
            start = starts[0] if start and starts else start
            end = ends[-1] if end < len(self.value) and ends else end
        return Excerpt(tuple(self._pieces(start, end)), self.language)

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        place = start
        if start:
            yield Piece("… ")
        for first, last in self.spans:
            if start <= first and last <= end:
                if place < first:
                    yield Piece(self.value[place:first])
                yield Piece(self.value[first:last], is_marked=True)
                place = last
        if place < end:
            yield Piece(self.value[place:end])
        if end < len(self.value):
            yield Piece(" …")

    def directive(self, phrase: int) -> str:
        """Write a text directive for the first place of a phrase.

        The words around it keep browsers from marking the same word further up the page. Characters
        that the page may write otherwise are left out.
        """
        start, end = self._places[phrase][0]
        before = [word.start for word in self._words if word.end <= start][-CONTEXT_WORDS:]
        after = [word.end for word in self._words if word.start >= end][:CONTEXT_WORDS]
        prefix = _UNSURE.split(self.value[min(before, default=start) : start])[-1].strip()
        suffix = _UNSURE.split(self.value[end : max(after, default=end)])[0].strip()
        found = self.value[start:end]
        match = max(_UNSURE.split(found), key=len)
        if match != found:
            return _encoded(match)
        return "".join(
            [
                f"{_encoded(prefix)}-," if prefix else "",
                _encoded(match),
                f",-{_encoded(suffix)}" if suffix else "",
            ]
        )


def marked(text: Text, phrases: Sequence[Phrase]) -> Excerpt:
    """Mark phrases in a whole text, such as a headline."""
    searched = _Searched(text, phrases)
    return searched.excerpt(len(searched.value))


def finds_in(story: Story, phrases: Sequence[Phrase]) -> list[Find]:
    """List the slides with the most of the phrases, in reading order; the cover for the lead."""
    pages = [(None, story.lead), *((slide.heading, slide.blocks) for slide in story.slides)]
    found = [
        _Page(
            position,
            _Searched(heading, phrases) if heading else None,
            [_Searched(text, phrases) for block in blocks for text in block.texts()],
        )
        for position, (heading, blocks) in enumerate(pages)
    ]
    most = max((len(page.phrases) for page in found), default=0)
    return [page.find() for page in found if most and len(page.phrases) == most]


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts of a slide at a position, or of the cover."""

    position: int
    heading: _Searched | None
    texts: list[_Searched]

    @property
    def phrases(self) -> frozenset[int]:
        """The indexes of the phrases on the page."""
        return frozenset().union(*(text.phrases for text in self._all))

    @property
    def _all(self) -> list[_Searched]:
        return [*self.texts, *([self.heading] if self.heading else [])]

    def find(self) -> Find:
        """Choose an excerpt: of the longest text with the most phrases."""
        text = max(self.texts, key=_worth, default=None)
        ordered = sorted(self._all, key=lambda each: each is not text)
        places = {phrase: each for each in reversed(ordered) for phrase in each.phrases}
        directives = (places[phrase].directive(phrase) for phrase in sorted(places))
        return Find(self.position, text.excerpt() if text else None, tuple(directives))


def _worth(text: _Searched) -> tuple[int, int]:
    """Rank a text as an excerpt: by its phrases, then by its length, unless it is cut anyway."""
    return len(text.phrases), min(len(text.value), MAX_EXCERPT_CHARACTERS)


def _encoded(text: str) -> str:
    """Encode a part of a directive, in which commas, dashes and ampersands are syntax."""
    return quote(text, safe="").replace("-", "%2D")
