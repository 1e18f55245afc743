"""The database of the index, in a file that the processes of a machine share.

All of them read it while one of them writes (SQLite's write-ahead log). It is a cache: whatever is
wrong with it, it is made anew, and where no file can be written, it is in memory.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from slideshow import __version__
from slideshow.library.index.entry import Entry
from slideshow.library.index.outline import Outline, Outliner
from slideshow.story.words import Phrase

FORMAT = 1  # of the tables and the words in them; another one makes a new database
SCHEMA = (
    "create table story (slug text primary key, stamp text, digest blob, outline text)",
    "create table version (id integer primary key, slug text, language text, is_source, keys text)",
    "create index version_of on version (slug, language)",
    "create virtual table words using fts5 (title, headlines, texts, tokenize = 'ascii')",
    "create table state (generation text)",
    "insert into state values ('')",
    f"pragma user_version = {FORMAT}",
)
LOCK = "lock"
SUFFIX = ".sqlite"
LOCK_SECONDS = 3600  # for which a process waits while another one reads all stories
BUSY_SECONDS = 30
ABANDONED_SECONDS = 7 * 24 * 3600  # after which the database of another version is removed

VERSION = """
version.language = :language or version.is_source and not exists (
    select * from version as other
    where other.slug = version.slug and other.language = :language
)
"""
TEXTS = f"""
select version.slug, version.language, keys, title, headlines, texts
from version join words on version.id = words.rowid where {VERSION} order by version.slug
"""
# Titles first; then stories in which the words are rarer, above all in headlines.
SEARCH = f"""
select version.slug from words join version on version.id = words.rowid
where words match :search and ({VERSION})
order by
    words.rowid in (select rowid from words where words match :titles) desc,
    bm25(words, 10, 4, 1), version.slug
