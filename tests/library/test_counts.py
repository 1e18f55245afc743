"""Counts of reads in a file that several processes share."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from slideshow.errors import SettingError
from slideshow.library.counts import Counts, Read

FIRST = Read("2026-11-25", "essai", "1", "fr", "page")
NEXT_DAY = Read("2026-11-26", "essai", "1", "fr", "page")
FRAME = Read("2026-11-26", "essai", "2", "en", "frame")


def test_counts_of_the_same_page_and_day_add_up(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts.db")

    counts.add({FIRST: 2, FRAME: 1})
    Counts(tmp_path / "counts.db").add({FIRST: 3, NEXT_DAY: 1})

    assert [*counts.totals(["day", "slide"])] == [
        ("2026-11-25", "1", 5),
        ("2026-11-26", "1", 1),
        ("2026-11-26", "2", 1),
    ]


def test_only_the_days_asked_for_are_counted(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts.db")
    counts.add({FIRST: 2, NEXT_DAY: 1, FRAME: 1})

    since = [*counts.totals(["shown"], since="2026-11-26")]
    until = [*counts.totals(["shown"], until="2026-11-25")]

    assert since == [("frame", 1), ("page", 1)]
    assert until == [("page", 2)]


def test_no_read_is_lost_among_many_that_write_at_once(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts.db")

    with ThreadPoolExecutor(8) as pool:
        for _ in range(80):
            pool.submit(counts.add, {FIRST: 1})

    assert [*counts.totals(["story"])] == [("essai", 80)]


def test_a_file_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="set SLIDESHOW_COUNTS to a file in a folder"):
        Counts(tmp_path / "missing" / "counts.db")


def test_nothing_but_the_page_and_the_day_is_kept(tmp_path: Path) -> None:
    Counts(tmp_path / "counts.db").add({FIRST: 1})

    with closing(sqlite3.connect(tmp_path / "counts.db")) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(reads)")]

    assert columns == ["day", "story", "slide", "language", "shown", "reads"]
