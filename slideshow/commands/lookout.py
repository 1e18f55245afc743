"""Names the problems of a library as they appear, while it is served."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from slideshow.commands.preflight import Say
from slideshow.errors import Problem, SlideshowError
from slideshow.library.files import Stamp
from slideshow.library.freshness.watched import is_young, stamp_of
from slideshow.library.stories import Library

SHORTEST_PAUSE_SECONDS = 0.1
# A large library is looked through again after so many times as long as that takes.
PAUSE_PER_LOOK = 20


class Lookout:
    """The problems of a library that were not there at the last look; only changed files are read.

    The first look is taken when the lookout is made, and names nothing.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._named = self._problems()
        self._stamps = self._current_stamps({})

    def follow(self, warn: Say, pause: float) -> None:
        """Warn of each problem as it appears, looking every ``pause`` seconds, for ever."""
        waiting = threading.Event()
        took = 0.0
        while not waiting.wait(max(pause, SHORTEST_PAUSE_SECONDS, PAUSE_PER_LOOK * took)):
            start = time.monotonic()
            with suppress(OSError, SlideshowError):  # the place is lost for a while
                for problem in self.new_problems():
                    warn(str(problem))
            took = time.monotonic() - start

    def new_problems(self) -> Iterator[Problem]:
        """Yield the problems that came since the last look."""
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
        """Return the stamps of the files; of one that is being written, the stamp it had."""
        stamps = {path: stamp_of(path) for path in self._library.paths()}
        return {
            path: before.get(path) if is_young(stamp) else stamp for path, stamp in stamps.items()
        }
