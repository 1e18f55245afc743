"""Reports new problems of a library while it is served."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from slideshow.errors import Problem, SlideshowError
from slideshow.library.freshness.stamps import Stamp, is_young, stamp_of
from slideshow.library.stories import Library

SHORTEST_PAUSE_SECONDS = 0.1
# A large library is checked again after this multiple of the time that a check takes.
PAUSE_PER_LOOK = 20
MAX_NAMED_STORIES = 20  # stories that a line of the log names


class Lookout:
    """Finds the problems of a library that are new since the last check; reads only changed files.

    The first check is made on creation, and reports nothing.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._named = self._problems()
        self._stamps = self._current_stamps({})
        self._slugs = frozenset(library.slugs())
        self._is_readable = library.is_readable

    def follow(self, logger: logging.Logger, pause: float) -> None:
        """Log each new problem and event, checking every ``pause`` seconds, for ever."""
        waiting = threading.Event()
        took = 0.0
        while not waiting.wait(max(pause, SHORTEST_PAUSE_SECONDS, PAUSE_PER_LOOK * took)):
            start = time.monotonic()
            with suppress(OSError, SlideshowError):  # the place is temporarily gone
                for problem in self.new_problems():
                    logger.warning("%s", problem)
                self._log_events(logger)
            took = time.monotonic() - start

    def _log_events(self, logger: logging.Logger) -> None:
        is_readable = self._library.is_readable
        if is_readable != self._is_readable:
            self._is_readable = is_readable
            if is_readable:
                logger.info("%s: the stories can be read again", self._library.place)
            else:
                logger.warning(
                    "%s: the stories cannot be read (the last known ones are served meanwhile)",
                    self._library.place,
                )
        former, self._slugs = self._slugs, frozenset(self._library.slugs())
        new = sorted(self._slugs - former)
        if shown := [slug for slug in new[:MAX_NAMED_STORIES] if self._library.story(slug)]:
            logger.info("New: %s", _listed(shown, len(new)))
        if gone := sorted(former - self._slugs):
            logger.info("Removed: %s", _listed(gone[:MAX_NAMED_STORIES], len(gone)))

    def new_problems(self) -> Iterator[Problem]:
        """Yield the problems that are new since the last check."""
        problems = self._problems()
        yield from sorted(problems - self._named, key=str)
        self._named = problems
        before, self._stamps = self._stamps, self._current_stamps(self._stamps)
        for path, stamp in self._stamps.items():
            if before.get(path) != stamp:
                yield from self._library.problems_in(path)

    def _problems(self) -> set[Problem]:
        return {*self._library.listing_problems(), *self._library.unread()}

    def _current_stamps(self, before: dict[Path, Stamp | None]) -> dict[Path, Stamp | None]:
        """Stat the files; a file that is being written keeps its previous stamp."""
        stamps = {path: stamp_of(path) for path in self._library.paths()}
        return {
            path: before.get(path) if is_young(stamp) else stamp for path, stamp in stamps.items()
        }


def _listed(names: Sequence[str], total: int) -> str:
    more = f", and {total - MAX_NAMED_STORIES} more" if total > MAX_NAMED_STORIES else ""
    return ", ".join(names) + more
