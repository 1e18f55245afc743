"""Writes the whole site as static files: the app's responses, byte for byte.

The site is made in units, each a story with all its files, or a single file. A unit that would be
made from the same again, and whose files lie in the folder as they were left, is not rendered.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from os.path import realpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from slideshow.commands.export_basis import basis_of
from slideshow.commands.export_folder import File, Output
from slideshow.commands.export_record import Record, Row
from slideshow.commands.processes import when_parent_is_gone
from slideshow.errors import SlideshowError
from slideshow.library.articles import folder_of
from slideshow.library.filecache import cache_folder
from slideshow.library.freshness.dependencies import recording
from slideshow.library.freshness.identities import Identities, Known, digest_of
from slideshow.library.records import named_after
from slideshow.settings import Settings
from slideshow.web import moved
from slideshow.web.compression import SMALLEST, encoded
from slideshow.web.crawl import SEARCH, SERVER_ONLY, Site

__all__ = ["SERVER_ONLY", "Site", "Summary", "export", "file_of"]

# Of the units that a process makes at a time: a story has many files.
BATCH_WEIGHT, STORY_WEIGHT, SEARCH_WEIGHT = 400, 40, 400
TEXTS = (".html", ".css", ".js", ".json", ".svg", ".txt", ".vtt", ".webmanifest", ".xml")
COMPRESSED = {".br": "br", ".gz": "gzip"}  # suffixes of the forms beside a text, with the coding
RECORDS = "exports"  # the folder of the records in the cache

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """The results of an export, in numbers of files; ``problems`` are those of the stories."""

    total: int
    written: int
    removed: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was made or, without ``files``, one whose files stay as they are.

    ``row`` is its record, without the stamps of new files; None if it will be made again or is as
    it was. ``digest`` is that of its files, ``moves`` that of former addresses that lead to it.
    ``problems`` are those of its story.
    """

    name: str
    total: int
    digest: str
    moves: str
    problems: tuple[str, ...]
    files: list[File] | None
    row: Row | None


