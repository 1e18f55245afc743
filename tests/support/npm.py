"""Programs from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import debian


def has(package: str, version: str, folder: Path) -> bool:
    """Tell whether a folder has a package in a version."""
    described = folder / "node_modules" / package / "package.json"
    return described.exists() and json.loads(described.read_text())["version"] == version


def install(package: str, version: str, folder: Path, **needed: str) -> None:
    """Install a package into a folder, unless it is there in that version.

    ``needed`` has the other programs that it needs, with Debian's packages that they are in.
    """
    needed["npm"] = "npm"
    missing = [name for program, name in needed.items() if not shutil.which(program)]
    if missing:
        debian.install(*missing)
    if not has(package, version, folder):
        command = ["npm", "install", "--silent", "--no-audit", "--ignore-scripts"]
        name = f"{package}@{version}"
        subprocess.run([*command, "--prefix", folder, name], check=True, stdout=sys.stderr)
