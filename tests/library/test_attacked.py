"""Files that mean harm: none of them may take the time or the memory of the others (E2, E3)."""

import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from slideshow.errors import ArticleError, LibraryError
from slideshow.library.freshness import watched as module
from slideshow.library.freshness.watched import Watched
from slideshow.library.stories import Library
from slideshow.story.limits import Limits
from tests.support.bounded import run_bounded
from tests.web.conftest import ARTICLE, age, write

pytestmark = pytest.mark.trial

WITHIN = 60  # seconds; a bound for what hangs, not a measure


def test_an_article_of_very_many_lines_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    place = write(tmp_path, {"list.en.md": "# T\n\n## H\n\n" + "- a\n" * 2_400_000})

    out = run_bounded(
        "from pathlib import Path\n"
        "from slideshow.errors import ArticleError\n"
        "from slideshow.library.stories import Library\n"
        f"try: Library(Path({str(place)!r})).story('list')\n"
        "except ArticleError as error: print(error)",
        seconds=10,
        megabytes=900,
    )

    assert "2400004 lines are too many" in out
    assert "SLIDESHOW_ARTICLE_SLIDES" in out


def test_the_lines_allowed_grow_with_the_slides_allowed(tmp_path: Path) -> None:
    place = write(tmp_path, {"a.en.txt": "T\n\nH\n\n" + "line\n" * 40})

    with pytest.raises(ArticleError, match="lines are too many"):
        Library(place, limits=Limits(slides=4)).story("a")

    assert Library(place, limits=Limits(slides=5)).story("a")


def test_a_file_that_has_no_size_is_not_read_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files in /proc say that they hold nothing."""
    place = write(tmp_path, {"a.en.txt": "T\n\nH\n\n" + "word " * 1_000})
    real = Path.stat

    def stat(path: Path, **options: bool) -> SimpleNamespace:
        status = real(path, **options)
        fields = {name: getattr(status, name) for name in dir(status) if name.startswith("st_")}
        return SimpleNamespace(**{**fields, "st_size": 0})

    monkeypatch.setattr(Path, "stat", stat)

    with pytest.raises(ArticleError, match="more than the 1000 bytes allowed"):
        Library(place, limits=Limits(bytes=1_000)).story("a")


def test_others_are_read_while_one_file_takes_long(tmp_path: Path) -> None:
    write(tmp_path, {"slow": "slow", "quick": "quick"})
    begun, go = threading.Event(), threading.Event()

    def parse(path: Path) -> str:
        if path.name == "slow":
            begun.set()
            assert go.wait(WITHIN)
        return path.read_text()

    watched = Watched(parse, refresh=0)
    reader = threading.Thread(target=watched.get, args=(tmp_path / "slow",))
    reader.start()
    assert begun.wait(WITHIN)
    found: list[str | None] = []
    other = threading.Thread(target=lambda: found.append(watched.get(tmp_path / "quick")))

    other.start()
    other.join(WITHIN / 4)
    go.set()
    reader.join(WITHIN)
    other.join(WITHIN)

    assert found == ["quick"]


def test_while_a_change_is_read_others_get_the_last_version(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    age(path, 60)
    begun, go = threading.Event(), threading.Event()

    def parse(path: Path) -> str:
        text = path.read_text()
        if text == "new":
            begun.set()
            assert go.wait(WITHIN)
        return text

    watched = Watched(parse, refresh=0)
    assert watched.get(path) == "old"
    path.write_text("new")
    age(path, 30)
    reader = threading.Thread(target=watched.get, args=(path,))
    reader.start()
    assert begun.wait(WITHIN)

    meanwhile = watched.get(path)
    go.set()
    reader.join(WITHIN)

    assert meanwhile == "old"
    assert watched.get(path) == "new"


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_what_takes_too_much_is_a_problem_of_its_file(tmp_path: Path, error: Exception) -> None:
    path = tmp_path / "file"
    path.write_text("text")
    age(path, 60)
    tries = 0

    def parse(path: Path) -> str:
        nonlocal tries
        tries += 1
        raise error

    watched = Watched(parse, refresh=0.001)

    for _ in range(5):
        with pytest.raises(LibraryError, match="cannot be read"):
            watched.get(path)

    assert tries == 1
    assert watched.problem(path)


def test_a_good_version_stays_while_the_next_takes_too_much(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("good")
    age(path, 60)

    def parse(path: Path) -> str:
        text = path.read_text()
        if text != "good":
            raise MemoryError
        return text

    watched = Watched(parse, refresh=0)
    watched.get(path)
    path.write_text("huge")
    age(path, 30)

    assert watched.get(path) == "good"


def test_a_story_stays_while_another_takes_too_much_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(tmp_path, {"good.fr.txt": ARTICLE, "huge.fr.txt": ARTICLE})
    library = Library(place, refresh=0)
    read = library._stories._parse

    def parse(path: Path) -> object:
        if path.name.startswith("huge"):
            raise MemoryError
        return read(path)

    monkeypatch.setattr(library._stories, "_parse", parse)

    assert library.story("good")
    assert [problem.path for problem in library.problems()] == [str(place / "huge.fr.txt")]


def test_a_copy_that_keeps_date_and_size_is_noticed(tmp_path: Path) -> None:
    """``cp -p`` in place."""
    path = tmp_path / "file"
    path.write_text("old")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    watched = Watched(Path.read_text, refresh=0)
    assert watched.get(path) == "old"

    path.write_text("new")
    os.utime(path, (1_000_000_000, 1_000_000_000))

    assert watched.get(path) == "new"


def test_two_changes_within_one_step_of_a_coarse_clock_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFSv3 and others note whole seconds, in the time of the last change too."""
    path = tmp_path / "file"
    path.write_text("old")
    second = int(path.stat().st_mtime) * 1_000_000_000
    stamp = (second, 3, path.stat().st_ino, second)
    monkeypatch.setattr(module, "stamp_of", lambda path: stamp)
    monkeypatch.setattr(time, "time", lambda: second / 1e9 + 0.9)
    watched = Watched(Path.read_text, refresh=0)
    assert watched.get(path) == "old"

    path.write_text("new")

    assert watched.get(path) == "new"
