"""The order of stories on the shelf, and the stories that belong together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

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


def related(outlines: Sequence[Outline], slug: str) -> Iterator[str]:
    """Yield the slugs of the other stories: those of the series, of the tags, then all others.

    Each group starts with the story after ``slug``, and wraps round.
    """
    seen = {slug}
    for group in _groups(outlines, slug):
        for each in _after(group, slug):
            if each not in seen:
                seen.add(each)
                yield each


def _groups(outlines: Sequence[Outline], slug: str) -> Iterator[Sequence[Outline]]:
    own = next((each for each in outlines if each.slug == slug), None)
    if own and own.series:
        yield in_series(outlines, key_of(own.series))
    if own and own.tags:
        yield [each for each in outlines if not set(own.tags).isdisjoint(each.tags)]
    yield outlines


def _after(group: Sequence[Outline], slug: str) -> Iterator[str]:
    """Yield the slugs of a group, starting after ``slug``."""
    start = next((place for place, each in enumerate(group, 1) if each.slug == slug), 0)
    yield from (each.slug for part in (group[start:], group[:start]) for each in part)
