"""The record of an export: the sources of each group of files, and how it lies in its folder.

It is in the cache, not in the exported folder: it names stories that are not public yet. Whatever
is wrong with it, the worst is that files are rendered again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slideshow.library.database import Database
from slideshow.library.freshness.identities import DIGEST_BYTES, Known

FORMAT = 3  # of the tables
SCHEMA = (
    "create table units (name text primary key, basis text, reads text, since real, until real,"
    " total integer, digest text, places text, stamps text, moves text, problems text)"
    " strict, without rowid",
    # Apart, since only the few units that are not as they were left need them.
    "create table files (unit text primary key, names text, digests blob) strict",
    "create table sources (path text primary key, stamp text, identity text) strict, without rowid",
    "create table state (text text) strict",
)
SPOILT = (ValueError, TypeError, RecursionError)  # errors of a row that somebody has changed


@dataclass(frozen=True, slots=True)
class Row:
    """The record of a unit: a group of files that are made together.

    ``basis`` is the digest of the sources of all files, ``reads`` has the identity of each read
    of theirs, ``since`` and ``until`` say when they were and will be right, in seconds since 1970.
    ``total`` is the number of files, ``digest`` one of all of them, ``stamps`` one of the stamps of
    ``places``: the folders that hold nothing else, or a single file. ``moves`` is the digest of the
    former addresses that lead to them, ``problems`` are those of the story.
    """

    unit: str
    basis: str
    reads: Mapping[str, str]
    since: float
    until: float
    total: int
    digest: str
    places: tuple[str, ...]
    stamps: str
    moves: str
    problems: tuple[str, ...]


class Record:
    """The record of the exports into one folder, in a file. An unusable file is an empty record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path, SCHEMA, FORMAT)

    def rows(self, units: Iterable[str]) -> dict[str, Row]:
        """Read the row of each unit that has one."""
        found: dict[str, Row] = {}
        for unit in units:
            for name, basis, reads, since, until, total, digest, *texts in self._rows(
                "select * from units where name = ?", unit
            ):
                with suppress(*SPOILT):
                    known = dict(json.loads(reads)), since, until, total, digest
                    places, stamps, moves, problems = texts
                    lists = tuple(json.loads(places)), stamps, moves, tuple(json.loads(problems))
                    found[unit] = Row(name, basis, *known, *lists)
        return found

    def units(self) -> set[str]:
        """List the names of all units."""
        return {name for (name,) in self._rows("select name from units")}

    def files(self, units: Iterable[str]) -> dict[str, str]:
        """Map the names of the files of some units to their digests."""
        found: dict[str, str] = {}
        for unit in units:
            query = "select names, digests from files where unit = ?"
            for names, digests in self._rows(query, unit):
                with suppress(*SPOILT):
                    starts = range(0, len(digests), DIGEST_BYTES)
                    each = (digests[start : start + DIGEST_BYTES].hex() for start in starts)
                    found |= zip(json.loads(names), each, strict=True)
        return found

    def state(self) -> str:
        """Return the state in which the last export left its folder."""
        return "".join(text for (text,) in self._rows("select text from state"))

    def known(self) -> Known:
        """Return the stamps and identities of the files that the site was made from."""
        found: Known = {}
        for path, stamp, identity in self._rows("select * from sources"):
            with suppress(*SPOILT):
                date, size, inode, changed = map(int, json.loads(stamp))
                found[json.loads(path)] = (date, size, inode, changed), identity
        return found

    def update(
        self,
        rows: Iterable[tuple[Row, Mapping[str, str] | None]],
        gone: Iterable[str],
        known: Known,
        state: str,
    ) -> None:
        """Write rows of units with the digests of their files, or None if these are as they were.

        Units that are gone are removed, and known files of the stories added.
        """
        made = [*rows]
        self._database.tried(lambda: self._write(made, [*gone], known, state))

    def forget(self) -> None:
        """Empty the record, so that all files are rendered again."""
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()

    def _rows(self, query: str, *values: str) -> Sequence[tuple[Any, ...]]:
        return self._database.tried(lambda: self._database.rows(query, values))

    def _write(
        self,
        rows: Sequence[tuple[Row, Mapping[str, str] | None]],
        gone: Iterable[str],
        known: Known,
        state: str,
    ) -> None:
        with self._database.writing() as opened:
            for unit in gone:
                opened.execute("delete from units where name = ?", (unit,))
                opened.execute("delete from files where unit = ?", (unit,))
            for row, files in rows:
                reads, places = json.dumps(row.reads), json.dumps(row.places)
                numbers = row.since, row.until, row.total
                texts = row.digest, places, row.stamps, row.moves, json.dumps(row.problems)
                opened.execute(
                    f"replace into units values ({', '.join('?' * 11)})",
                    (row.unit, row.basis, reads, *numbers, *texts),
                )
                if files is not None:
                    names, digests = json.dumps([*files]), bytes.fromhex("".join(files.values()))
                    values = row.unit, names, digests
                    opened.execute("replace into files values (?, ?, ?)", values)
            sources = (
                (json.dumps(path), json.dumps(stamp), identity)
                for path, (stamp, identity) in known.items()
            )
            opened.executemany("replace into sources values (?, ?, ?)", sources)
            opened.execute("delete from state")
            opened.execute("insert into state values (?)", (state,))
