"""The record of an export: the sources of each group of files, and how it lies in its folder.

It is in the cache, not in the exported folder: it names stories that are not public yet. Whatever
is wrong with it, the worst is that files are rendered again.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slideshow.library.freshness.identities import DIGEST_BYTES, Known

logger = logging.getLogger(__name__)

VERSION = 1  # of the tables
TABLES = """
create table units (
  name text primary key, basis text, reads text, since real, until real,
  names text, digests blob, stamps text, moves text
) strict, without rowid;
create table sources (path text primary key, stamp text, identity text) strict, without rowid;
create table manifest (digest text) strict;
"""
# Whatever a file may hold that somebody has changed.
UNUSABLE = (sqlite3.Error, OSError, ValueError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Row:
    """The record of a unit: a group of files that are made together.

    ``basis`` is the digest of the sources of all files, ``reads`` has the identity of each read
    of theirs, ``since`` and ``until`` say when they were and will be right, in seconds since 1970.
    ``digests`` are those of the files called ``names``, ``stamps`` is the digest of their stamps,
    ``moves`` that of the former addresses that lead to them.
    """

    unit: str
    basis: str
    reads: Mapping[str, str]
    since: float
    until: float
    names: tuple[str, ...]
    digests: tuple[str, ...]
    stamps: str
    moves: str


class Record:
    """The record of the exports into one folder, in a file. An unusable file is an empty record."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, units: Iterable[str]) -> dict[str, Row]:
        """Read the row of each unit that has one."""
        found: dict[str, Row] = {}
        with self._reading() as opened:
            for unit in units:
                query = opened.execute("select * from units where name = ?", (unit,))
                for values in query:
                    found[unit] = _row(values)
        return found

    def units(self) -> set[str]:
        """List the names of all units."""
        found: set[str] = set()
        with self._reading() as opened:
            found |= {name for (name,) in opened.execute("select name from units")}
        return found

    def files(self, units: Iterable[str]) -> set[str]:
        """List the names of the files of some units."""
        return {file for row in self.rows(units).values() for file in row.names}

    def manifest(self) -> str:
        """Return the digest of the list of files that the last export left in its folder."""
        found = [""]
        with self._reading() as opened:
            found += [digest for (digest,) in opened.execute("select digest from manifest")]
        return found[-1]

    def known(self) -> Known:
        """Return the stamps and identities of the files that the site was made from."""
        found: Known = {}
        with self._reading() as opened:
            for path, stamp, identity in opened.execute("select * from sources"):
                date, size, inode, changed = map(int, json.loads(stamp))
                found[json.loads(path)] = (date, size, inode, changed), identity
        return found

    def update(self, rows: Sequence[Row], gone: Sequence[str], known: Known, manifest: str) -> None:
        """Write the rows of units, remove those of units that are gone, add to the known files."""
        try:
            self._write(rows, gone, known, manifest)
        except UNUSABLE:
            try:
                self._path.unlink(missing_ok=True)
                self._write(rows, (), known, manifest)
            except UNUSABLE as error:
                logger.warning("%s: the export is not recorded: %s", self._path, error)

    def _write(self, rows: Iterable[Row], gone: Iterable[str], known: Known, manifest: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self._path)) as opened, opened:
            if _version(opened) != VERSION:
                # Fails if there is another version of them.
                opened.executescript(f"begin; {TABLES} pragma user_version = {VERSION};")
            opened.executemany("delete from units where name = ?", ((unit,) for unit in gone))
            places = ", ".join("?" * 9)
            opened.executemany(f"replace into units values ({places})", map(_values, rows))
            sources = (
                (json.dumps(path), json.dumps(stamp), identity)
                for path, (stamp, identity) in known.items()
            )
            opened.executemany("replace into sources values (?, ?, ?)", sources)
            opened.execute("delete from manifest")
            opened.execute("insert into manifest values (?)", (manifest,))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file until the block ends, which is left as soon as something is wrong."""
        with suppress(*UNUSABLE), closing(self._opened()) as opened:
            yield opened

    def _opened(self) -> sqlite3.Connection:
        with suppress(*UNUSABLE):
            opened = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
            with suppress(sqlite3.Error):
                if _version(opened) == VERSION:
                    return opened
            opened.close()
        empty = sqlite3.connect(":memory:")
        empty.executescript(TABLES)
        return empty


def _version(opened: sqlite3.Connection) -> int:
    (version,) = opened.execute("pragma user_version").fetchone()
    return int(version)


def _values(row: Row) -> tuple[object, ...]:
    reads, names = json.dumps(row.reads), json.dumps(row.names)
    digests = bytes.fromhex("".join(row.digests))
    times = row.since, row.until
    return row.unit, row.basis, reads, *times, names, digests, row.stamps, row.moves


def _row(values: Sequence[Any]) -> Row:
    unit, basis, reads, since, until, names, digests, stamps, moves = values
    each = range(0, len(digests), DIGEST_BYTES)
    return Row(
        unit,
        basis,
        dict(json.loads(reads)),
        since,
        until,
        tuple(map(str, json.loads(names))),
        tuple(digests[start : start + DIGEST_BYTES].hex() for start in each),
        stamps,
        moves,
    )
