"""The stamps of files, by which a change of a file is noticed without reading it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

# The date, size and inode of a file, and its ctime: only the ctime reveals a file that was
# copied with its date, or changed within one tick of the clock.
Stamp = tuple[int, int, int, int]
UNKNOWN_STAMP: Stamp = (-1, 0, 0, 0)  # stamp of a path that cannot be examined now
# An editor that writes in place leaves half a file for a moment: a file younger than this
# is left alone while an older version of it can be served.
SETTLED_AFTER_SECONDS = 0.2
# NFSv3, SMB and others note dates in steps of up to two seconds: within one, a file may change
# and keep its stamp.
COARSEST_STEP_SECONDS = 2.0


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


def stamp_of(path: Path) -> Stamp | None:
    """Stat a file: its date, size and inode; None if there is no such file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # such as a lost mount: its files keep their values
        return UNKNOWN_STAMP
    return stamp_from(status)


def stamp_at(path: str) -> Stamp | None:
    """Stat a file; None if it cannot be examined, for whatever reason."""
    try:
        return stamp_from(os.stat(path))
    except OSError:
        return None


def is_young(stamp: Stamp | None) -> bool:
    """Check whether a file may still be being written."""
    return stamp is not None and 0 <= time.time() - stamp[0] / 1e9 < SETTLED_AFTER_SECONDS


def is_unfinished(path: Path, stamp: Stamp | None) -> bool:
    """Check whether a file that was there may still be being written, or moved aside for that.

    So may its folder, or one above it: the nearest that is there has just changed.
    """
    return is_young(stamp or next(filter(None, map(stamp_of, path.parents)), None))


def has_coarse_date(stamp: Stamp | None) -> bool:
    """Check whether a file's date is in whole seconds, and recent."""
    if stamp is None or stamp[0] % 1_000_000_000:
        return False
    return abs(time.time() - stamp[0] / 1e9) < COARSEST_STEP_SECONDS
