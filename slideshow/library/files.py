"""Reads whole files, and nothing that only looks like one; removes files without a trace."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from slideshow.errors import LibraryError

# The date, the size, the number of a file, and when the system last noted a change of any of
# them: that alone tells of a file that was copied with its date, or within one tick of a clock.
Stamp = tuple[int, int, int, int]


def stamp_from(status: os.stat_result) -> Stamp:
    """Return what is another as soon as a file is."""
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns


def stamps_in(folder: Path) -> dict[str, Stamp]:
    """Return the stamp of every file in a folder by its name; one that vanishes has none."""
    found: dict[str, Stamp] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                found[entry.name] = stamp_from(entry.stat())
    return found


def read_file(path: Path, most: int = -1) -> bytes:
    """Give the bytes of a file; of one that is longer than ``most``, the first ``most + 1``.

    Raises LibraryError for a pipe, a socket or a device, whose reader might wait for ever, and
    OSError for what cannot be read.
    """
    _refuse_others(path)
    with path.open("rb") as file:
        return file.read(most + 1 if most >= 0 else -1)


def head_of(path: Path, size: int) -> str:
    """Give the first ``size`` bytes of a text file in UTF-8, without a character that is cut.

    Raises what ``read_file`` raises.
    """
    _refuse_others(path)
    with path.open("rb") as file:
        return file.read(size).decode("utf-8-sig", "ignore")


def remove(path: Path, top: Path) -> bool:
    """Remove a file below ``top``, and the folders below it that are empty then.

    Tell whether there was one. Raises OSError if it cannot be removed.
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
            break  # there is something else in it
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
    """Return a file's date, in whole seconds since 1970; 1970 for one beyond the year 9999."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
