"""The file of the index, which processes share, and which may be lost at any time."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from slideshow.library.index import index as indexing
from slideshow.library.index.index import Index
from slideshow.library.index.store import FORMAT, LOCK, SUFFIX
from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.story.publishing import Policy
from tests.library.test_find import settle
from tests.web.conftest import ARTICLE, CATALOGUE, write

FILES = {
    "a.fr.txt": ARTICLE,
    "b.en.txt": "Blue\n\nMoon\n\nSun.\n",
    "broken.fr.txt": "\x00",
    "translations/en/LC_MESSAGES/a.po": CATALOGUE,
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = write(tmp_path / "stories", FILES)
    settle(folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


class Counted(Library):
    """A library that notes which stories are read for the index."""

    def __init__(self, place: Path, policy: Policy | None = None) -> None:
        super().__init__(place, refresh=0, policy=policy)
        self.read: list[str] = []

    def upcoming(self, slug: str) -> tuple[Story, ...]:
        self.read.append(slug)
        return super().upcoming(slug)


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files as finished, which are so young that they would be read again."""
    monkeypatch.setattr(indexing, "SETTLED_AFTER", -60)


def opened(library: Library, cache: Path) -> Index:
    return Index(library, cache, patience=60)


def file_in(cache: Path) -> Path:
    (found,) = cache.glob(f"*{SUFFIX}")
    return found


def test_another_process_reads_what_one_has_written(place: Path, cache: Path) -> None:
    outlines = opened(Library(place, refresh=0), cache).all()
    library = Counted(place)
    index = opened(library, cache)

    assert index.all() == outlines
    assert index.find("moon", "fr") == ["b"]
    assert index.keys("a") == {"fr": ("un", "deux", "trois"), "en": ("one", "two", "trois")}
    assert library.read == []


