"""Detects changes in folders, for authors who preview their work."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

# A file younger than this may be unfinished, and read too early.
SETTLES_WITHIN_SECONDS = 0.3


def version_of(places: Sequence[Path]) -> str | None:
    """Compute a version of the state of every file in ``places``, folders or single files.

    Hidden files are ignored: editors keep their notes there, repositories their history. None while
    a file is so young that it may be unfinished.
    """
    version = hashlib.sha256()
    now = time.time()
    seen: set[tuple[int, int]] = set()
    for path, modified, size in (file for place in places for file in _files(place, seen)):
        if 0 <= now - modified / 1e9 < SETTLES_WITHIN_SECONDS:
            return None
        version.update(f"{path}\n{modified}\n{size}\n".encode(errors="surrogatepass"))
    return version.hexdigest()[:16]


def _files(place: Path, seen: set[tuple[int, int]]) -> Iterator[tuple[Path, int, int]]:
    """Yield each file with its date in nanoseconds and its size; visit each folder once."""
    try:
        status = place.stat()
        within = _shown(place) if stat.S_ISDIR(status.st_mode) else None
    except OSError:
        return  # gone meanwhile, or unreadable
    if within is None:
        yield place, status.st_mtime_ns, status.st_size
        return
    folder = status.st_dev, status.st_ino
    if folder in seen:
        return  # a link may lead back to its own folder
    seen.add(folder)
    for path in within:
        yield from _files(path, seen)


def _shown(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
