"""Searches the titles of all stories, which it reads from the heads of their files.

Reading ten thousand stories whole would take many seconds; this takes a fraction of a second the
first time, and only a check of the files' dates from then on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from slideshow.errors import SlideshowError
from slideshow.library.articles import ArticleFile
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.catalogues.reading import translation_at_head
from slideshow.library.files import head_of, stamps_in
from slideshow.library.stories import Library
from slideshow.story.titles import folded

HEAD = 4096  # bytes; if a title does not end there, the whole article is read
SHARE = 20  # an index is checked again after this multiple of the time that a check takes


@dataclass(frozen=True, slots=True)
class _Title:
    """A folded title, and the hash of the stamps of the files it was read from."""

    key: int
    folded: str


@dataclass(frozen=True, slots=True)
class _Index:
    """The titles in one language by slug, in order, and until when they are valid."""

    titles: dict[str, _Title]
    until: float


class Titles:
    """The titles of a library as its shelves show them, searched by words.

    A change is seen after ``refresh`` seconds, or later if checking so many files takes long; at
    once if that is 0. Safe to use from threads.
    """

    def __init__(self, library: Library, refresh: float = 1.0) -> None:
        self._library = library
        self._refresh = refresh
        self._catalogues = Catalogues((library.translations,), refresh, folder=library.folder)
        self._indexes: dict[str, _Index] = {}
        self._lock = threading.Lock()

    def find(self, words: str, language: str) -> list[str]:
        """Find the slugs of the stories whose title on a shelf has every word, in order.

        Case and accents are ignored, and a word may match inside another.
        """
        wanted = set(folded(words).split())
        titles = self._current(language).titles.items()
        return [slug for slug, title in titles if all(word in title.folded for word in wanted)]

    def _current(self, language: str) -> _Index:
        with self._lock:
            known = self._indexes.get(language)
            start = time.monotonic()
            if known and start < known.until:
                return known
            titles = dict(self._titles(language, known.titles if known else {}))
            end = time.monotonic()
            good_for = max(self._refresh, SHARE * (end - start)) if self._refresh else 0
            index = _Index(titles, end + good_for)
            self._indexes[language] = index
            return index

    def _titles(self, language: str, known: dict[str, _Title]) -> Iterator[tuple[str, _Title]]:
        articles = stamps_in(self._library.folder.path)
        catalogues = [(folder, stamps_in(folder)) for folder in self._catalogues.folders(language)]
        for slug, file in self._library.files().items():
            name = f"{slug}.po"
            own = next((each for each in catalogues if name in each[1]), None)
            key = hash((articles.get(file.path.name), own[1][name] if own else None))
            title = known.get(slug)
            if title is None or title.key != key:
                text = self._title(file, language, own[0] / name if own else None)
                title = _Title(key, folded(text))
            yield slug, title

    def _title(self, file: ArticleFile, language: str, catalogue: Path | None) -> str:
        """Return the title as the shelf shows it; empty for an unreadable story."""
        with suppress(SlideshowError, OSError):
            title = self._title_at_head(file, catalogue)
            if title is not None:
                return title
        with suppress(SlideshowError):
            story = self._library.story(file.slug, language) or self._library.publication.upcoming(
                file.slug
            )
            return story.title.value if story else ""
        return ""

    def _title_at_head(self, file: ArticleFile, catalogue: Path | None) -> str | None:
        """Read the title from the heads of the files; None if it is not there.

        Raises SlideshowError or OSError for unreadable files.
        """
        for path in filter(None, (file.path, catalogue)):
            self._library.folder.refuse_outside(path)
        title = file.format.title_at_head(head_of(file.path, HEAD))
        if title is None or catalogue is None:
            return title
        return translation_at_head(head_of(catalogue, HEAD), title)
