"""The files that articles name, in whatever spelling of capitals and accents."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from slideshow.library.folder import Folder
from slideshow.library.freshness.watched import Watched

REMEMBERED_FOLDERS = 256


class Names:
    """Finds files by names that differ from theirs in capitals, accents or spaces.

    Windows and macOS ignore capitals, and macOS spells an accent as a character of its own (Unicode
    normal form D): an article written there names files that Linux doesn't find.
    """

    def __init__(self, refresh: float, folder: Folder | None) -> None:
        self._folders = Watched(_names_in, refresh, REMEMBERED_FOLDERS, folder=folder)

    def find(self, folder: Path, file: str) -> Path:
        """Find ``file`` below ``folder``; if there is none, return the path as it is named."""
        named = folder / file
        if os.path.exists(named):  # unlike the method of Path, it knows of names too long
            return named
        found = folder
        for part in Path(file).parts:
            names = self._folders.get(found) or {}
            found /= names.get(_folded(part), part) if not os.path.exists(found / part) else part
        return found

    def list(self, folder: Path) -> Iterable[str]:
        """List the names of the files in a folder."""
        return (self._folders.get(folder) or {}).values()


def _names_in(folder: Path) -> Mapping[str, str]:
    if not folder.is_dir():
        return {}
    return {_folded(name): name for name in sorted(os.listdir(folder), reverse=True)}


def _folded(name: str) -> str:
    """Fold the name of a file, so that its spellings become one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