@pytest.mark.parametrize("damage", ["lost", "empty", "garbage", "cut", "no tables"])
def test_a_damaged_file_is_made_anew(place: Path, cache: Path, damage: str) -> None:
    outlines = opened(Library(place, refresh=0), cache).all()
    path = file_in(cache)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    data = path.read_bytes()
    for each in cache.glob(f"*{SUFFIX}*"):
        each.unlink()
    if damage == "no tables":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"pragma user_version = {FORMAT}")
    elif damage != "lost":
        made = {"empty": b"", "garbage": b"x" * 9999, "cut": data[: len(data) // 2]}
        path.write_bytes(made[damage])

    index = opened(Library(place, refresh=0), cache)

    assert index.all() == outlines
    assert index.find("moon", "fr") == ["b"]
    assert file_in(cache).stat().st_size


def test_a_file_that_is_damaged_while_it_is_read_is_made_anew(place: Path, cache: Path) -> None:
    index = opened(Library(place, refresh=0), cache)
    index.all()

    file_in(cache).write_bytes(b"x" * 9999)
    index._store._database._reader = None
    index.find("moon", "fr")

    assert index.find("moon", "fr") == ["b"]


def test_where_no_file_can_be_written_the_index_is_in_memory(
    place: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")

    index = opened(Library(place, refresh=0), tmp_path / "file" / "index")

    assert [each.slug for each in index.all()] == ["a", "b"]
    assert index.find("moon", "fr") == ["b"]
    assert "kept in memory" in caplog.text


def test_settings_that_change_stories_have_an_index_of_their_own(place: Path, cache: Path) -> None:
    before = opened(Library(place, refresh=0), cache).all()
    strict = Counted(place, Policy(languages=("en", "fr")))
    outlines = opened(strict, cache).all()
    again = Counted(place)

    assert [each.slug for each in before] == ["a", "b"]
    assert outlines == ()
    assert opened(again, cache).all() == before
    assert again.read == []


def test_building_goes_on_where_it_has_stopped(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH_SECONDS", 0)
    library = Counted(place)
    upcoming = library.upcoming

    def ended(slug: str) -> tuple[Story, ...]:
        if slug == "b":
            raise KeyboardInterrupt
        return upcoming(slug)

    monkeypatch.setattr(library, "upcoming", ended)
    with pytest.raises(KeyboardInterrupt):
        opened(library, cache).all()
    again = Counted(place)

    assert [each.slug for each in opened(again, cache)] == ["a", "b"]
    assert again.read == ["b", "broken"]


def test_a_language_without_a_translation_leaves_the_index_as_it_is(
    place: Path, cache: Path
) -> None:
    opened(Library(place, refresh=0), cache).all()
    (place / "translations/de/LC_MESSAGES").mkdir(parents=True)
    library = Counted(place)

    assert len(opened(library, cache).all()) == 2
    assert library.read == []


def test_the_last_good_version_of_a_broken_story_is_not_kept_beyond_the_process(
    place: Path, cache: Path
) -> None:
    index = opened(Library(place, refresh=0), cache)
    index.all()
    (place / "b.en.txt").write_bytes(b"\x00")
    settle(place)

    held = index.find("moon", "en")
    later = opened(Library(place, refresh=0), cache)

    assert held == ["b"]
    assert later.find("moon", "en") == []


def _all(place: Path, cache: Path, queue: multiprocessing.Queue[list[str]]) -> None:
    indexing.SETTLED_AFTER = -60  # as above: this is another process
    library = Counted(place)
    opened(library, cache).all()
    queue.put(library.read)


def test_one_process_builds_while_others_wait(place: Path, cache: Path) -> None:
    cache.mkdir()
    lock = sqlite3.connect(cache / LOCK, isolation_level=None)
    lock.execute("begin exclusive")
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[list[str]] = context.Queue()
    waiting = [context.Process(target=_all, args=(place, cache, queue)) for _ in range(2)]
    for process in waiting:
        process.start()

    lock.close()
    read = sorted(queue.get(timeout=60) for _ in waiting)
    for process in waiting:
        process.join()

    assert read == [[], ["a", "b", "broken"]]


def test_a_reader_searches_while_stories_are_read(place: Path, cache: Path) -> None:
    opened(Library(place, refresh=0), cache).all()
    write(place, {"c.en.txt": "Green\n\nMoon\n\nStar.\n"})
    settle(place)
    gate, library = threading.Event(), Library(place, refresh=0)
    upcoming = library.upcoming

    def slow(slug: str) -> tuple[Story, ...]:
        assert gate.wait(60)
        return upcoming(slug)

    library.upcoming = slow  # type: ignore[method-assign]
    index = Index(library, cache, patience=0.01)

    early = (index.find("moon", "en"), index.is_read)
    gate.set()
    index.patience = 60

    assert early == (["b"], False)
    assert sorted(index.find("moon", "en")) == ["b", "c"]
    assert index.is_read


class Clock:
    """A clock that stands, until the test moves it."""

    now = 0.0
    time_ns = staticmethod(time.time_ns)  # of the real one

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        pass


def test_a_long_first_reading_puts_no_later_check_off(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, library = Clock(), Library(place, refresh=0)
    upcoming = library.upcoming

    def slow(slug: str) -> tuple[Story, ...]:
        clock.now += 100
        return upcoming(slug)

    monkeypatch.setattr(indexing, "time", clock)
    monkeypatch.setattr(library, "upcoming", slow)
    index = Index(library, cache, refresh=1, patience=60)

    assert len(index.all()) == 2
    assert index._state
    assert index._state.until - clock.now == 1


def test_a_fault_of_ours_in_one_story_hides_no_other(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(text: str) -> list[str]:
        if "Sun" in text:
            raise RecursionError
        return text.lower().split()

    monkeypatch.setattr("slideshow.library.index.entry.folded_words", faulty)

    assert [each.slug for each in opened(Library(place, refresh=0), cache)] == ["a"]
