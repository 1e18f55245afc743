"""Programs from npm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import debian


def install(package: str, version: str, folder: Path, **needed: str) -> None:
    """Install a package into a folder, unless it is there.

    ``needed`` has the other programs that it needs, with Debian's packages that they are in.
    """
    needed["npm"] = "npm"
    missing = [name for program, name in needed.items() if not shutil.which(program)]
    if missing:
        debian.install(*missing)
    if not (folder / "node_modules" / package).exists():
        command = ["npm", "install", "--silent", "--no-audit", "--ignore-scripts"]
        name = f"{package}@{version}"
        subprocess.run([*command, "--prefix", folder, name], check=True, stdout=sys.stderr)
