"""Programs that the benchmark runs: found on this machine, or installed by apt as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache


@cache
def program(name: str, *packages: str) -> str | None:
    """Return the path of a program, after installing its Debian packages where that is possible."""
    if not shutil.which(name) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' '.join(packages)} with apt-get.", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        for each in (["apt-get", "update", "-qq"], command):
            subprocess.run(each, check=False, env=environment, stdout=sys.stderr)
    return shutil.which(name)
