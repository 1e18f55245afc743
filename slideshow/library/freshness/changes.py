"""Tells whether anything changed in some folders, for authors who look at what they write."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

# A file younger than that, in seconds, may still be written, and what is read of it be old.
SETTLES_WITHIN = 0.3


def version_of(places: Sequence[Path]) -> str | None:
    """Give what stands for the state of every file in ``places``, folders or single files.

    What is hidden is left out: an editor keeps its notes there, a repository its history.
    None while a file is so young that its writer may not be done.
    """
    version = hashlib.sha256()
    now = time.time()
    seen: set[tuple[int, int]] = set()
    for path, modified, size in (file for place in places for file in _files(place, seen)):
        if 0 <= now - modified / 1e9 < SETTLES_WITHIN:
            return None
        version.update(f"{path}\n{modified}\n{size}\n".encode(errors="surrogatepass"))
    return version.hexdigest()[:16]


def _files(place: Path, seen: set[tuple[int, int]]) -> Iterator[tuple[Path, int, int]]:
    """Give each file with its date in nanoseconds and its size; of folders each once."""
    try:
        status = place.stat()
        within = _shown(place) if stat.S_ISDIR(status.st_mode) else None
    except OSError:
        return  # gone meanwhile, or nothing that could be read
    if within is None:
        yield place, status.st_mtime_ns, status.st_size
        return
    folder = status.st_dev, status.st_ino
    if folder in seen:
        return  # a link may lead back to where it stands
    seen.add(folder)
    for path in within:
        yield from _files(path, seen)


def _shown(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
