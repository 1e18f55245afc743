"""What is known of every story at once: its titles, its languages, its length, its date."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from slideshow.errors import SlideshowError
from slideshow.library.reads import Remembered
from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.story.rendering import plain

MOST = 100_000  # stories; a few hundred bytes each


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its texts.

    ``titles`` are its titles by language, its own first, folded for the search.
    """

    slug: str
    titles: Mapping[str, str]
    total: int
    updated: datetime

    @property
    def title(self) -> str:
        """Give the title in the story's own language."""
        return next(iter(self.titles.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages that the story is offered in, its own first."""
        return tuple(self.titles)


class Outlines:
    """The outlines of a library: each story is read for its outline once, until it changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._outlines = Remembered[str, Outline | None](MOST)

    def __iter__(self) -> Iterator[Outline]:
        """Give the outline of every story that can be read, in order of slug."""
        for slug in self._library.slugs():
            outline = self._outlines.get(slug, partial(self._read, slug))
            if outline:
                yield outline

    def search(self, words: str, language: str) -> list[str]:
        """Give the slugs of the stories whose title has each of the words, in order of slug.

        The title is the one that the shelf shows in a language: the story's own where it lacks
        the language. Case and accents make no difference, and part of a word is enough.
        """
        wanted = folded(words).split()
        return [
            story.slug
            for story in self
            if all(word in story.titles.get(language, story.title) for word in wanted)
        ]

    def _read(self, slug: str) -> Outline | None:
        try:
            story = self._library.story(slug)
        except SlideshowError:
            return None  # reported by the command line
        if story is None:
            return None
        tags = self._library.languages_of(story)
        told = [self._library.story(slug, tag) or story for tag in tags]
        titles = {tag: folded(_title(each)) for tag, each in zip(tags, told, strict=True)}
        return Outline(slug, titles, story.total, story.updated)


def folded(text: str) -> str:
    """Give a text in which case and accents make no difference any more."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _title(story: Story) -> str:
    return plain(story.title.value) if story.is_markdown else story.title.value
