"""Counts of reads in a file: how often each page was read each day, and nothing about readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from slideshow.errors import SettingError

PAGE, FRAME = "page", "frame"
WAIT_SECONDS = 10  # for another process that writes


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """A page, as it is counted: ``slide`` is its key or position, empty for a cover.

    ``day`` is a date such as 2026-11-26, ``shown`` is ``PAGE`` or ``FRAME``.
    """

    day: str
    story: str
    slide: str
    language: str
    shown: str


FIELDS = tuple(each.name for each in fields(Read))
_TABLE = (
    f"CREATE TABLE IF NOT EXISTS reads ({', '.join(FIELDS)}, reads INTEGER, "
    f"PRIMARY KEY ({', '.join(FIELDS)})) WITHOUT ROWID"
)
_ADD = (
    f"INSERT INTO reads VALUES ({', '.join('?' * (len(FIELDS) + 1))}) "
    f"ON CONFLICT ({', '.join(FIELDS)}) DO UPDATE SET reads = reads + excluded.reads"
)


class Counts:
    """The counts in an SQLite file, which processes and threads may share.

    Raises SettingError if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with closing(self._opened()) as database, database:
                database.execute(_TABLE)
        except sqlite3.Error as error:
            raise SettingError(
                f"the counts cannot be written: {error}",
                "set SLIDESHOW_COUNTS to a file in a folder that exists and may be written",
                path=str(path),
            ) from error

    def add(self, reads: Mapping[Read, int]) -> None:
        """Add to the counts. Raises sqlite3.Error if the disk is full, for example."""
        rows = [(*astuple(read), count) for read, count in reads.items()]
        with closing(self._opened()) as database, database:
            database.executemany(_ADD, rows)

    def totals(
        self, by: Sequence[str], since: str = "", until: str = "9999"
    ) -> Iterator[tuple[str | int, ...]]:
        """Yield a row for each value of the fields ``by``: the values, then the reads.

        Counts the days from ``since`` to ``until``, both included.
        """
        names = ", ".join(name for name in FIELDS if name in by)
        with closing(self._opened()) as database:
            yield from database.execute(
                f"SELECT {names}, SUM(reads) FROM reads WHERE day BETWEEN ? AND ? "
                f"GROUP BY {names} ORDER BY {names}",
                (since, until),
            )

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=WAIT_SECONDS)
