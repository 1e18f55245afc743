"""Finds the catalogues of a library in every language, and the problems in them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from slideshow.errors import Problem, SlideshowError
from slideshow.library.catalogues.reading import MAX_BYTES, Catalogue, read_catalogue
from slideshow.library.folder import Folder
from slideshow.library.freshness.dependencies import Parts
from slideshow.library.freshness.watched import Watched
from slideshow.story.languages import tag_of

logger = logging.getLogger(__name__)

MESSAGES = "LC_MESSAGES"  # the folder of a locale's catalogues
REMEMBERED_PATHS = 4096  # of folders
KEPT_CATALOGUES = 20_000  # parsed catalogues kept in memory
KEPT_BYTES = 1_000_000  # of their files beside a largest one; almost three times as much in memory


class Catalogues:
    """The catalogues below ``folders``; earlier folders take precedence.

    A folder has gettext's layout: ``<locale>/LC_MESSAGES/<domain>.po``. ``folder`` is that of the
    library.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        refresh: float = 1.0,
        max_bytes: int = MAX_BYTES,
        folder: Folder | None = None,
    ) -> None:
        self._folders = folders
        self._names = Watched(self._list, refresh, folder=folder)
        self._files = Watched(
            partial(read_catalogue, max_bytes=max_bytes),
            refresh,
            KEPT_CATALOGUES,
            KEPT_BYTES + max_bytes,
            folder,
        )
        # Whether a folder, given by its path, has a file: stories come and go in a folder of many.
        self.has = Parts[tuple[str, str], bool]("catalogue", self._has)
        self._told: dict[Path, str] = {}  # logged problems of skipped catalogues

    def languages(self) -> tuple[str, ...]:
        """List the tags of the languages that have a folder, sorted."""
        locales = {name for folder in self._folders for name in self._names_in(folder)}
        return tuple(sorted(tag for tag in map(tag_of, locales) if tag))

    def languages_of(self, domain: str) -> tuple[str, ...]:
        """List the tags of the languages that have a catalogue for ``domain``, sorted."""
        return tuple(tag for tag in self.languages() if self._paths(tag, domain))

    def read(self, tag: str, domain: str) -> tuple[Catalogue, ...]:
        """Read the catalogues of ``domain`` in one language, the most specific first.

        Skips a catalogue that was never valid, and logs that once.
        """
        found = (self._read(path) for path in self._paths(tag, domain))
        return tuple(catalogue for catalogue in found if catalogue)

    def look_again(self, tag: str, domain: str) -> bool:
        """Re-check changed catalogues at the next use; return whether any has changed."""
        paths = self._paths(tag, domain)
        return any([*map(self._files.look_again, paths)])  # each of them

    def _read(self, path: Path) -> Catalogue | None:
        try:
            catalogue = self._files.get(path)
        except SlideshowError as error:
            if self._told.get(path) != str(error):
                logger.error("%s; it is passed over", error)
            self._told[path] = str(error)
            return None
        self._told.pop(path, None)
        return catalogue

    def problems_of(self, domain: str) -> Iterator[Problem]:
        """Yield the current problems of the catalogues of ``domain``, even if old ones are used."""
        for tag in self.languages():
            found = (self._files.problem(path) for path in self._paths(tag, domain))
            yield from (problem for problem in found if problem)

    def problems(self, start: int = 0, stop: int | None = None) -> Iterator[Problem]:
        """Yield a problem for each unreadable catalogue, reading each of them once.

        ``start`` and ``stop`` select a slice of ``paths``.
        """
        for folder in self._every_folder() if start == 0 else ():
            if problem := self._names.problem(folder):
                yield problem
        for path in self.paths()[start:stop]:
            yield from self.problems_in(path)

    def problems_in(self, path: Path) -> Iterator[Problem]:
        """Yield the problem that makes a catalogue unreadable, if there is one."""
        try:
            self._files.get(path)
        except SlideshowError as error:
            yield error.problem

    def paths(self) -> list[Path]:
        """List every PO file, sorted."""
        return [
            folder / file
            for folder in self._every_folder()
            for file in sorted(self._names_in(folder))
            if file.endswith(".po")
        ]

    def _every_folder(self) -> Iterator[Path]:
        for folder in self._folders:
            yield folder
            yield from (folder / name / MESSAGES for name in sorted(self._names_in(folder)))

    def folders(self, tag: str) -> Iterator[Path]:
        """Yield the folders with the catalogues of a language, the most specific first."""
        for folder in self._folders:
            for name in self._names_in(folder):
                if tag_of(name) == tag:
                    yield _within(folder, name)

    def _paths(self, tag: str, domain: str) -> list[Path]:
        file = f"{domain}.po"
        return [folder / file for folder in self.folders(tag) if self.has.get((str(folder), file))]

    def _has(self, place: tuple[str, str]) -> bool:
        folder, file = place
        return file in self._names_in(_path(folder))

    def _names_in(self, folder: Path) -> frozenset[str]:
        """List the names in a folder; none if it is unreadable, which ``problems`` reports."""
        try:
            return self._names.get(folder) or frozenset()
        except SlideshowError:
            return frozenset()

    def _list(self, folder: Path) -> frozenset[str]:
        names = _names(folder)
        self._files.keep_only(names, folder)
        for path in [path for path in self._told if path.parent == folder]:
            if path.name not in names:
                self._told.pop(path, None)
        return names


# Every page asks for the same few folders many times.
_path = lru_cache(REMEMBERED_PATHS)(Path)


@lru_cache(REMEMBERED_PATHS)
def _within(folder: Path, name: str) -> Path:
    """Return the folder of the catalogues of a language, by its name."""
    return folder / name / MESSAGES


def _names(folder: Path) -> frozenset[str]:
    if not folder.is_dir():
        return frozenset()
    return frozenset(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
