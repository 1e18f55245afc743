"""The sources of a cached value, which stays valid exactly until one of them changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, Protocol, TypeVar, cast

from slideshow.errors import SlideshowError

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)

_open: ContextVar[Reads | None] = ContextVar("open", default=None)


class Source(Protocol):
    """A place that values are read from, and that knows whether its content has changed."""

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return the current version of ``name``, and until when (monotonic) it is valid."""


class Reads:
    """The reads that a value was computed from, each with the version found."""

    __slots__ = ("_is_mixed", "_until", "_versions", "changes_at")

    def __init__(self) -> None:
        self._versions: dict[tuple[Source, Hashable], object] = {}
        self._until = float("inf")
        self._is_mixed = False
        self.changes_at = float("inf")  # monotonic time at which the value is certain to change

    def add(self, source: Source, name: Hashable, version: object, until: float) -> None:
        """Add a read of this version of ``name``, valid until a monotonic time."""
        known = self._versions.setdefault((source, name), version)
        self._is_mixed = self._is_mixed or known != version
        self._until = min(self._until, until)

    def are_current(self, now: float) -> bool:
        """Check that every source still has the version that was read.

        Sources are asked only after the earliest of their validity periods has passed.
        """
        if now < self._until:
            return not self._is_mixed
        until = float("inf")
        for (source, name), version in self._versions.items():
            current, good_until = source.version(name)
            if current != version:
                return False
            until = min(until, good_until)
        self._until = until
        return not self._is_mixed

    def __len__(self) -> int:
        """Count the reads."""
        return len(self._versions)

    @property
    def until(self) -> float:
        """The monotonic time until which no source needs to be asked."""
        return 0 if self._is_mixed else self._until

    @property
    def versions(self) -> Mapping[tuple[Source, Hashable], object] | None:
        """The version of every read by its source and name; None if they are of several states."""
        return None if self._is_mixed else self._versions

    def repeat(self) -> None:
        """Record these reads again, for the value that is being computed now."""
        outer = _open.get()
        if outer is not None:
            for (source, name), version in self._versions.items():
                outer.add(source, name, version, self._until)
            outer.changes_at = min(outer.changes_at, self.changes_at)


@contextmanager
def recording() -> Iterator[Reads]:
    """Record all reads in this thread and task, until the block ends."""
    reads = Reads()
    token = _open.set(reads)
    try:
        yield reads
    finally:
        _open.reset(token)
        reads.repeat()


def record(source: Source, name: Hashable, version: object, until: float) -> None:
    """Add a read to the active recording, if any."""
    reads = _open.get()
    if reads is not None:
        reads.add(source, name, version, until)


def record_change(at: float) -> None:
    """Note in the active recording that the value is certain to change at a monotonic time."""
    reads = _open.get()
    if reads is not None:
        reads.changes_at = min(reads.changes_at, at)


class Parts(Generic[Key, Value]):
    """Parts of values too large to depend on as a whole, such as one file of a long list.

    Whoever reads a part depends on that part alone, which is its own version. ``name`` tells the
    parts of a site apart, in every process; keys are strings, numbers, or tuples of them.
    """

    def __init__(self, name: str, find: Callable[[Key], Value]) -> None:
        self.name = name
        self._find = find

    def get(self, key: Key) -> Value:
        """Find a part, and record the read of it."""
        with apart() as reads:
            value = self._find(key)
        record(self, key, value, reads.until)
        record_change(reads.changes_at)
        return value

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return a part as it is now, and until when (monotonic) it is valid."""
        try:
            with apart() as reads:
                value = self._find(cast("Key", name))
        except SlideshowError as error:  # whoever reads it again gets the error
            return error, 0
        return value, reads.until


@contextmanager
def apart() -> Iterator[Reads]:
    """Record all reads until the block ends, apart from the active recording unless it fails."""
    reads = Reads()
    token = _open.set(reads)
    is_found = False
    try:
        yield reads
        is_found = True
    finally:
        _open.reset(token)
        if not is_found:
            reads.repeat()


class Remembered(Generic[Key, Value]):
    """Computed values, each kept until one of its sources changes.

    Beyond ``capacity`` values, the least recently used is dropped.
    """

    def __init__(self, capacity: int = 256) -> None:
        self._capacity = capacity
        self._values: OrderedDict[Key, tuple[Value, Reads]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Look up the value of ``key``; compute it with ``make`` if it is missing or stale."""
        known = self._values.get(key)
        if known and known[1].are_current(time.monotonic()):
            known[1].repeat()
        else:
            with recording() as reads:
                known = make(), reads
        with self._lock:
            self._values[key] = known
            self._values.move_to_end(key)
            while len(self._values) > self._capacity:
                self._values.popitem(last=False)
        return known[0]
