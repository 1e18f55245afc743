"""Makes the app again when its file of settings changes, so that a change shows like any edit."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from slideshow.errors import SlideshowError
from slideshow.library.folder import Folder
from slideshow.library.freshness.stamps import (
    UNKNOWN_STAMP,
    Stamp,
    is_unfinished,
    is_young,
    stamp_of,
)

# An app, and the files that it is made from: first that of its settings.
Made = tuple[WSGIApplication, Sequence[Path]]

OTHER_STAMP: Stamp = (-1, 1, 0, 0)  # of a file that is another by now, and was not empty

logger = logging.getLogger(__name__)


class Renewed:
    """Middleware that serves ``made``, and the result of ``make`` after a change of its files.

    The files, all below ``folder``, are looked at every ``refresh`` seconds. While ``make`` raises
    SlideshowError, the last good app stays; so it does while the whole folder is away, while files
    are written or have just been moved aside, and while the settings are empty that were not. An
    app that ``is_outdated`` was made from earlier files.
    """

    def __init__(
        self,
        made: Made,
        make: Callable[[], Made],
        folder: Path,
        refresh: float,
        *,
        is_outdated: bool = False,
    ) -> None:
        self._app, self._files = made
        self._make = make
        self._folder = Folder(folder)
        self._refresh = refresh
        self._stamps = [OTHER_STAMP] * len(self._files) if is_outdated else self._noted()
        self._look_at = time.monotonic() + refresh
        self._lock = threading.Lock()
        self._is_emptied = False  # whether the log has named the settings as empty

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request with the current app."""
        # One thread makes the new app, the others go on with the old one.
        if time.monotonic() >= self._look_at and self._lock.acquire(blocking=False):
            try:
                self._renew()
            finally:
                self._look_at = time.monotonic() + self._refresh
                self._lock.release()
        return self._app(environ, start_response)

    def _noted(self) -> list[Stamp | None]:
        """Stat the files after they were read: a young one may have changed since."""
        stamps = map(stamp_of, self._files)
        return [(-1, *stamp[1:]) if stamp and is_young(stamp) else stamp for stamp in stamps]

    def _renew(self) -> None:
        stamps = [*map(stamp_of, self._files)]
        if stamps == self._stamps or not self._are_saved(stamps):
            return
        if None in stamps and self._folder.is_away():
            return
        try:
            app, files = self._make()
        except SlideshowError as error:
            self._stamps = stamps
            logger.error("%s; the last good settings stay", error)
        else:
            if stamps == [*map(stamp_of, self._files)]:  # nobody has begun to write meanwhile
                self._app, self._files = app, files
                self._stamps = self._noted()

    def _are_saved(self, stamps: Sequence[Stamp | None]) -> bool:
        """Check that nobody is writing the files; name settings that stay empty in the log, once.

        An editor that saves slowly leaves an empty file first. Without its settings, stories that
        they withhold would be public.
        """
        for path, stamp, before in zip(self._files, stamps, self._stamps, strict=True):
            if stamp != before and is_unfinished(path, stamp):
                return False
        stamp, before = stamps[0], self._stamps[0]
        is_empty = stamp not in (None, UNKNOWN_STAMP) and stamp[1] == 0
        is_emptied = bool(is_empty and before and before[1])
        if is_emptied and not self._is_emptied:
            problem = "%s: is empty now (fill it, or remove it); the last good settings stay"
            logger.error(problem, self._files[0])
        self._is_emptied = is_emptied
        return not is_emptied
