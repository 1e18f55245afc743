"""What is known of every story at once: its languages, its length, its date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from slideshow.errors import SlideshowError
from slideshow.library.freshness.dependencies import Remembered
from slideshow.library.stories import Library

MOST = 100_000  # stories; a few hundred bytes each


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its texts; ``languages`` are those it is offered in, its own first."""

    slug: str
    languages: tuple[str, ...]
    total: int
    updated: datetime


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

    def _read(self, slug: str) -> Outline | None:
        try:
            story = self._library.story(slug)
        except SlideshowError:
            return None  # reported by the command line
        if story is None:
            return None
        return Outline(slug, self._library.languages_of(story), story.total, story.updated)
