"""What is known of every story at once."""

import os
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from slideshow.errors import SlideshowError
from slideshow.library.filecache import BusyError
from slideshow.library.index.index import Index
from slideshow.library.stories import Library
from slideshow.story.model import Story
from tests.web.conftest import ARTICLE, CATALOGUE, write

FILES = {
    "a.fr.txt": ARTICLE,
    "b.en.txt": "T\n\nA\n\nB\n",
    "broken.fr.txt": "\x00",
    "translations/en/LC_MESSAGES/a.po": CATALOGUE,
}


def test_each_story_that_can_be_read_has_its_languages_and_its_length(tmp_path: Path) -> None:
    index = Index(Library(write(tmp_path, FILES), refresh=0))

    assert [(each.slug, each.languages, each.total) for each in index] == [
        ("a", ("fr", "en"), 3),
        ("b", ("en",), 1),
    ]


def test_what_has_not_changed_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in write(tmp_path, FILES).rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # nobody is writing them
    library = Library(tmp_path, refresh=0)
    index = Index(library)
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    before = list(index)
    monkeypatch.setattr(library, "story", lambda slug: pytest.fail(f"{slug} is read again"))

    assert list(index) == before


def test_a_change_is_seen(tmp_path: Path) -> None:
    index = Index(Library(write(tmp_path, FILES), refresh=0))
    list(index)
    article = tmp_path / "b.en.txt"
    article.write_text("T\n\nA\n\nB\n\nC\n\nD\n")
    os.utime(article, (1_000_000_000, 1_000_000_000))

    assert [each.total for each in index] == [3, 2]
    assert list(index)[1].updated.isoformat() == "2001-09-09T01:46:40+00:00"


class Slow(Library):
    """A library whose stories can be read only once the test says so."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, refresh=0)
        self.go = threading.Event()
        self.readers: set[int] = set()

    def article(self, slug: str) -> Story | None:
        self.readers.add(threading.get_ident())
        assert self.go.wait(60)
        return super().article(slug)


def test_one_thread_reads_and_nobody_waits_for_long(tmp_path: Path) -> None:
    library = Slow(write(tmp_path, FILES))
    index = Index(library, patience=0.01)

    for _ in range(20):
        with pytest.raises(BusyError):
            index.all()
    library.go.set()
    index.patience = 60

    assert [each.slug for each in index.all()] == ["a", "b"]
    assert len(library.readers) == 1


def test_a_reader_who_comes_late_in_a_long_reading_does_not_wait(tmp_path: Path) -> None:
    library = Slow(write(tmp_path, FILES))
    index = Index(library, patience=60)
    assert index.known(0) is None
    index._started -= 100

    with pytest.raises(BusyError):
        index.all()
    library.go.set()


def test_while_a_change_is_read_the_last_state_counts(tmp_path: Path) -> None:
    library = Slow(write(tmp_path, FILES))
    library.go.set()
    index = Index(library, patience=60)
    before = index.all()
    write(tmp_path, {"c.en.txt": "T\n\nA\n\nB\n"})
    os.utime(tmp_path, (1_000_000_000, 1_000_000_000))  # nobody is writing there
    library.go.clear()
    index.patience = 0.01

    assert index.all() == before
    library.go.set()
    index.patience = 60
    assert [each.slug for each in index.all()] == ["a", "b", "c"]


def test_a_folder_that_is_gone_leaves_the_last_state(tmp_path: Path) -> None:
    place = write(tmp_path / "stories", FILES)
    library = Library(place, refresh=0)
    index = Index(library)
    before = index.all()

    def gone() -> None:
        raise SlideshowError("gone")

    library.files = gone  # type: ignore[assignment, method-assign]

    assert index.all() == before


def test_an_outline_takes_little_memory_however_many_languages_there_are(tmp_path: Path) -> None:
    for tag in ("de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk"):
        (tmp_path / "translations" / tag / "LC_MESSAGES").mkdir(parents=True)
    number = 200
    library = Library(
        write(tmp_path, {f"s{each}.en.txt": "T\n\nA\n\nB\n" for each in range(number)}), refresh=60
    )
    ours = [
        tracemalloc.Filter(True, f"*/library/{name}.py")
        for name in ("index/index", "index/outline", "index/store", "freshness/dependencies")
    ]

    tracemalloc.start()
    index = Index(library, patience=60)
    assert len(index.all()) == number
    found = tracemalloc.take_snapshot().filter_traces(ours).statistics("filename")
    tracemalloc.stop()

    assert sum(each.size for each in found) / number < 1000
