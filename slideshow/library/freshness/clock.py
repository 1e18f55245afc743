"""The clock, as a source of values: whatever depends on the time knows until when it is valid."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import cast

from slideshow.library.freshness.dependencies import record, record_change
from slideshow.story.publishing import Phase, Span

LONGEST_SECONDS = 30.0  # after which the time is read again: somebody may set the clock


def _utc() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells in which phase a span of time is, and records that it was asked."""

    def __init__(self, now: Callable[[], datetime] = _utc) -> None:
        self.now = now

    def phase(self, span: Span) -> Phase:
        """Return the phase of a span now."""
        if span == ALWAYS:
            return Phase.PUBLIC
        phase, until = self.version(span)
        record(self, span, phase, until)
        record_change(time.monotonic() + self.seconds_left(span))
        return phase

    def version(self, name: Hashable) -> tuple[Phase, float]:
        """Return the phase of a span, and until when (monotonic) it is valid."""
        span = cast("Span", name)
        good_for = min(self.seconds_left(span), LONGEST_SECONDS)
        return span.phase(self.now()), time.monotonic() + good_for

    def seconds_left(self, span: Span) -> float:
        """Return the seconds until the phase of a span changes; infinite if it never will."""
        now = self.now()
        following = span.following(now)
        return (following - now).total_seconds() if following else math.inf


ALWAYS = Span()
