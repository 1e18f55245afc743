"""The file cache: slow results, computed once and kept in a folder of bounded size."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from slideshow.errors import PictureError, SettingError, variable_of
from slideshow.library.files import replace_file
from slideshow.library.temporary import temporary_folder
from slideshow.settings import Settings

logger = logging.getLogger(__name__)

USE_NOTED_AFTER_SECONDS = 3600  # between updates of a file's time of use
REMEMBERED_FAILURES = 1024
MAX_WAITING_CALLERS = 12  # waiting callers; each blocks a thread of the server
TRIMMED_SHARE = 10  # share of the folder freed at a time


class BusyError(Exception):
    """A value is not ready yet: the caller may try again in a moment."""


class FileCache:
    """Bytes by name in ``folder``, at most ``most_bytes`` of them; the least used are removed.

    The folder must hold nothing else: any file in it may be removed to make room. At most
    ``makers`` values are made at a time, and each only once, however many callers ask for it. The
    content of a name never changes. At most ``waiting`` callers wait for a value in the making.
    Safe to use from threads, and from processes that share the folder.
    """

    def __init__(
        self, folder: Path, most_bytes: int, makers: int = 1, waiting: int = MAX_WAITING_CALLERS
    ) -> None:
        self.folder = folder
        self._most_bytes = most_bytes
        self._unseen = most_bytes  # bytes since the last trim: the first write trims
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(makers, thread_name_prefix="maker")
        self._making: dict[str, Future[bytes]] = {}
        self._places = threading.BoundedSemaphore(waiting)
        self._failures: OrderedDict[str, PictureError] = OrderedDict()

    def find(self, name: str) -> bytes | None:
        """Look up the bytes of a name; None if there are none."""
        path = self.folder / name
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):  # still readable on a disk that has become read-only
            if time.time() - path.stat().st_mtime > USE_NOTED_AFTER_SECONDS:
                os.utime(path)
        return data

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Look up the bytes of a name, or make them with ``make``.

        Raises the PictureError of ``make``, which is then remembered for that name; any other error
        of ``make``, which is not remembered; and BusyError if too many callers are waiting.
        """
        found = self.find(name)
        if found is not None:
            return found
        if not self._places.acquire(blocking=False):
            raise BusyError(name)
        try:
            return self._made(name, make)
        finally:
            self._places.release()

    def _made(self, name: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if name in self._failures:
                raise self._failures[name]
            made = self._making.get(name)
            if made is None:
                made = self._making[name] = self._pool.submit(self._make, name, make)
        return made.result()

    def _make(self, name: str, make: Callable[[], bytes]) -> bytes:
        try:
            # It may have been made between the look-up and the lock.
            data = self.find(name)
            if data is None:
                data = make()
                self._keep(name, data)
            return data
        except PictureError as error:
            with self._lock:
                self._failures[name] = error
                if len(self._failures) > REMEMBERED_FAILURES:
                    self._failures.popitem(last=False)
            raise
        finally:
            with self._lock:
                del self._making[name]

    def _keep(self, name: str, data: bytes) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(self.folder / name, data)
            self._make_room(len(data))
        except OSError as error:
            # A full disk costs time, not the response.
            logger.warning("%s: cannot be kept: %s", self.folder / name, error.strerror)

    def _make_room(self, added: int) -> None:
        with self._lock:
            self._unseen += added
            if self._unseen * TRIMMED_SHARE < self._most_bytes:
                return
            self._unseen = 0
        files = sorted(_used(self.folder))
        excess = sum(size for _, size, _ in files) - self._most_bytes
        if excess <= 0:
            return
        excess += self._most_bytes // TRIMMED_SHARE
        for _, size, path in files:
            if excess <= 0:
                break
            Path(path).unlink(missing_ok=True)
            excess -= size


def _used(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Yield the time of last use, in seconds since 1970, the bytes and the path of each file."""
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # another process makes room too
            if entry.is_file():
                yield entry.stat().st_mtime, entry.stat().st_size, entry.path


def filecache_of(settings: Settings) -> FileCache:
    """Create the cache of encoded pictures, in a separate folder.

    The operator may have chosen a folder with other files, which must not be removed to make room.
    """
    folder = cache_folder(settings.filecache_folder) / "made"
    return FileCache(folder, settings.filecache_bytes)


def cache_folder(named: str) -> Path:
    """Choose the cache folder: the given one, else the user's, else a temporary one.

    The temporary folder is removed when the process ends.

    Raises SettingError if the given folder cannot be written to.
    """
    if named:
        folder = Path(named)
        if not _is_writable(folder):
            raise SettingError(
                "cannot be written to",
                f"choose another {variable_of('filecache_folder')}",
                path=named,
            )
        return folder
    usual = _users_cache()
    if usual and _is_writable(usual):
        return usual
    return temporary_folder()


def _users_cache() -> Path | None:
    """Locate the user's cache; a server often runs without a home directory."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():  # XDG Base Directory Specification: ignore relative paths
        return named / "slideshow"
    try:
        return Path.home() / ".cache" / "slideshow"
    except RuntimeError:
        return None


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