@dataclass(frozen=True)
class _Maker:
    """Makes the units of a site, in one process.

    ``is_trusted`` if the folder of ``output`` is in the state in which the record knows it.
    """

    site: Site
    output: Output
    record: Record
    basis: str
    is_compressed: bool
    is_trusted: bool = False

    @cached_property
    def identities(self) -> Identities:
        """The identities of the sources of the site, with those that the record knows."""
        return Identities(self.site.parts, self.record.known())

    def kept(self) -> list[Unit]:
        """List the units whose files stay as they are."""
        units = (self._kept(row) for row in self.record.rows(self.site.units).values())
        return [unit for unit in units if unit]

    def make(self, names: list[str]) -> tuple[list[Unit], Known]:
        """Render some units; return them, and the stamps of files that were new to the record."""
        return [self._rendered(name) for name in names], self.identities.take_fresh()

    def _kept(self, row: Row) -> Unit | None:
        is_current = row.basis == self.basis and row.since <= self.site.now < row.until
        return self._as_left(row) if is_current and self.identities.are_current(row.reads) else None

    def _as_left(self, row: Row) -> Unit | None:
        """Return a unit if its files lie in the folder as an export left them there."""
        stamps = self.output.stamps(row.places)
        kept = Unit(row.unit, row.total, row.digest, row.moves, row.problems, None, None)
        if self.is_trusted and stamps == row.stamps:
            return kept
        digests = self.record.files([row.unit])
        if len(digests) != row.total or not self.output.holds(digests):
            return None
        return kept if stamps == row.stamps else replace(kept, row=replace(row, stamps=stamps))

    def _rendered(self, name: str) -> Unit:
        since = self.site.now
        with recording() as reads:
            files = self.output.stage(self._files(self.site.in_unit(name)))
            moves = digest_of(repr([*self.site.moves_in(name)]).encode())
            problems = tuple(map(str, self.site.problems_in(name)))
        unit = _unit(name, files, moves, problems)
        found = self.identities.of_reads(reads)
        if found is None:
            return unit
        identities, seconds = found
        return self._recorded(unit, identities, (since, since + seconds))

    def _files(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the bytes of each file, and those of its compressed forms."""
        for path in paths:
            name, body = file_of(path), self.site.body(path)
            yield name, body
            is_text = self.is_compressed and name.endswith(TEXTS) and len(body) >= SMALLEST
            for suffix, coding in COMPRESSED.items() if is_text else ():
                yield name + suffix, encoded(body, coding)

    def redirects(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Make the files of former addresses, which follow from those of all other units."""
        moves = sorted((unit.name, unit.moves) for unit in units)
        reads = {"moves": digest_of(repr(moves).encode())}
        rows = self.record.rows(moved.FILES)
        for path in moved.FILES:
            row = rows.get(path)
            is_current = row is not None and (row.basis, row.reads) == (self.basis, reads)
            kept = self._as_left(row) if row and is_current else None
            if kept:
                yield kept
                continue
            files = self.output.stage([(file_of(path), self.site.body(path))])
            yield self._recorded(_unit(path, files), reads, (0, math.inf))

    def _recorded(self, unit: Unit, reads: dict[str, str], times: tuple[float, float]) -> Unit:
        """Return a unit with its record."""
        places = tuple(dict.fromkeys(_place(unit.name, file.name) for file in unit.files or ()))
        said = unit.moves, unit.problems
        row = Row(unit.name, self.basis, reads, *times, unit.total, unit.digest, places, "", *said)
        return replace(unit, row=row)


def _unit(name: str, files: list[File], moves: str = "", problems: tuple[str, ...] = ()) -> Unit:
    digest = digest_of(repr([(file.name, file.digest) for file in files]).encode())
    return Unit(name, len(files), digest, moves, problems, files, None)


def _place(unit: str, file: str) -> str:
    """Return the folder around a file that has the files of a story alone, or else the file."""
    folders = file.split("/")[:-1]
    if unit not in folders:
        return file
    return "/".join(folders[: folders.index(unit) + 1])


def export(
    site: Site, out: Path, progress: Progress, *, is_compressed: bool = False, is_full: bool = False
) -> Summary:
    """Write the site into ``out``; ``progress`` is called for every finished batch of units.

    With ``is_compressed`` each text has compressed forms beside it, for servers that send those;
    if it ``is_full``, every page is rendered, whatever the record of earlier exports says.

    Nothing in ``out`` changes until every page is rendered; then only changed files are replaced,
    and files of an earlier export that are no longer part of the site are removed. Raises
    SlideshowError if ``out`` cannot be written or holds the articles, if another export is running
    there, or if a page cannot be rendered.
    """
    stories = site.settings.stories
    if stories and realpath(out) == realpath(folder_of(Path(stories))):
        # There robots.txt would be an article.
        raise SlideshowError(
            "cannot export into the folder that holds the articles",
            "choose another --out",
            path=str(out),
        )
    output = Output(out)
    cache = cache_folder(site.settings.filecache_folder)
    record = Record(cache / RECORDS / f"{named_after(out)}.sqlite3")
    if is_full:
        record.forget()
    basis = f"{basis_of(site)} {is_compressed}"
    with output.filling():
        is_trusted = output.state == record.state() != ""
        maker = _Maker(site, output, record, basis, is_compressed, is_trusted)
        units: list[Unit] = []
        known: Known = {}
        for made, fresh in _made(maker, progress):
            units += made
            known |= fresh
        units += [*maker.redirects(units)]
        return _put_in_place(maker, units, known)


def _put_in_place(maker: _Maker, units: list[Unit], known: Known) -> Summary:
    output, record = maker.output, maker.record
    files = {unit.name: unit.files for unit in units if unit.files is not None}
    kept = [unit for unit in units if unit.files is None]
    former = record.units()
    gone = former - {unit.name for unit in units if unit.row or unit.files is None}
    staged = [*chain.from_iterable(files.values())]
    names: set[str] | None = {file.name for file in staged}
    if maker.is_trusted and names == {*record.files(former - {unit.name for unit in kept})}:
        names = None
    elif names is not None:
        left = record.files(unit.name for unit in kept)
        names |= {*left}
        if len(left) != sum(unit.total for unit in kept):  # a spoilt record: remove nothing
            names |= output.listed()
    state = digest_of(repr(sorted((unit.name, unit.digest) for unit in units)).encode())
    written, removed = output.put_in_place(staged, names, state)
    rows = (
        (
            replace(unit.row, stamps=output.stamps(unit.row.places)),
            {file.name: file.digest for file in files[unit.name]} if unit.name in files else None,
        )
        for unit in units
        if unit.row
    )
    record.update(rows, sorted(gone), known, state)
    problems_of = {unit.name: unit.problems for unit in units}
    # In the order of the stories, whether these were rendered now or earlier.
    in_order = chain.from_iterable(problems_of.get(name, ()) for name in maker.site.units)
    problems = dict.fromkeys(in_order)
    return Summary(sum(unit.total for unit in units), written, removed, tuple(problems))


def file_of(path: str) -> str:
    """Map the URL path ``path`` to a file of the export, as a static host does."""
    name = unquote(path).lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


def _made(maker: _Maker, progress: Progress) -> Iterator[tuple[list[Unit], Known]]:
    kept = maker.kept()
    yield kept, maker.identities.take_fresh()
    progress(len(kept))
    names = {unit.name for unit in kept}
    changed = [name for name in maker.site.units if name not in names]
    batches = [*_batched(changed)]
    if len(batches) < 2:  # too few to distribute
        yield maker.make(changed)
        progress(len(changed))
        return
    # A fork of a process with threads may hang, so workers are spawned.
    with ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(
            maker.site.settings,
            maker.output,
            maker.record.path,
            maker.basis,
            maker.is_compressed,
        ),
    ) as pool:
        for made, known in pool.map(_work, batches):
            yield made, known
            progress(len(made))


_worker: list[_Maker] = []  # that of a worker process


def _start_worker(settings: Settings, output: Output, record: Path, *rest: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles the interrupt
    when_parent_is_gone(lambda: os._exit(1))
    _worker.append(_Maker(Site(settings), output, Record(record), *rest))


def _work(names: list[str]) -> tuple[list[Unit], Known]:
    return _worker[0].make(names)


def _weight(name: str) -> int:
    if name.endswith(SEARCH):
        return SEARCH_WEIGHT
    return 1 if name.startswith("/") else STORY_WEIGHT


def _batched(names: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    weight = 0
    for name in names:
        batch.append(name)
        weight += _weight(name)
        if weight >= BATCH_WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
