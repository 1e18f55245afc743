"""What a value was made from, so that it is kept just as long as nothing of that changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, Protocol, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)

_open: ContextVar[Reads | None] = ContextVar("open", default=None)


class Source(Protocol):
    """Where something was read: it tells whether what it holds now is still the same."""

    def version(self, name: Hashable) -> tuple[object, float]:
        """Give the version of what is there now, and until when (monotonic) that holds."""


class Reads:
    """The reads that a value was made from, each with the version it found."""

    __slots__ = ("_is_mixed", "_until", "_versions")

    def __init__(self) -> None:
        self._versions: dict[tuple[Source, Hashable], object] = {}
        self._until = float("inf")
        self._is_mixed = False

    def add(self, source: Source, name: Hashable, version: object, until: float) -> None:
        """Note that ``source`` gave this version of ``name``, good until a monotonic time."""
        known = self._versions.setdefault((source, name), version)
        self._is_mixed = self._is_mixed or known != version
        self._until = min(self._until, until)

    def are_current(self, now: float) -> bool:
        """Tell whether every source still holds the version that was read.

        The sources are asked only once the time is over for which one of them vouched.
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
        """Return the number of reads."""
        return len(self._versions)

    @property
    def until(self) -> float:
        """Give the monotonic time until which nothing needs to be asked."""
        return 0 if self._is_mixed else self._until

    def repeat(self) -> None:
        """Note these reads once more, for the value that is being made now."""
        outer = _open.get()
        if outer is not None:
            for (source, name), version in self._versions.items():
                outer.add(source, name, version, self._until)


@contextmanager
def recording() -> Iterator[Reads]:
    """Record what is read, in this thread and task, until the block ends."""
    reads = Reads()
    token = _open.set(reads)
    try:
        yield reads
    finally:
        _open.reset(token)
        reads.repeat()


def record(source: Source, name: Hashable, version: object, until: float) -> None:
    """Note a read for whoever records."""
    reads = _open.get()
    if reads is not None:
        reads.add(source, name, version, until)


class Remembered(Generic[Key, Value]):
    """Values made from what was read, each kept while all of that stays the same.

    Of more than ``capacity`` values the one used longest ago is forgotten.
    """

    def __init__(self, capacity: int = 256) -> None:
        self._capacity = capacity
        self._values: OrderedDict[Key, tuple[Value, Reads]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Give the value of ``key``, made by ``make`` unless it is there and current."""
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
