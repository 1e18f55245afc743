"""When a story is public: its dates as moments, and the languages that must be complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slideshow.story.details import Details
    from slideshow.story.model import Story

LAST_SECOND_OF_DAY = timedelta(days=1, seconds=-1)  # after its first
HOLD, SHOW = "hold", "show"  # the treatments of an edit that lacks translations


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a site for all of its stories.

    ``zone`` is that of times without a zone; ``languages`` are those in which a story must be
    complete; an edit that is not is held back if ``holds``. ``removed`` are the slugs of removed
    stories, ``redirects`` maps former slugs to current ones. ``details`` is the front matter,
    by slug, of articles without any.
    """

    zone: tzinfo = UTC
    languages: tuple[str, ...] = ()
    holds: bool = True
    removed: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def languages_for(self, story: Story) -> tuple[str, ...]:
        """List the languages in which a story must be complete; empty if there is no such rule."""
        return story.details.languages or self.languages

    def is_removed(self, story: Story) -> bool:
        """Check whether a story was removed for good."""
        return story.details.is_removed or story.slug in self.removed

    def span(self, details: Details) -> Span:
        """Compute the span of time in which a story is public."""
        return Span(moment_of(details.publish, self.zone), moment_of(details.expires, self.zone))

    def updated(self, story: Story) -> datetime:
        """Return the last moment that an article names, else that of its file's last change.

        A correction on the very day of publication, without a time, has that of the file.
        """
        details = story.details
        changed = moment_of(details.modified, self.zone)
        published = moment_of(details.publish or details.date, self.zone)
        if not (changed and published):
            return changed or published or story.changed
        if details.corrections and changed <= published <= changed + LAST_SECOND_OF_DAY:
            return min(max(story.changed, published), changed + LAST_SECOND_OF_DAY)
        return max(changed, published)


class Phase(Enum):
    """The part of a story's life, as far as its dates are concerned."""

    BEFORE = "before"
    PUBLIC = "public"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Span:
    """The time from ``start`` until just before ``end``; None means without a limit."""

    start: datetime | None = None
    end: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """Return the phase at a moment."""
        if self.end and now >= self.end:
            return Phase.AFTER
        return Phase.BEFORE if self.start and now < self.start else Phase.PUBLIC

    def following(self, now: datetime) -> datetime | None:
        """Return the next moment at which the phase changes; None if it never does."""
        return min((each for each in (self.start, self.end) if each and each > now), default=None)


def moment_of(written: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Convert an ISO 8601 date, with or without a time, to a moment; a day starts at midnight."""
    if not written:
        return None
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=zone)
