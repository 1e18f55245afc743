"""Programs of other makers that tests run: found here, or installed where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path("/var/cache/slideshow-tests")
INSTALL = ("install", "-y", "-qq", "--no-install-recommends")


class NotHere(Exception):
    """A program cannot be run on this machine, whatever is installed."""


def can_install() -> bool:
    """Tell whether packages of Debian's can be installed here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def wanted(what: str, is_there: bool, is_possible: bool = True) -> None:
    """Skip a test aloud for want of a program; under CI fail, where it could be installed."""
    if is_there:
        return
    if os.environ.get("CI") and can_install() and is_possible:
        pytest.fail(f"no {what}: `make trials` installs it")
    pytest.skip(f"no {what}: as root on Debian, run `make trials`")


@contextmanager
def installing(what: str) -> Iterator[None]:
    """Keep other processes from installing the same; say what is installed.

    Raises RuntimeError where it takes more rights, or another system.
    """
    import fcntl  # Windows has none

    if not can_install():
        raise RuntimeError(f"{what}: can be installed as root on Debian, by apt-get, alone")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(f"Installing {what}, unless it is there by now.", file=sys.stderr)
        yield


def install(*packages: str) -> None:
    """Install packages."""
    apt_get("update", "-qq")
    apt_get(*INSTALL, *packages)


def apt_get(*arguments: str, folder: str | None = None) -> None:
    """Run apt-get, in a folder; it writes to stderr alone."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", *arguments], check=True, cwd=folder, env=environment, stdout=sys.stderr
    )
