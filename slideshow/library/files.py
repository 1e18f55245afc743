"""Reads and replaces regular files whole, refuses other kinds, removes without a trace."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

from slideshow.errors import LibraryError

# The date, size and inode of a file, and its ctime: only the ctime reveals a file that was
# copied with its date, or changed within one tick of the clock.
Stamp = tuple[int, int, int, int]


def stamp_from(status: os.stat_result) -> Stamp:
    """Build a stamp, which differs as soon as the file does."""
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns


def stamps_in(folder: Path) -> dict[str, Stamp]:
    """Map the name of every file in a folder to its stamp; skip files that vanish."""
    found: dict[str, Stamp] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                found[entry.name] = stamp_from(entry.stat())
    return found


def open_file(path: Path) -> BufferedReader:
    """Open a file to read its bytes.

    Raises LibraryError for a pipe, a socket or a device, which could block for ever, and OSError
    for an unreadable file.
    """
    _refuse_others(path)
    return path.open("rb")


def read_file(path: Path, most: int = -1) -> bytes:
    """Read a file; at most ``most + 1`` bytes of it.

    Raises LibraryError for a pipe, a socket or a device, and OSError for an unreadable file.
    """
    with open_file(path) as file:
        return file.read(most + 1 if most >= 0 else -1)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file through a temporary one, so that nobody ever sees half of it.

    Raises OSError if its folder is missing or the disk is full; nothing is left then.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def remove(path: Path, top: Path) -> bool:
    """Remove a file below ``top``, and then the empty folders between them.

    Returns whether there was a file. Raises OSError if it cannot be removed.
    """
    is_there = path.is_file()
    if is_there:
        path.unlink()
    for folder in path.relative_to(top).parents[:-1]:
        try:
            (top / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            break  # it is not empty
    return is_there


def _refuse_others(path: Path) -> None:
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise LibraryError(
            "a pipe, a socket or a device, not a file",
            "put a file in its place, or rename it",
            path=str(path),
        )


def moment(seconds: float) -> datetime:
    """Convert a file's date, in seconds since 1970; 1970 for dates beyond the year 9999."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
