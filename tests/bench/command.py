"""Runs our command, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path


def export(stories: Path, out: Path, environment: Mapping[str, str]) -> float:
    """Export the stories into a folder; return the seconds that it took."""
    command = [sys.executable, "-m", "slideshow", "export", str(stories), "--out", str(out)]
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return time.monotonic() - start
