"""An SQLite file in the cache, which the processes of a machine share.

All of them read it while one of them writes (SQLite's write-ahead log). It can be made again from
the stories: whatever is wrong with it, it is made anew, and where no file can be written, it is in
memory.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

Value = TypeVar("Value")

BUSY_SECONDS = 30


class Database:
    """A database in the file ``path``; None for one in memory. Safe to use from threads.

    ``schema`` has the statements that make its tables, ``format`` is their version.
    """

    def __init__(self, path: Path | None, schema: Sequence[str], format: int) -> None:
        self.path = path
        self._schema = (*schema, f"pragma user_version = {format}")
        self._format = format
        self._reader: sqlite3.Connection | None = None
        # A process that was forked meanwhile neither uses its parent's connection nor closes it.
        self._process = os.getpid()
        # Closes the reader; Python would close it too, but from 3.13 on with a warning.
        self._finalizer: weakref.finalize[..., Database] | None = None
        self._lock = threading.RLock()

    def tried(self, work: Callable[[], Value]) -> Value:
        """Return the result of some work with the database; repeat it with another if it fails."""
        for repair in (self._reopen, self._remake, self._keep_in_memory):
            try:
                return work()
            except sqlite3.Error as error:
                repair(error)
        return work()

    def rows(self, query: str, values: Any = ()) -> list[Any]:
        """List the rows that a query finds."""
        with self._lock:
            return self._connected().execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection, whose changes come into effect together when the block ends."""
        if self.path is None:
            with self._lock, _transaction(self._connected()) as connection:
                yield connection
            return
        # Not by the connection for reading, which waits for nothing.
        with closing(self._opened()) as writer, _transaction(writer) as connection:
            yield connection

    def _reopen(self, error: sqlite3.Error | None = None) -> None:
        """Open the file again at the next use: another process may have made it anew."""
        with self._lock:
            if self._finalizer:
                self._finalizer()
            self._reader = None

    def _remake(self, error: sqlite3.Error) -> None:
        """Remove the file, so that it is made anew at the next use."""
        self._reopen()
        for path in self.path.parent.glob(f"{self.path.name}*") if self.path else ():
            with suppress(OSError):
                path.unlink()

    def _keep_in_memory(self, error: sqlite3.Error) -> None:
        """Do without a file from now on."""
        self._reopen()
        logger.warning("%s: kept in memory: %s", self.path, error)
        self.path = None

    def _connected(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            self._reader, self._process = None, os.getpid()
        if self._reader is None:
            self._reader = self._opened()
            self._finalizer = weakref.finalize(self, _close, self._reader, self._process)
            self._finalizer.atexit = False  # by then, daemon threads may still read
        return self._reader

    def _opened(self) -> sqlite3.Connection:
        """Open the database, made if it is new."""
        if self.path:
            make_folder(self.path.parent)
        connection = sqlite3.connect(
            self.path or ":memory:",
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            if not self._is_made(connection):
                with _transaction(connection):
                    if not self._is_made(connection):  # by another process meanwhile
                        for statement in self._schema:
                            connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_made(self, connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("pragma user_version").fetchone()[0] == self._format)


_of_parents: list[sqlite3.Connection] = []  # kept open, with their databases gone


def _close(connection: sqlite3.Connection, process: int) -> None:
    if process == os.getpid():
        connection.close()
    else:
        _of_parents.append(connection)


def make_folder(folder: Path) -> None:
    """Make the folder of a database. Raises sqlite3.Error if that is impossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("begin immediate")
    try:
        yield connection
        connection.execute("commit")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("rollback")
        raise