"""

logger = logging.getLogger(__name__)


class Store:
    """The database, in a file in ``folder``; without one, in memory. Safe to use from threads.

    ``made_with`` are the settings that its content depends on. Whatever reads or writes it may
    raise ``sqlite3.Error``.
    """

    def __init__(self, folder: Path | None, made_with: str = "") -> None:
        self._folder = folder
        made_by = f"{__version__}\n{FORMAT}\n{made_with}"
        self._name = hashlib.sha256(made_by.encode()).hexdigest()[:16] + SUFFIX
        self._reader: sqlite3.Connection | None = None
        # A connection must neither be used nor closed in a process that was forked meanwhile.
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    def stamps(self) -> dict[str, str]:
        """Map the slugs of all stories to the stamps of the files that they were read from."""
        return dict(self._rows("select slug, stamp from story"))

    def generation(self) -> str:
        """Return a text that is another one after each change."""
        return str(self._rows("select generation from state")[0][0])

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of each story that has one, in order of slug."""
        read = Outliner().read
        rows = self._rows("select slug, outline from story where outline not null order by slug")
        yield from (read(slug, text) for slug, text in rows)

    def keys(self, slug: str) -> dict[str, tuple[str, ...]]:
        """Map the languages of a story to the keys of its slides."""
        rows = self._rows("select language, keys from version where slug = ?", (slug,))
        return {language: tuple(json.loads(keys)) for language, keys in rows}

    def searchable(self, language: str) -> list[Any]:
        """List the slug, the language, the keys and the words of each story, in order of slug.

        The words are those of its title, headlines and texts, as a search in that language has
        them.
        """
        return self._rows(TEXTS, {"language": language})

    def search(self, phrases: Sequence[Phrase], language: str) -> list[str]:
        """List the slugs of the stories with all of these phrases, the best first.

        Each is searched in one language, or in its own if it is not in that one.
        """
        search = " AND ".join(map(_expression, phrases))
        if not search:
            return []
        given = {"search": search, "titles": f"title : ({search})", "language": language}
        return [slug for (slug,) in self._rows(SEARCH, given)]

    @contextmanager
    def building(self) -> Iterator[None]:
        """Keep other processes from building until the block ends; wait while one does."""
        if self._folder is None:
            yield
            return
        with closing(sqlite3.connect(_made(self._folder) / LOCK, timeout=LOCK_SECONDS)) as lock:
            lock.execute("begin exclusive")  # ends with the process, however that ends
            yield

    def write(self, entries: Iterable[Entry], gone: Iterable[str] = ()) -> None:
        """Replace the entries of stories, and remove those of stories that are gone."""
        if self._folder is None:
            with self._lock:
                _write(self._connected(), entries, gone)
            return
        with closing(self._opened()) as writer:  # not the reader, which waits for nothing
            _write(writer, entries, gone)

    def reopen(self, error: sqlite3.Error | None = None) -> None:
        """Open the file again at the next use: another process may have made it anew."""
        with self._lock:
            if self._reader:
                self._reader.close()
                self._reader = None

    def remake(self, error: sqlite3.Error) -> None:
        """Remove the file, so that it is made anew at the next use."""
        self.reopen()
        for path in self._folder.glob(f"{self._name}*") if self._folder else ():
            with suppress(OSError):
                path.unlink()

    def keep_in_memory(self, error: sqlite3.Error) -> None:
        """Do without a file from now on."""
        self.reopen()
        logger.warning("%s: the index is kept in memory: %s", self._folder, error)
        self._folder = None

    def _rows(self, query: str, values: Any = ()) -> list[Any]:
        with self._lock:
            return self._connected().execute(query, values).fetchall()

    def _connected(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            self._inherited, self._reader, self._process = self._reader, None, os.getpid()
        if self._reader is None:
            self._reader = self._opened()
        return self._reader

    def _opened(self) -> sqlite3.Connection:
        """Open the database, made if it is new."""
        path = _made(self._folder) / self._name if self._folder else ":memory:"
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        if not _is_made(connection):
            with _writing(connection):
                if not _is_made(connection):  # by another process meanwhile
                    for statement in SCHEMA:
                        connection.execute(statement)
            self._remove_abandoned()
        return connection

    def _remove_abandoned(self) -> None:
        for path in self._folder.glob(f"*{SUFFIX}*") if self._folder else ():
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                    path.unlink()


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error
    return folder


def _is_made(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("pragma user_version").fetchone()[0] == FORMAT)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("rollback")
        raise


def _write(connection: sqlite3.Connection, entries: Iterable[Entry], gone: Iterable[str]) -> None:
    with _writing(connection):
        changes = [_replace(connection, entry) for entry in entries]
        for slug in gone:
            _remove(connection, slug)
            changes.append(True)
        if any(changes):
            connection.execute("update state set generation = ?", (uuid.uuid4().hex,))


def _replace(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Write an entry; return whether more of it has changed than its stamp."""
    query = "select digest from story where slug = ?"
    if connection.execute(query, (entry.slug,)).fetchone() == (entry.digest,):
        query = "update story set stamp = ? where slug = ?"
        connection.execute(query, (entry.stamp, entry.slug))
        return False
    _remove(connection, entry.slug)
    connection.execute(
        "insert into story values (?, ?, ?, ?)",
        (entry.slug, entry.stamp, entry.digest, entry.outline),
    )
    for each in entry.versions:
        row = connection.execute(
            "insert into version (slug, language, is_source, keys) values (?, ?, ?, ?)",
            (entry.slug, each.language, each.is_source, each.keys),
        ).lastrowid
        connection.execute(
            "insert into words (rowid, title, headlines, texts) values (?, ?, ?, ?)",
            (row, each.title, each.headlines, each.texts),
        )
    return True


def _remove(connection: sqlite3.Connection, slug: str) -> None:
    query = "delete from words where rowid in (select id from version where slug = ?)"
    connection.execute(query, (slug,))
    connection.execute("delete from version where slug = ?", (slug,))
    connection.execute("delete from story where slug = ?", (slug,))


def _expression(phrase: Phrase) -> str:
    """Write a phrase in the syntax of FTS5; words have no quotation marks."""
    return f'"{" ".join(phrase.words)}"{"*" if phrase.is_open else ""}'
