"""The order of stories on the shelf, and the stories that belong together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from slideshow.library.index.outline import Outline
from slideshow.story.keys import key_of

Order = tuple[bool, float, float, str]


def ordered(outlines: Iterable[Outline]) -> list[Outline]:
    """Sort outlines for the shelf: pinned ones, then by weight, then the newest first.

    Stories without a date come last, by slug: the dates of files differ between copies.
    """
    return sorted(outlines, key=_order)


def _order(outline: Outline) -> Order:
    weight = math.inf if outline.weight is None else outline.weight
    date = -outline.published.timestamp() if outline.published else math.inf
    return not outline.is_pinned, weight, date, outline.slug


def with_tag(outlines: Iterable[Outline], key: str) -> list[Outline]:
    """Select the stories with a tag, named by its key."""
    return [each for each in outlines if key in map(key_of, each.tags)]


def in_series(outlines: Iterable[Outline], key: str) -> list[Outline]:
    """Select the stories of a series, named by its key, in reading order: the oldest first."""
    found = [each for each in outlines if each.series and key_of(each.series) == key]
    return sorted(found, key=_reading_order)


def _reading_order(outline: Outline) -> tuple[float, float, str]:
    weight = math.inf if outline.weight is None else outline.weight
    date = outline.published.timestamp() if outline.published else math.inf
    return weight, date, outline.slug


class FrontPage:
    """The stories of a shelf in order, with the way on from each of them."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        stories = ordered(outlines)
        self._stories = {each.slug: each for each in stories}
        self._slugs = [*self._stories]
        self._places = {slug: place for place, slug in enumerate(self._slugs)}
        self._tagged: dict[str, list[int]] = defaultdict(list)  # places in order, by tag
        self._series: dict[str, list[Outline]] = defaultdict(list)
        for place, each in enumerate(stories):
            self._series[key_of(each.series)].append(each)
            for tag in each.tags:
                self._tagged[tag].append(place)

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
        own = self._stories.get(slug)
        if own and own.series:
            series = sorted(self._series[key_of(own.series)], key=_reading_order)
            yield _after([each.slug for each in series], slug)
        if own and own.tags:
            places = sorted({place for tag in own.tags for place in self._tagged[tag]})
            yield _after([self._slugs[place] for place in places], slug)
        start = self._places.get(slug, -1) + 1
        yield chain(islice(self._slugs, start, None), islice(self._slugs, start))


def _after(slugs: Sequence[str], slug: str) -> Sequence[str]:
    """Turn a list so that it starts after ``slug``."""
    start = slugs.index(slug) + 1
    return [*slugs[start:], *slugs[:start]]
