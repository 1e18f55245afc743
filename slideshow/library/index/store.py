"""The tables of the index, and the queries of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from slideshow import __version__
from slideshow.library.database import Database, make_folder
from slideshow.library.index.entry import Entry
from slideshow.library.index.outline import Outline, Outliner
from slideshow.story.words import Phrase

FORMAT = 2  # of the tables and the words in them; another one makes a new database
SCHEMA = (
    "create table story (slug text primary key, stamp text, digest blob, outline text)",
    "create table version"
    " (id integer primary key, slug text, language text, is_source, keys text, digest text)",
    "create index version_of on version (slug, language)",
    "create virtual table words using fts5 (title, headlines, texts, tokenize = 'ascii')",
    "create table state (generation text)",
    "insert into state values ('')",
)
LOCK = "lock"
SUFFIX = ".sqlite"
LOCK_SECONDS = 3600  # for which a process waits while another one reads all stories
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
DIGESTS = f"select slug, digest from version where {VERSION} order by slug"
# Titles first; then stories in which the words are rarer, above all in headlines.
SEARCH = f"""
select version.slug from words join version on version.id = words.rowid
where words match :search and ({VERSION})
order by
    words.rowid in (select rowid from words where words match :titles) desc,
    bm25(words, 10, 4, 1), version.slug
"""

Value = TypeVar("Value")


class Store:
    """The database of the index, in ``folder``; without one, in memory. Safe to use from threads.

    ``made_with`` are the settings that its content depends on. Whatever reads or writes it may
    raise an error of SQLite, unless it is ``tried``.
    """

    def __init__(self, folder: Path | None, made_with: str = "") -> None:
        made_by = f"{__version__}\n{FORMAT}\n{made_with}"
        name = hashlib.sha256(made_by.encode()).hexdigest()[:16] + SUFFIX
        self._database = Database(folder / name if folder else None, SCHEMA, FORMAT)

    def tried(self, work: Callable[[], Value]) -> Value:
        """Return the result of some work with the store; repeat it if the database fails."""
        return self._database.tried(work)

    def stamps(self) -> dict[str, str]:
        """Map the slugs of all stories to the stamps of the files that they were read from."""
        return dict(self._database.rows("select slug, stamp from story"))

    def generation(self) -> str:
        """Return a text that is another one after each change."""
        return str(self._database.rows("select generation from state")[0][0])

    def outlines(self) -> Iterator[Outline]:
        """Yield the outline of each story that has one, in order of slug."""
        read = Outliner().read
        rows = self._database.rows(
            "select slug, outline from story where outline not null order by slug"
        )
        yield from (read(slug, text) for slug, text in rows)

    def keys(self, slug: str) -> dict[str, tuple[str, ...]]:
        """Map the languages of a story to the keys of its slides."""
        rows = self._database.rows("select language, keys from version where slug = ?", (slug,))
        return {language: tuple(json.loads(keys)) for language, keys in rows}

    def searchable(self, language: str) -> list[Any]:
        """List the slug, the language, the keys and the words of each story, in order of slug.

        The words are those of its title, headlines and texts, as a search in that language has
        them.
        """
        return self._database.rows(TEXTS, {"language": language})

    def digests(self, language: str) -> list[Any]:
        """List the slug of each story, and the digest of the words that ``searchable`` has."""
        return self._database.rows(DIGESTS, {"language": language})

    def search(self, phrases: Sequence[Phrase], language: str) -> list[str]:
        """List the slugs of the stories with all of these phrases, the best first.

        Each is searched in one language, or in its own if it is not in that one.
        """
        search = " AND ".join(map(_expression, phrases))
        if not search:
            return []
        given = {"search": search, "titles": f"title : ({search})", "language": language}
        return [slug for (slug,) in self._database.rows(SEARCH, given)]

    @contextmanager
    def building(self) -> Iterator[None]:
        """Keep other processes from building until the block ends; wait while one does."""
        path = self._database.path
        if path is None:
            yield
            return
        make_folder(path.parent)
        with closing(sqlite3.connect(path.with_name(LOCK), timeout=LOCK_SECONDS)) as lock:
            lock.execute("begin exclusive")  # ends with the process, however that ends
            _remove_abandoned(path)
            yield

    def write(self, entries: Iterable[Entry], gone: Iterable[str] = ()) -> None:
        """Replace the entries of stories, and remove those of stories that are gone."""
        with self._database.writing() as connection:
            changes = [_replace(connection, entry) for entry in entries]
            for slug in gone:
                _remove(connection, slug)
                changes.append(True)
            if any(changes):
                connection.execute("update state set generation = ?", (uuid.uuid4().hex,))


def _remove_abandoned(path: Path) -> None:
    """Remove the databases beside a file, of other versions, that nothing wrote to for long."""
    for other in path.parent.glob(f"*{SUFFIX}*"):
        with suppress(OSError):
            is_old = time.time() - other.stat().st_mtime > ABANDONED_SECONDS
            if is_old and not other.name.startswith(path.name):
                other.unlink()


def _replace(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Write an entry; return whether more of it has changed than its stamp."""
    digest = entry.digest
    query = "select digest from story where slug = ?"
    known = connection.execute(query, (entry.slug,)).fetchone()
    if known == (digest,):
        query = "update story set stamp = ? where slug = ?"
        connection.execute(query, (entry.stamp, entry.slug))
        return False
    if known:
        _remove(connection, entry.slug)
    connection.execute(
        "insert into story values (?, ?, ?, ?)",
        (entry.slug, entry.stamp, digest, entry.outline),
    )
    for each in entry.versions:
        row = connection.execute(
            "insert into version (slug, language, is_source, keys, digest) values (?, ?, ?, ?, ?)",
            (entry.slug, each.language, each.is_source, each.keys, each.digest),
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
