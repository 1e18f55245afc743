"""The stories on one page of the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from slideshow.library.frontpage import FrontPage, ordered
from slideshow.library.index.index import Index
from slideshow.library.index.outline import Outline
from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.web.lookup import library, readable_stories
from slideshow.web.paging import Part, shelf_part
from slideshow.web.services import services

PATIENCE_SECONDS = 0.2  # for which the shelf waits for the first reading of all stories
OTHERS = 3  # stories to go on with
SEARCH_ABOVE = 12  # stories; a shorter shelf has no search


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the shelf, or of a part of it; a short one is not searchable."""

    stories: Sequence[Story]
    part: Part
    is_searchable: bool = False


def is_searchable(stories: int) -> bool:
    """Check whether a shelf is long enough for a search."""
    return stories > SEARCH_ABOVE


def slugs() -> Sequence[str]:
    """List the public stories in the order of the shelf; by slug until all of them are read."""
    outlines = services().index.known(PATIENCE_SECONDS)
    return library().slugs() if outlines is None else [each.slug for each in ordered(outlines)]


def part_of(number: int) -> Part:
    """Compute page ``number`` of the shelf, counted from 1."""
    return shelf_part(number, len(slugs()))


def shelf_page(language: str, number: int) -> Shelf:
    """Read one page of the shelf, and only the stories on it."""
    found = slugs()
    shelf = page_of(found, language, number)
    return replace(shelf, is_searchable=is_searchable(len(found)))


def page_of(slugs: Sequence[str], language: str, number: int) -> Shelf:
    """Read one page of a list of stories, and only the stories on it."""
    part = shelf_part(number, len(slugs))
    return Shelf([*readable_stories(part.of(slugs), language)], part)


def others(story: Story) -> list[Story]:
    """List the stories to go on with."""
    return [*readable_stories(services().following.get(story.slug), story.language)]


class Following:
    """The stories to go on with after each: of its series, of its tags, the next ones."""

    def __init__(self, library: Library, index: Index) -> None:
        self._library = library
        self._index = index
        self._front: tuple[tuple[Outline, ...], FrontPage] | None = None

    def find(self, slug: str) -> tuple[str, ...]:
        """List the slugs of the stories to go on with after a story."""
        outlines = self._index.known(PATIENCE_SECONDS)
        if outlines is None:
            return tuple(islice(self._library.slugs_after(slug), OTHERS))
        front = self._front
        if front is None or front[0] != outlines:  # one order serves them all
            front = self._front = outlines, FrontPage(outlines)
        return tuple(islice(front[1].related(slug), OTHERS))
