"""The programs that the manual configures: servers of files, Caddy as a proxy, and systemd."""

from __future__ import annotations

import shutil

from tests.support import debian

WHAT = "Caddy, nginx, Apache and systemd"
PACKAGES = {
    "caddy": "caddy",
    "nginx": "nginx-light",
    "apache2": "apache2",
    "systemd-analyze": "systemd",
}


def find() -> bool:
    """Check whether the programs can be run."""
    return all(map(shutil.which, PACKAGES))


def install() -> None:
    """Install the programs; raise RuntimeError where that cannot be done."""
    with debian.installing(WHAT):
        debian.install(*(name for program, name in PACKAGES.items() if not shutil.which(program)))
