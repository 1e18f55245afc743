"""Outlines of stories: their languages, lengths and dates, without their texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slideshow.library.freshness.clock import ALWAYS
from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.story.publishing import Span, moment_of

EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its texts; ``languages`` are those it is offered in, its own first.

    ``changed`` has the time of the last change in each of them, in the same order. The story is
    public during ``span`` alone.
    """

    slug: str
    languages: tuple[str, ...]
    total: int
    updated: datetime
    changed: tuple[datetime, ...]
    published: datetime | None = None
    span: Span = ALWAYS
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    weight: int | None = None
    is_pinned: bool = False


def outline_of(library: Library, versions: Sequence[Story]) -> Outline:
    """Outline a story by its versions in each of its languages, its own first."""
    story = versions[0]
    details = story.details
    languages = tuple(each.language for each in versions)
    return Outline(
        story.slug,
        languages,
        story.total,
        library.policy.updated(story),
        tuple(library.changed_in(story, each) for each in languages),
        moment_of(details.published, library.policy.zone),
        library.policy.span(details),
        details.further_names,
        details.tags,
        details.series or "",
        details.weight,
        details.is_pinned,
    )


def written(outline: Outline) -> str:
    """Format an outline for the database, without its slug."""
    return json.dumps(
        [
            outline.languages,
            outline.total,
            _seconds(outline.updated),
            [_seconds(each) for each in outline.changed],
            _seconds(outline.published),
            _seconds(outline.span.start),
            _seconds(outline.span.end),
            outline.aliases,
            outline.tags,
            outline.series,
            outline.weight,
            outline.is_pinned,
        ],
        separators=(",", ":"),
    )


class Outliner:
    """Reads outlines from the database; equal values of many stories are kept once."""

    def __init__(self) -> None:
        self._languages: dict[tuple[str, ...], tuple[str, ...]] = {}

    def read(self, slug: str, text: str) -> Outline:
        """Parse an outline formatted by ``written``."""
        (
            languages, total, updated, changed, published, start, end,
            aliases, tags, series, weight, is_pinned,
        ) = json.loads(text)  # fmt: skip
        shared = self._languages.setdefault(tuple(languages), tuple(languages))
        return Outline(
            slug,
            shared,
            total,
            EPOCH + timedelta(seconds=updated),
            tuple(EPOCH + timedelta(seconds=each) for each in changed),
            _moment(published),
            ALWAYS if start is end is None else Span(_moment(start), _moment(end)),
            tuple(aliases),
            tuple(tags),
            series,
            weight,
            is_pinned,
        )


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - EPOCH).total_seconds()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else EPOCH + timedelta(seconds=seconds)
