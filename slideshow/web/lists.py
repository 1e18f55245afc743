"""The lists of stories: all of them, those of a tag or a series, the newest, the next ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Any

from slideshow.library.freshness.dependencies import Parts
from slideshow.library.frontpage import FrontPage
from slideshow.library.index.index import Index
from slideshow.library.index.outline import Outline
from slideshow.library.stories import Library
from slideshow.story.keys import key_of
from slideshow.web.paging import STORIES_PER_FEED, shelf_part

FOLLOWING_STORIES = 3  # to go on with
ALL, TAGS, SERIES = "all", "tags", "series"  # kinds of groups, as URLs have them
Slugs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All stories, or those of a tag or a series: their number, and its name in an article."""

    total: int
    title: str = ""


class Lists:
    """The lists of stories, each of which depends on those in it alone, not on all stories.

    A group is named by its kind and its key. While stories are first read, the shelf has them in
    order of slug.
    """

    def __init__(self, library: Library, index: Index) -> None:
        self._library = library
        self._index = index
        self._front: tuple[tuple[Outline, ...], FrontPage] | None = None
        self.group = Parts("group", self._group)
        self.page = Parts("shelf", self._page)
        self.newest = Parts("newest", self._newest)
        self.following = Parts("following", self._following)

    @property
    def parts(self) -> Iterator[Parts[Any, Any]]:
        """All of the lists."""
        yield from (self.group, self.page, self.newest, self.following)

    @property
    def total(self) -> int:
        """The number of all stories."""
        return self.group.get((ALL, "")).total

    def _group(self, key: tuple[str, str]) -> Group:
        kind, name = key
        if kind == ALL:
            return Group(len(self._slugs()))
        stories = self._of(kind, name)
        names = (each for story in stories for each in (*story.tags, story.series))
        return Group(len(stories), next((each for each in names if key_of(each) == name), ""))

    def _page(self, key: tuple[str, str, int]) -> Slugs:
        """List the stories on a page of a group, counted from 1."""
        kind, name, number = key
        slugs = self._slugs() if kind == ALL else _slugs(self._of(kind, name))
        return tuple(shelf_part(number, len(slugs)).of(slugs))

    def _newest(self, key: tuple[str, str]) -> Slugs:
        """List the newest stories of a group, for its feed."""
        return _slugs(nsmallest(STORIES_PER_FEED, self._of(*key), key=_newest_first))

    def _following(self, slug: str) -> Slugs:
        """List the stories to go on with after a story: of its series, of its tags, the next."""
        front = self._known()
        found = front.related(slug) if front else self._library.slugs_after(slug)
        return tuple(islice(found, FOLLOWING_STORIES))

    def _of(self, kind: str, name: str) -> Sequence[Outline]:
        front = self._front_of(self._index.all())
        if kind == ALL:
            return front.stories
        return front.in_series(name) if kind == SERIES else front.with_tag(name)

    def _slugs(self) -> Sequence[str]:
        front = self._known()
        return front.slugs if front else self._library.slugs()

    def _known(self) -> FrontPage | None:
        outlines = self._index.known()
        return None if outlines is None else self._front_of(outlines)

    def _front_of(self, outlines: tuple[Outline, ...]) -> FrontPage:
        front = self._front
        if front is None or front[0] is not outlines:
            front = self._front = outlines, FrontPage(outlines)
        return front[1]


def _newest_first(outline: Outline) -> tuple[float, str]:
    return -outline.updated.timestamp(), outline.slug


def _slugs(outlines: Sequence[Outline]) -> Slugs:
    return tuple(each.slug for each in outlines)
