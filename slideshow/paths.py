"""Where the files are that come with the package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
BUNDLED = PACKAGE / "bundled"


def shipped(folder: str) -> Path:
    """Return a folder that a wheel holds inside the package and a checkout beside it."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
