"""Long lists, page by page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")

NEAR_PAGES = 2  # before and after the one shown, that have a link
STORIES_PER_PAGE = 50
HEADLINES_PER_PAGE = 500  # of contents, and slides where the whole story is shown
STORIES_PER_FEED = 50  # the newest
SLIDES_PER_DESCRIPTION = 100  # in the JSON-LD of a cover: each slide names its story anyway
# A tenth of what sitemaps.org allows one file, and less: a file is held whole while it is sent.
ADDRESSES_PER_SITEMAP = 5_000
BYTES_PER_SITEMAP = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Page ``number``, counted from 1, of a list of ``total`` things, ``size`` to a page."""

    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """Give the number of pages, of an empty list 1."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """Give the place in the list where the page starts, counted from 0."""
        return (self.number - 1) * self.size

    @property
    def near(self) -> list[int]:
        """Give the numbers of the pages to link to; a gap between two leaves some out."""
        around = range(self.number - NEAR_PAGES, self.number + NEAR_PAGES + 1)
        return sorted({1, *around, self.pages} & {*range(1, self.pages + 1)})

    @property
    def further(self) -> range:
        """Give the numbers of all pages but the first."""
        return range(2, self.pages + 1)

    def of(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """Give what of the list is on the page."""
        return things[self.start : self.start + self.size]


def shelf_part(number: int, stories: int) -> Part:
    """Return page ``number`` of a list of stories."""
    return Part(number, stories, STORIES_PER_PAGE)


def story_part(number: int, slides: int) -> Part:
    """Return page ``number`` of the contents of a story, or of the whole story."""
    return Part(number, slides, HEADLINES_PER_PAGE)


@dataclass(frozen=True, slots=True)
class PageCounts:
    """The site's pages, counted: ``ends`` up to each story, the shelves first.

    ``longest`` is the number of letters of the longest slug.
    """

    ends: array[int]
    longest: int

    @property
    def total(self) -> int:
        """The number of all pages."""
        return self.ends[-1]
