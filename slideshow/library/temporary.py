"""Temporary folders, removed when the process ends or, if it was killed, by the next one."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "slideshow-"
LOCK = ".lock"  # a file in the folder, locked while its process lives


def temporary_folder() -> Path:
    """Create a folder for this process, after removing those of killed ones.

    On Windows and on file systems without locks, folders of killed processes remain.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if sys.platform != "win32":
        # Under another name until it is locked, so that no process removes it as abandoned.
        unlocked = folder / f"{LOCK}.new"
        if _lock(os.open(unlocked, os.O_RDWR | os.O_CREAT, 0o600)):
            unlocked.rename(folder / LOCK)
    return folder


def _sweep(place: Path) -> None:
    if sys.platform == "win32":
        return
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or removed meanwhile
            status = folder.lstat()  # others may put links into a shared folder
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
                _remove_left(folder)


def _remove_left(folder: Path) -> None:
    """Remove the folder of a process that has ended. Raises OSError if it has no lock."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        if _lock(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock an open file until this process ends in any way; return whether that worked."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
