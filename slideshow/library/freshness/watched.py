"""Files that are read again when they change, and keep their last good version."""

from __future__ import annotations

import itertools
import logging
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar, cast

from slideshow.errors import LibraryError, Problem, SlideshowError
from slideshow.library.files import explained
from slideshow.library.folder import Folder
from slideshow.library.freshness.dependencies import record
from slideshow.library.freshness.stamps import (
    COARSEST_STEP_SECONDS,
    Stamp,
    has_coarse_date,
    is_unfinished,
    is_young,
    stamp_of,
)

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
# Without an older version, readers wait this long for the writer, at each of the tries.
WRITER_PAUSE_SECONDS = 0.01
WRITER_TRIES = 25
MAX_READINGS = 10
RETRY_SECONDS = 60.0  # after running out of memory


@dataclass(slots=True)
class _Entry(Generic[Value]):
    path: Path
    stamp: Stamp | None
    checked: float
    version: object
    is_settled: bool = True
    value: Value | None = None
    error: SlideshowError | None = None

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self.stamp[1] if self.stamp else 0


class Watched(Generic[Value]):
    """The parsed content of files, each checked again after ``refresh`` seconds.

    A file that becomes unreadable keeps its last good value; the reason goes to the log and to
    ``problem``. Beyond ``capacity`` files, or files of more than ``most_bytes`` in total, the least
    used are dropped. ``folder`` is that of the library: its files keep their values while all of it
    is away, and links that lead out of it are refused. Safe to use from threads.
    """

    def __init__(
        self,
        parse: Callable[[Path], Value],
        refresh: float = 1.0,
        capacity: int = 512,
        most_bytes: int = sys.maxsize,
        folder: Folder | None = None,
    ) -> None:
        self._parse = parse
        self._refresh = refresh
        self._capacity = capacity
        self._most_bytes = most_bytes
        self._folder = folder
        self._bytes = 0  # total size of the files whose values are kept
        self._entries: OrderedDict[Path, _Entry[Value]] = OrderedDict()
        self._serials = itertools.count()
        self._reading: dict[Path, threading.Lock] = {}
        self._lock = threading.Lock()  # never held while reading a file

    def get(self, path: Path) -> Value | None:
        """Return the value of ``path``, or None if there is no such file.

        Raises the SlideshowError of ``parse`` if no good version was ever read.
        """
        entry = self._looked_at(path)
        # The entry's path object, shared by all cached pages with this read.
        record(self, entry.path, entry.version, entry.checked + self._refresh)
        if entry.value is None and entry.error:
            raise entry.error
        return entry.value

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return the version of the path ``name``, and until when it is valid.

        A dropped file is not read again for that: its stamp is its version.
        """
        path = cast("Path", name)
        if path not in self._entries:
            return stamp_of(path), time.monotonic() + self._refresh
        entry = self._looked_at(path)
        return entry.version, entry.checked + self._refresh

    def problem(self, path: Path) -> Problem | None:
        """Return the current problem of ``path``, even if an older version is served."""
        with suppress(SlideshowError):
            self.get(path)
        with self._lock:
            entry = self._entries.get(path)
        return entry.error.problem if entry and entry.error else None

    def keep_only(self, names: Container[str], folder: Path) -> None:
        """Drop the files of ``folder`` that are not among ``names``: they are gone."""
        with self._lock:
            gone = [path for path in self._entries if path.name not in names]
            for path in gone:
                if path.parent == folder:
                    self._bytes -= self._entries.pop(path).size

    def look_again(self, path: Path) -> bool:
        """Re-check a changed file at its next use; return whether it has changed."""
        with self._lock:
            entry = self._entries.get(path)
        if entry is None or entry.stamp == stamp_of(path):
            return False
        entry.checked = float("-inf")
        return True

    def _looked_at(self, path: Path) -> _Entry[Value]:
        """Bring the entry of a path up to date.

        One thread reads a file while others read other files; callers that ask for a file being
        read get its last good value at once.
        """
        with self._lock:
            known = self._entries.get(path)
            if known:
                self._entries.move_to_end(path)
            if known and time.monotonic() - known.checked < self._refresh:
                return known
            reading = self._reading.setdefault(path, threading.Lock())
        if known is None or known.value is None:
            reading.acquire()
        elif not reading.acquire(blocking=False):
            return known
        try:
            known = self._entries.get(path)
            if known and time.monotonic() - known.checked < self._refresh:
                return known  # read while we waited
            entry = self._current(path, known)
            self._keep(path, entry)
            return entry
        finally:
            with self._lock:
                self._reading.pop(path, None)
            reading.release()

    def _keep(self, path: Path, entry: _Entry[Value]) -> None:
        with self._lock:
            replaced = self._entries.get(path)
            self._bytes += entry.size - (replaced.size if replaced else 0)
            self._entries[path] = entry
            self._entries.move_to_end(path)
            while len(self._entries) > self._capacity or self._bytes > self._most_bytes:
                _, forgotten = self._entries.popitem(last=False)
                self._bytes -= forgotten.size

    def _current(self, path: Path, known: _Entry[Value] | None) -> _Entry[Value]:
        now = time.monotonic()
        stamp = stamp_of(path)
        if known and known.stamp == stamp and known.is_settled:
            known.checked = now
            return known
        has_value = known is not None and known.value is not None
        if known and has_value and self._is_away(path, stamp):
            return self._left(known, now)
        is_written = is_unfinished(path, stamp) if has_value else is_young(stamp)
        if not is_written:
            entry = self._read(path, stamp, now)
            if has_coarse_date(stamp):
                self._unsettle(entry)
            is_written = stamp_of(path) != stamp  # started during the read
        if is_written and known and has_value:
            return known
        if is_written:
            entry = self._read_written(path, stamp, now)
        if known and has_value:
            self._prefer(known, entry)
        return entry

    def _is_away(self, path: Path, stamp: Stamp | None) -> bool:
        """Check whether a file, or the list of files, is missing because the whole folder is."""
        folder = self._folder
        is_missing = folder is not None and (stamp is None or path == folder.place)
        return is_missing and folder is not None and folder.is_away()

    def _left(self, known: _Entry[Value], now: float) -> _Entry[Value]:
        """Keep an entry unchanged while the folder is away; the folder's own entry reports it."""
        assert self._folder is not None
        if known.path != self._folder.place:
            known.checked = now
            return known
        reason, fix = "the folder is missing or empty", "put it back, or start again without it"
        entry = replace(known, checked=now, is_settled=False)
        entry.error = LibraryError(reason, fix, path=str(known.path))
        self._tell(known, entry.error)
        return entry

    def _read_written(self, path: Path, stamp: Stamp | None, now: float) -> _Entry[Value]:
        """Read a file that may still be being written, repeatedly but not for ever.

        A result counts if it is not empty, can be parsed, and the file has not changed since; if
        the writer never pauses, the last result that could be parsed counts.
        """
        _wait_for_writer(path)
        understood = None
        for _ in range(MAX_READINGS):
            before = stamp_of(path)
            entry = self._read(path, stamp, now)
            is_something = before is None or (before[1] and not entry.error)
            if before == stamp_of(path) and is_something:
                break
            if is_something:
                understood = entry
            time.sleep(WRITER_PAUSE_SECONDS)
        else:
            entry = understood or entry
        self._unsettle(entry)
        return entry

    def _unsettle(self, entry: _Entry[Value]) -> None:
        """Mark a file that may still change without a change of its stamp."""
        entry.version, entry.is_settled = (entry.version, next(self._serials)), False

    def _read(self, path: Path, stamp: Stamp | None, now: float) -> _Entry[Value]:
        entry = _Entry[Value](path, stamp, now, version=stamp)
        try:
            if self._folder:
                self._folder.refuse_outside(path)
            entry.value = self._parse(path) if stamp else None
        except FileNotFoundError:
            entry.stamp = entry.version = None
        except SlideshowError as error:
            entry.error = error
        except (MemoryError, RecursionError) as error:
            entry.error = _too_much(path, error)
            # Not retried at every request: it exhausted the memory.
            entry.checked, entry.is_settled = now + RETRY_SECONDS, False
            entry.version = stamp, str(entry.error)
        except OSError as error:
            # Permission may be granted without a change of the file, such as by chmod on a folder.
            entry.error = explained(path, error)
            entry.version, entry.is_settled = (stamp, str(error)), False
        return entry

    def _prefer(self, known: _Entry[Value], entry: _Entry[Value]) -> None:
        """Replace an error by the last good value; keep the version of an equal value."""
        if entry.error:
            entry.value = known.value
            self._tell(known, entry.error)
        if known.value == entry.value:
            entry.version = known.version

    def _tell(self, known: _Entry[Value], error: SlideshowError) -> None:
        """Log once why the last good version of a file is served."""
        if str(error) != str(known.error):
            logger.error("%s; the last good version stays online", error)


class Unparsed:
    """Files that are read each time, such as records of ours: their stamps are their versions."""

    def note(self, path: Path) -> None:
        """Record that a file is about to be read."""
        record(self, path, *self.version(path))

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return the stamp of the path ``name``, and until when it is valid: not for long."""
        return stamp_of(cast("Path", name)), time.monotonic() + COARSEST_STEP_SECONDS


def _too_much(path: Path, error: MemoryError | RecursionError) -> LibraryError:
    reason = "nested too deeply" if isinstance(error, RecursionError) else "takes too much memory"
    return LibraryError(f"cannot be read: {reason}", "split or simplify the file", path=str(path))


def _wait_for_writer(path: Path) -> None:
    """Wait until ``path`` has not been written to for a moment, but not for ever."""
    last = None
    for _ in range(WRITER_TRIES):
        stamp = stamp_of(path)
        if stamp == last and stamp and stamp[1]:
            return
        last = stamp
        time.sleep(WRITER_PAUSE_SECONDS)
