"""Divides long lists into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")

NEAR_PAGES = 2  # linked pages before and after the current one
STORIES_PER_PAGE = 50
HEADLINES_PER_PAGE = 500  # on a page of contents, or slides on a page of the whole story
STORIES_PER_FEED = 50  # the newest
SLIDES_PER_DESCRIPTION = 100  # in the JSON-LD of a cover: each slide names its story anyway
# A tenth of the limits of sitemaps.org, or less: a file is in memory while it is sent.
ADDRESSES_PER_SITEMAP = 5_000
BYTES_PER_SITEMAP = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Page ``number``, counted from 1, of a list of ``total`` items, ``size`` to a page."""

    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """The number of pages; 1 for an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """The index in the list at which the page starts, from 0."""
        return (self.number - 1) * self.size

    @property
    def near(self) -> list[int]:
        """The numbers of the pages to link to, with gaps where pages are omitted."""
        around = range(self.number - NEAR_PAGES, self.number + NEAR_PAGES + 1)
        return sorted({1, *around, self.pages} & {*range(1, self.pages + 1)})

    @property
    def further(self) -> range:
        """The numbers of all pages but the first."""
        return range(2, self.pages + 1)

    def of(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """Slice the items on this page."""
        return things[self.start : self.start + self.size]


def shelf_part(number: int, stories: int) -> Part:
    """Compute page ``number`` of a list of stories."""
    return Part(number, stories, STORIES_PER_PAGE)


def story_part(number: int, slides: int) -> Part:
    """Compute page ``number`` of the contents of a story, or of the whole story."""
    return Part(number, slides, HEADLINES_PER_PAGE)
