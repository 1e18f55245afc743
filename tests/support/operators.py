"""The programs that the manual configures: Caddy, in front of the server, and systemd, above it."""

from __future__ import annotations

import shutil

from tests.support import debian

PACKAGES = {"caddy": "caddy", "systemd-analyze": "systemd"}


def find() -> bool:
    """Check whether the programs can be run."""
    return all(map(shutil.which, PACKAGES))


def install() -> None:
    """Install the programs; raise RuntimeError where that cannot be done."""
    with debian.installing("Caddy and systemd"):
        debian.install(*(name for program, name in PACKAGES.items() if not shutil.which(program)))
