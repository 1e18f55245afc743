"""The order of stories on the shelf, and the stories that belong together."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain
from typing import TypeVar

from slideshow.library.index.outline import Outline
from slideshow.story.keys import key_of

Thing = TypeVar("Thing")
Order = tuple[bool, float, float, str]


def _order(outline: Outline) -> Order:
    """Sort for the shelf: pinned ones, then by weight, then the newest first."""
    weight = math.inf if outline.weight is None else outline.weight
    # Stories without a date come last, by slug: the dates of files differ between copies.
    date = -outline.published.timestamp() if outline.published else math.inf
    return not outline.is_pinned, weight, date, outline.slug


def _reading_order(outline: Outline) -> tuple[float, float, str]:
    weight = math.inf if outline.weight is None else outline.weight
    date = outline.published.timestamp() if outline.published else math.inf
    return weight, date, outline.slug


class FrontPage:
    """The stories of a shelf in order, those of each tag and series, and the way on from each."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self.stories = sorted(outlines, key=_order)
        self.slugs = tuple(each.slug for each in self.stories)
        self._places = {slug: place for place, slug in enumerate(self.slugs)}
        self._tagged: dict[str, list[int]] = defaultdict(list)  # places in order, by key
        self._series: dict[str, list[Outline]] = defaultdict(list)
        for place, each in enumerate(self.stories):
            if each.series:
                self._series[key_of(each.series)].append(each)
            for key in {key_of(tag) for tag in each.tags}:
                self._tagged[key].append(place)
        for series in self._series.values():
            series.sort(key=_reading_order)

    def with_tag(self, key: str) -> list[Outline]:
        """List the stories with a tag, named by its key, in the order of the shelf."""
        return [self.stories[place] for place in self._tagged.get(key, ())]

    def in_series(self, key: str) -> list[Outline]:
        """List the stories of a series, named by its key, in reading order: the oldest first."""
        return [*self._series.get(key, ())] if key else []

    def related(self, slug: str) -> Iterator[str]:
        """Yield the slugs of the other stories: those of the series, of the tags, then all others.

        Each group starts with the story after ``slug``, and wraps round.
        """
        seen = {slug}
        for group in self._groups(slug):
            for each in group:
                if each not in seen:
                    seen.add(each)
                    yield each

    def _groups(self, slug: str) -> Iterator[Iterable[str]]:
        place = self._places.get(slug, -1)
        own = self.stories[place] if place >= 0 else None
        if own and own.series:
            series = self._series[key_of(own.series)]
            yield (each.slug for each in _turned(series, series.index(own) + 1))
        tagged = [self._tagged[key_of(tag)] for tag in own.tags] if own else []
        onwards = (_turned(places, bisect_right(places, place)) for places in tagged)
        yield (self.slugs[each] for each in merge(*onwards, key=lambda each: (each <= place, each)))
        yield _turned(self.slugs, place + 1)


def _turned(things: Sequence[Thing], start: int) -> Iterator[Thing]:
    """Yield the things from an index on, then those before it."""
    yield from (things[at] for at in chain(range(start, len(things)), range(start)))
