"""Outlines of all stories at once: their languages, lengths and dates."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections.abc import Hashable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Unfinished
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from slideshow.errors import SlideshowError
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.filecache import BusyError
from slideshow.library.files import Stamp, stamps_in
from slideshow.library.freshness.clock import ALWAYS
from slideshow.library.freshness.dependencies import record
from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.story.publishing import Phase, Span, moment_of

PATIENCE_SECONDS = 2.0  # seconds that a reader waits for an update before getting the last state
SHARE = 20  # files are checked again after this multiple of the time that a check takes
SETTLED_AFTER = 1.0  # seconds; younger files may still change


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its texts; ``languages`` are those it is offered in, its own first.

    ``changed`` has the time of the last change in each of them, in the same order. The story is
    public during ``span`` alone.
    """

    slug: str
    languages: tuple[str, ...]
    total: int
    updated: datetime
    changed: tuple[datetime, ...]
    published: datetime | None = None
    span: Span = ALWAYS
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    weight: int | None = None
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """The outlines, the key of each story's files, and until when (monotonic) they are valid."""

    outlines: tuple[Outline, ...]
    keys: dict[str, tuple[int, Outline | None]]
    serial: int
    until: float


class Outlines:
    """The outlines of a library: each story is read once, until it changes.

    Reading ten thousand stories takes many seconds: one thread does it for all callers. Safe to use
    from threads. A change is seen after ``refresh`` seconds, or later if checking so many files
    takes long.
    """

    def __init__(
        self, library: Library, refresh: float = 0, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.patience = patience
        self._library = library
        self._refresh = refresh
        self._catalogues = Catalogues((library.translations,), refresh, folder=library.folder)
        self._serials = itertools.count()
        self._state: _State | None = None
        self._reading: Future[_State] | None = None
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Outline]:
        """Yield the outline of every readable story, in order of slug."""
        return iter(self.all())

    def all(self) -> tuple[Outline, ...]:
        """List the outlines of all readable stories, in order of slug.

        Raises BusyError if the first reading of them takes long.
        """
        state = self._current()
        record(self, "all", state.serial, state.until)
        return self._public(state.outlines)

    def known(self, patience: float) -> tuple[Outline, ...] | None:
        """List the outlines as ``all`` does; None if they are not read within ``patience`` s."""
        if self._state is None and math.isfinite(self.patience):
            try:
                self._current(patience)
            except BusyError:
                record(self, "all", None, 0)
                return None
        return self.all()

    def _public(self, outlines: tuple[Outline, ...]) -> tuple[Outline, ...]:
        if all(outline.span is ALWAYS for outline in outlines):
            return outlines
        phase = self._library.publication.clock.phase
        return tuple(each for each in outlines if phase(each.span) is Phase.PUBLIC)

    def version(self, name: Hashable) -> tuple[object, float]:
        """Return the current version of the outlines, and until when (monotonic) it is valid."""
        state = self._current()
        return state.serial, state.until

    def _current(self, patience: float | None = None) -> _State:
        with self._lock:
            known = self._state
            if known and time.monotonic() < known.until:
                return known
            reading = self._reading
            if reading is None:
                reading = self._reading = Future()
                threading.Thread(target=self._read, args=(reading, known), daemon=True).start()
        try:
            waits = self.patience if patience is None else patience
            return reading.result(None if math.isinf(waits) else waits)
        except Unfinished:
            if known:
                return known
            raise BusyError("outlines") from None
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
        keys = dict(self._keyed(known.keys if known else {}))
        outlines = tuple(outline for _, outline in keys.values() if outline)
        is_same = known is not None and known.outlines == outlines
        serial = known.serial if known and is_same else next(self._serials)
        end = time.monotonic()
        good_for = max(self._refresh, SHARE * (end - start)) if self._refresh else 0
        return _State(outlines, keys, serial, end + good_for)

    def _keyed(
        self, known: dict[str, tuple[int, Outline | None]]
    ) -> Iterator[tuple[str, tuple[int, Outline | None]]]:
        articles = stamps_in(self._library.folder.path)
        catalogues = [
            (tag, stamps_in(folder))
            for tag in self._catalogues.languages()
            for folder in self._catalogues.folders(tag)
        ]
        young = time.time_ns() - round((self._refresh + SETTLED_AFTER) * 1e9)
        # Many stories have the same languages: one tuple serves them all.
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        for slug, file in self._library.files().items():
            name = f"{slug}.po"
            stamps = [articles.get(file.path.name)]
            stamps += [found.get(name) for _, found in catalogues]
            key = hash(tuple(stamps))
            if slug in known and known[slug][0] == key and not _is_young(stamps, young):
                yield slug, known[slug]
                continue
            outline = self._outline(slug)
            if outline:
                languages = shared.setdefault(outline.languages, outline.languages)
                outline = replace(outline, languages=languages)
            # Young files are read again next time, whatever their key.
            yield slug, (0 if _is_young(stamps, young) else key, outline)

    def _outline(self, slug: str) -> Outline | None:
        with suppress(SlideshowError):  # reported by the command line
            story = self._library.publication.upcoming(slug)
            if story:
                return self._outlined(story)
        return None

    def _outlined(self, story: Story) -> Outline:
        details = story.details
        languages = self._library.languages_of(story)
        span = self._library.policy.span(details)
        return Outline(
            story.slug,
            languages,
            story.total,
            story.updated,
            tuple(self._library.changed_in(story, each) for each in languages),
            moment_of(details.published, self._library.policy.zone),
            ALWAYS if span == ALWAYS else span,
            details.aliases,
            details.tags,
            details.series or "",
            details.weight,
            details.is_pinned,
        )


def _is_young(stamps: list[Stamp | None], since: int) -> bool:
    """Check whether a file has changed since a time, in nanoseconds since 1970."""
    return any(stamp is not None and max(stamp[0], stamp[3]) > since for stamp in stamps)
