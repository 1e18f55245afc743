"""Reads and replaces regular files whole, refuses other kinds, removes without a trace."""

from __future__ import annotations

import os
import stat
import tempfile
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

from slideshow.errors import LibraryError


def explained(path: Path, error: OSError) -> LibraryError:
    """Build the error for an unreadable file, with its fix."""
    reason = f"cannot be read: {error.strerror}"
    if isinstance(error, IsADirectoryError):
        return LibraryError(reason, "rename the folder, or put a file in its place", path=str(path))
    is_refused = isinstance(error, PermissionError)
    fix = "check its permissions" if is_refused else "check the path and the disk"
    return LibraryError(reason, fix, path=str(path))


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
