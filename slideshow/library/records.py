"""The folders in which a site keeps its records, for its next process or its next version."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from slideshow.library.articles import folder_of
from slideshow.paths import BUNDLED


def folder_for(place: Path, name: str, cache: Path) -> Path:
    """Choose the folder of a record: ``name`` beside the stories if it exists.

    Else it is in the user's cache, by the path of the stories.
    """
    beside = folder_of(place) / name
    if place != BUNDLED and beside.is_dir():
        return beside
    return cached_for(place, name, cache)


def cached_for(place: Path, name: str, cache: Path) -> Path:
    """Choose a folder in the user's cache, by the path of the stories."""
    return cache / name / named_after(place)


def named_after(place: Path) -> str:
    """Make a name from the path of a place, whichever links lead to it."""
    path = os.path.realpath(place).encode(errors="surrogatepass")
    return hashlib.sha256(path).hexdigest()[:16]
