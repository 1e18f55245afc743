"""The SQLite files of the cache: who opens their connections, and who closes them."""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from slideshow.library.database import Database

SCHEMA = ("create table words (word text)",)


def opened(path: Path) -> tuple[Database, sqlite3.Connection]:
    """Return a database that was read, and its connection."""
    database = Database(path, SCHEMA, 1)
    database.rows("select * from words")
    assert database._reader
    return database, database._reader


def is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("select 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def test_a_connection_is_closed_once_its_database_is_gone(tmp_path: Path) -> None:
    database, connection = opened(tmp_path / "words.sqlite3")
    assert not is_closed(connection)

    del database
    gc.collect()

    assert is_closed(connection)


# A process of its own: one with threads, as that of the tests, had better not be forked.
FORK = """
import gc, os, sys
from pathlib import Path
from tests.library.test_database import is_closed, opened

database, connection = opened(Path(sys.argv[1]))
if child := os.fork():
    ended = os.waitpid(child, 0)[1]
    sys.exit(ended != 0 or is_closed(connection))
database.rows("select * from words")
is_another = database._reader is not connection
del database
gc.collect()
os._exit(is_closed(connection) or not is_another)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no forks there")
def test_a_forked_process_does_not_close_the_connection_of_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FORK, str(tmp_path / "words.sqlite3")]

    assert subprocess.run(command, check=False, timeout=60).returncode == 0
