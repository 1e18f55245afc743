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
from slideshow.library.freshness.stamps import Stamp, is_young, stamp_of

# An app, and the files that it is made from.
Made = tuple[WSGIApplication, Sequence[Path]]

logger = logging.getLogger(__name__)


class Renewed:
    """Middleware that serves ``made``, and the result of ``make`` after a change of its files.

    The files, all below ``folder``, are looked at every ``refresh`` seconds. While ``make`` raises
    SlideshowError, the last good app stays; so it does while the whole folder is away.
    """

    def __init__(
        self,
        made: Made,
        make: Callable[[], Made],
        folder: Path,
        refresh: float,
    ) -> None:
        self._app, self._files = made
        self._make = make
        self._folder = Folder(folder)
        self._refresh = refresh
        self._stamps = self._noted()
        self._look_at = time.monotonic() + refresh
        self._lock = threading.Lock()

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
        return [None if is_young(stamp) else stamp for stamp in map(stamp_of, self._files)]

    def _renew(self) -> None:
        stamps = [*map(stamp_of, self._files)]
        if stamps == self._stamps or any(map(is_young, stamps)):
            return
        if None in stamps and self._folder.is_away():
            return
        self._stamps = stamps
        try:
            self._app, self._files = self._make()
            self._stamps = self._noted()
        except SlideshowError as error:
            logger.error("%s; the last good settings stay", error)
