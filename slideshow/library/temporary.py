"""Folders that go with the process: at its end, or, if it was killed, when the next one starts."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "slideshow-"
LOCK = ".lock"  # a file in the folder, which the system holds locked while its process lives


def temporary_folder() -> Path:
    """Return a new folder for this process, after removing those of killed ones.

    Windows, and file systems without locks, keep what a killed process left.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.name == "posix":
        # Under another name until it is locked: nobody takes us for dead meanwhile.
        unlocked = folder / f"{LOCK}.new"
        if _lock(os.open(unlocked, os.O_RDWR | os.O_CREAT, 0o600)):
            unlocked.rename(folder / LOCK)
    return folder


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*") if os.name == "posix" else ():
        with suppress(OSError):  # somebody else's, or removed meanwhile
            status = folder.lstat()  # others may put links into a place that is everybody's
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
                _remove_left(folder)


def _remove_left(folder: Path) -> None:
    """Remove a folder whose process is no more. Raises OSError if it has no lock."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        if _lock(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock an open file until this process ends, whatever ends it; tell whether that worked."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
