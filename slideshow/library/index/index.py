"""The index of all stories, kept as fresh as their files."""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Unfinished
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from slideshow.errors import SlideshowError
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.filecache import BusyError
from slideshow.library.freshness.clock import ALWAYS
from slideshow.library.freshness.dependencies import Parts, record
from slideshow.library.freshness.stamps import Stamp, stamp_of, stamps_in
from slideshow.library.index.entry import Entry, entry_of
from slideshow.library.index.outline import Outline
from slideshow.library.index.store import Store
from slideshow.library.stories import Library
from slideshow.story.keys import Place
from slideshow.story.publishing import Phase, Span
from slideshow.story.words import phrases_of

# Until this long after the start of an update, readers wait for it; then they get the last state.
PATIENCE_SECONDS = 2.0
SHORT_PATIENCE_SECONDS = 0.2  # of callers that can do without
SHARE = 20  # files are checked again after this multiple of the time that a check takes
SETTLED_AFTER = 1.0  # seconds; younger files may still change
BATCH_SECONDS = 0.5  # of reading stories, after which they are written and can be found
PAUSE_SECONDS = 0.0002  # after each story, for threads that serve readers
MOST_FOUND_EARLY = 50  # stories found before all of them are read
YOUNG = ""  # the stamp of a story that is read again at each check


@dataclass(frozen=True, slots=True)
class Searchable:
    """The words of a story's title, headlines and texts in a language, and its slides' names."""

    slug: str
    language: str
    places: Sequence[Place]
    title: str
    headlines: str
    texts: str


class _Stories:
    """The outlines of all stories; those with dates are public for a time alone."""

    def __init__(self, outlines: tuple[Outline, ...]) -> None:
        self._outlines = outlines
        self._timed = [outline for outline in outlines if outline.span is not ALWAYS]
        self._shown: tuple[frozenset[str], tuple[Outline, ...]] = frozenset(), outlines

    def public(self, phase: Callable[[Span], Phase]) -> tuple[Outline, ...]:
        """List those that are public: the same object as long as they are the same."""
        hidden = frozenset(
            each.slug for each in self._timed if phase(each.span) is not Phase.PUBLIC
        )
        shown = self._shown
        if shown[0] != hidden:
            left = tuple(each for each in self._outlines if each.slug not in hidden)
            shown = self._shown = hidden, left
        return shown[1]


@dataclass(frozen=True, slots=True)
class _State:
    """The stories of a generation of the index, and until when (monotonic) it is valid."""

    stories: _Stories
    generation: str
    until: float


