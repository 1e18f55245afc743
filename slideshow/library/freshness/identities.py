"""Identities of reads, by which another process knows whether it would read the same."""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from slideshow.errors import SlideshowError
from slideshow.library.freshness.clock import Clock
from slideshow.library.freshness.dependencies import Parts, Reads
from slideshow.library.freshness.stamps import Stamp, is_young, stamp_at, stamp_from
from slideshow.library.freshness.watched import Unparsed, Watched
from slideshow.story.publishing import Span

FILE = "file"  # the kind of a read of a file or a folder; other kinds are the names of parts
DIGEST_BYTES = 16

Known = dict[str, tuple[Stamp, str]]  # the stamp and the identity of each path


class Identities:
    """The identities of files and parts, each found once.

    A file is identified by its date, which pages show, and its bytes; a folder by the names in it.
    ``known`` has those of earlier processes; a file with the same stamp is not read again.
    """

    def __init__(self, parts: Iterable[Parts[Any, Any]], known: Known) -> None:
        self._parts = {part.name: part for part in parts}
        self._known = known
        self._found: dict[str, str | None] = {}
        self._values: dict[str, tuple[object, str]] = {}
        self._fresh: Known = {}

    def of_reads(self, reads: Reads) -> tuple[dict[str, str], float] | None:
        """Map the reads of a value to identities, with the seconds until a date changes it.

        None if they cannot be known to another process, such as those of a file that may still be
        changing.
        """
        found = {}
        seconds = math.inf
        if reads.versions is None:
            return None
        for (source, name), version in reads.versions.items():
            read, identity = "", None
            if isinstance(source, Clock):
                span = cast("Span", name)
                seconds = min(seconds, source.seconds_left(span))
                if version is source.version(span)[0]:
                    continue
            if isinstance(source, (Watched, Unparsed)):
                read = json.dumps([FILE, str(name)])
                identity = self._of_version(str(name), version)
            elif isinstance(source, Parts):
                read = json.dumps([source.name, name])
                identity = self._of_value(read, version)
            if identity is None:
                return None
            found[read] = identity
        return found, seconds

    def are_current(self, reads: Mapping[str, str]) -> bool:
        """Check that all reads would find the same again."""
        return all(self._current(read) == identity for read, identity in reads.items())

    def take_fresh(self) -> Known:
        """Return the identities of files that were found since the last call."""
        known = {
            path: found for path, found in self._fresh.items() if found != self._known.get(path)
        }
        self._known |= known
        self._fresh.clear()
        return known

    def _current(self, read: str) -> str | None:
        if read not in self._found:
            kind, name = json.loads(read)
            self._found[read] = self._of_file(name) if kind == FILE else self._of_part(kind, name)
        return self._found[read]

    def _of_version(self, path: str, version: object) -> str | None:
        """Identify a file that was read, unless it is another by now."""
        stamp = stamp_at(path)
        if stamp != version:
            return None
        return self._of_file(path) if stamp_at(path) == stamp else None

    def _of_file(self, path: str) -> str | None:
        try:
            status = os.stat(path)
            stamp = stamp_from(status)
            known = self._fresh.get(path) or self._known.get(path)
            if known and known[0] == stamp:
                return known[1]
            identity = _content(path, status)
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        except OSError:
            return None
        if not is_young(stamp):
            self._fresh[path] = stamp, identity
        return identity

    def _of_part(self, name: str, key: Any) -> str | None:
        part = self._parts.get(name)
        if part is None:
            return None
        try:
            value = part.get(tuple(key) if isinstance(key, list) else key)
        except SlideshowError:
            return None
        return self._of_value(json.dumps([name, key]), value)

    def _of_value(self, read: str, value: object) -> str:
        """Identify a part, which may be long and is often the same."""
        known = self._values.get(read)
        if known is None or known[0] != value:
            known = self._values[read] = value, digest_of(repr(value).encode())
        return known[1]


def digest_of(data: bytes) -> str:
    """Compute a digest of bytes that no other bytes have."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def _content(path: str, status: os.stat_result) -> str:
    if stat.S_ISDIR(status.st_mode):
        return digest_of(json.dumps(sorted(os.listdir(path))).encode())
    if not stat.S_ISREG(status.st_mode):
        return f"{status.st_mtime_ns} of no file"  # a pipe or a device, which may never end
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    with Path(path).open("rb") as file:
        while data := file.read(1_000_000):
            digest.update(data)
    return f"{status.st_mtime_ns} {digest.hexdigest()}"
