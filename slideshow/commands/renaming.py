"""Catalogues that move along with a renamed article, which is recognised by its texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from slideshow.errors import SlideshowError, counted
from slideshow.library.catalogues.entries import read_entries
from slideshow.library.catalogues.reading import read_text
from slideshow.library.names import name_in
from slideshow.library.stories import Library
from slideshow.story.languages import INTERFACE
from slideshow.story.model import Story

MIN_SHARED_TEXTS = 0.5  # share of an article's texts that its catalogue has


@dataclass(frozen=True, slots=True)
class Renamed:
    """A story that had another name, and its catalogues, which have moved."""

    old: str
    new: str
    paths: tuple[Path, ...]
    is_known: bool

    def __str__(self) -> str:
        catalogues = counted(len(self.paths), "catalogue has", "catalogues have")
        moved = f"{self.old} is called {self.new} now: {catalogues} moved along."
        advice = f" Write `aliases: [{self.old}]` into its front matter, so that links lead on."
        return moved if self.is_known else moved + advice


def move_catalogues(library: Library, folders: Sequence[Path]) -> Iterator[Renamed]:
    """Move the catalogues of each renamed article in ``folders``, and yield each story's names.

    Raises OSError if a file cannot be moved.
    """
    orphans = _orphans(library, folders)
    for slug in library.files() if orphans else ():
        if any((folder / f"{slug}.po").exists() for folder in folders):
            continue
        with suppress(SlideshowError):
            story = library.article(slug)
            old = story and _former(story, orphans, library.limits.catalogue_bytes)
            if story and old:
                for path in orphans[old]:
                    path.rename(path.with_name(f"{slug}.po"))
                names = (*library.policy.redirects, *map(name_in, story.details.aliases))
                yield Renamed(old, slug, tuple(orphans.pop(old)), old in names)


def _orphans(library: Library, folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Group the catalogues that no article has by their names."""
    found: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.glob("*.po")):
            if path.stem != INTERFACE and not library.file(path.stem):
                found[path.stem].append(path)
    return found


def _former(story: Story, orphans: Mapping[str, list[Path]], max_bytes: int) -> str | None:
    """Find the name under which most texts of a story are in a catalogue."""
    texts = {text.value for text in story.texts() if text.value}
    shares = {
        old: len(texts & _ids(paths, max_bytes)) / len(texts) for old, paths in orphans.items()
    }
    best = max(shares, key=lambda old: shares[old], default=None)
    return best if best and shares[best] >= MIN_SHARED_TEXTS else None


def _ids(paths: Sequence[Path], max_bytes: int) -> set[str]:
    ids: set[str] = set()
    for path in paths:
        with suppress(SlideshowError, OSError):
            entries = read_entries(read_text(path, max_bytes)[0], str(path))
            ids |= {entry.id for entry in entries if not entry.is_obsolete}
    return ids