class Index:
    """All stories of a library: their outlines, and the words of their texts.

    It is kept in ``folder``, in memory without one. Reading ten thousand stories takes a minute:
    one thread of one process does it for all callers, and goes on where an earlier one has ended.
    Safe to use from threads. A change is seen after ``refresh`` seconds, or later if checking so
    many files takes long.
    """

    def __init__(
        self,
        library: Library,
        folder: Path | None = None,
        refresh: float = 0,
        patience: float | None = None,
    ) -> None:
        self.patience = PATIENCE_SECONDS if patience is None else patience
        self._library = library
        self._refresh = refresh
        self._catalogues = Catalogues((library.translations,), refresh, folder=library.folder)
        self._store = Store(folder, library.reading_settings)
        self._outlines = Parts("outlines", self._all)
        self._words = Parts("words", self._words_in)
        self._state: _State | None = None
        self._reading: Future[_State] | None = None
        self._started = 0.0  # monotonic time at which that began
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Outline]:
        """Yield the outline of every readable story, in order of slug."""
        return iter(self.all())

    def all(self) -> tuple[Outline, ...]:
        """List the outlines of all readable stories, in order of slug.

        Raises BusyError if the first reading of them takes long.
        """
        return self._outlines.get("")

    def _all(self, _: str) -> tuple[Outline, ...]:
        return self._recorded().stories.public(self._library.publication.clock.phase)

    def known(self, patience: float | None = None) -> tuple[Outline, ...] | None:
        """List the outlines as ``all`` does; None if reading them takes ``patience`` s or more.

        By default that is a moment.
        """
        if self._state is None and math.isfinite(self.patience):
            try:
                self._current(SHORT_PATIENCE_SECONDS if patience is None else patience)
            except BusyError:
                record(self, "all", None, 0)
                return None
        return self.all()

    def read(self) -> None:
        """Read all stories, or wait until another process has."""
        with suppress(SlideshowError):  # each reader gets it
            self._current(math.inf)

    def keys(self, slug: str) -> Mapping[str, tuple[str, ...]]:
        """Map the languages of a public story to the keys of its slides."""
        self._recorded()
        found = self._store.tried(lambda: self._store.keys(slug))
        return found or {each.language: each.keys for each in self._library.upcoming(slug)}

    @property
    def parts(self) -> Iterator[Parts[Any, Any]]:
        """The parts of the index."""
        yield from (self._outlines, self._words)

    def _recorded(self) -> _State:
        """Return the current state, and record the read of it."""
        state = self._current()
        record(self, "all", state.generation, state.until)
        return state

    def find(self, words: str, language: str) -> list[str]:
        """List the slugs of the public stories with all these words, the best first.

        They are searched as a shelf in that language shows them. While stories are first read,
        only some of the others are found, and ``is_read`` is False.
        """
        phrases = phrases_of(words)
        outlines = self.known(self.patience)
        found = self._store.tried(lambda: self._store.search(phrases, language))
        if outlines is None:
            return list(islice(filter(self._is_public, found), MOST_FOUND_EARLY))
        public = {outline.slug for outline in outlines}
        return [slug for slug in found if slug in public]

    def searchable(self, language: str) -> Iterator[Searchable]:
        """Yield the words of each public story, as a search in a language has them."""
        public = dict(self._words.get(language))
        for slug, found, keys, *texts in self._store.tried(
            lambda: self._store.searchable(language)
        ):
            if slug in public:
                places = [Place(at, key) for at, key in enumerate(json.loads(keys), 1)]
                yield Searchable(slug, found, places, *texts)

    def _words_in(self, language: str) -> tuple[tuple[str, str], ...]:
        """List each public story with the digest of its words in a language."""
        public = {outline.slug for outline in self.all()}
        rows = self._store.tried(lambda: self._store.digests(language))
        return tuple((slug, digest) for slug, digest in rows if slug in public)

    @property
    def is_read(self) -> bool:
        """Whether all stories have been read."""
        return self._state is not None

    def _is_public(self, slug: str) -> bool:
        with suppress(SlideshowError):
            return self._library.story(slug) is not None
        return False

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return the current version of the outlines, and until when (monotonic) it is valid."""
        state = self._current()
        return state.generation, state.until

    def _current(self, patience: float | None = None) -> _State:
        start = time.monotonic()
        with self._lock:
            known = self._state
            if known and start < known.until:
                return known
            reading = self._reading
            if reading is None:
                reading, self._started = Future(), start
                self._reading = reading
                threading.Thread(target=self._read, args=(reading, known), daemon=True).start()
        # Only those who come early wait: a long reading delays nobody later on.
        waits = (self.patience if patience is None else patience) - (start - self._started)
        try:
            return reading.result(None if math.isinf(waits) else max(waits, 0))
        except Unfinished:
            if known:
                return known
            raise BusyError("index") from None
        except SlideshowError:  # the folder is temporarily gone
            if known:
                return known
            raise

    def _read(self, reading: Future[_State], known: _State | None) -> None:
        try:
            state = self._made(known)
        except BaseException as error:
            with self._lock:
                self._reading = None
            reading.set_exception(error)
        else:
            with self._lock:
                self._state, self._reading = state, None
            reading.set_result(state)

    def _made(self, known: _State | None) -> _State:
        start = time.monotonic()
        is_away = known is not None and self._library.folder.is_away()
        is_outdated = not is_away and any(self._store.tried(lambda: self._outdated(self._stamps())))
        took = time.monotonic() - start
        if is_outdated:
            self._store.tried(self._update)
        generation = self._store.tried(self._store.generation)
        if known and known.generation == generation:
            stories = known.stories
        else:
            stories = _Stories(self._store.tried(lambda: tuple(self._store.outlines())))
        good_for = max(self._refresh, SHARE * took) if self._refresh else 0
        return _State(stories, generation, time.monotonic() + good_for)

    def _update(self) -> None:
        """Bring the database up to date with the files, if no other process has meanwhile."""
        with self._store.building():
            stamps = self._stamps()
            self._build(stamps, *self._outdated(stamps))

    def _outdated(self, stamps: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """List the slugs of the stories to read, and of those that are gone."""
        known = self._store.stamps()
        read = [
            slug for slug, stamp in stamps.items() if stamp == YOUNG or known.get(slug) != stamp
        ]
        return read, [slug for slug in known if slug not in stamps]

    def _build(self, stamps: Mapping[str, str], read: Sequence[str], gone: Sequence[str]) -> None:
        batch: list[Entry] = []
        start = time.monotonic()
        # A catalogue that was just removed may be back at once: the library still has it.
        inside = [*self._catalogue_folders()]
        around = {self._library.translations, *inside, *(folder.parent for folder in inside)}
        stamped = [stamp_of(folder) or stamp_of(folder.parent) for folder in around]
        lately = self._lately()
        is_changing = any(_is_changed(stamp, lately) for stamp in stamped)
        for slug in read:
            stamp = YOUNG if is_changing else stamps[slug]
            batch.append(entry_of(self._library, slug, stamp))
            time.sleep(PAUSE_SECONDS)
            if time.monotonic() - start > BATCH_SECONDS:
                self._store.write(batch)
                batch, start = [], time.monotonic()
        self._store.write(batch, gone)

    def _stamps(self) -> dict[str, str]:
        """Map each slug to the stamp of its article and catalogues, in order of slug."""
        articles = stamps_in(self._library.folder.path)
        catalogues = [(str(folder), stamps_in(folder)) for folder in self._catalogue_folders()]
        lately = self._lately()
        found = {}
        for slug, file in self._library.files().items():
            article, name = file.path.name, f"{slug}.po"
            stamps: list[tuple[str, Stamp | None]] = [(article, articles.get(article))]
            stamps += [(folder, inside[name]) for folder, inside in catalogues if name in inside]
            is_young = any(_is_changed(stamp, lately) for _, stamp in stamps)
            found[slug] = YOUNG if is_young else repr(stamps)
        return found

    def _catalogue_folders(self) -> Iterator[Path]:
        for tag in self._catalogues.languages():
            yield from self._catalogues.folders(tag)

    def _lately(self) -> range:
        """Return the dates, in ns since 1970, after which a file may change again unseen.

        A date in the future says nothing.
        """
        now = time.time_ns()
        return range(now - round((self._refresh + SETTLED_AFTER) * 1e9) + 1, now + 1)


def _is_changed(stamp: Stamp | None, lately: range) -> bool:
    """Check whether a file or a folder has changed at one of these dates."""
    return stamp is not None and (stamp[0] in lately or stamp[3] in lately)
