"""What takes long to make is made once, and the folder it is kept in stays small."""

import os
import pwd
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import pytest

from slideshow.errors import PictureError, SettingError
from slideshow.library.filecache import BusyError, FileCache, cache_folder


class Maker:
    """Makes bytes, and counts how often and how many at a time."""

    def __init__(self, data: bytes = b"made", waits_for: int = 0) -> None:
        self.data = data
        self.calls = 0
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        self._gate = threading.Event()
        if not waits_for:
            self._gate.set()

    def open(self) -> None:
        self._gate.set()

    def __call__(self) -> bytes:
        with self._lock:
            self.calls += 1
            self._now += 1
            self.most = max(self.most, self._now)
        self._gate.wait(30)
        with self._lock:
            self._now -= 1
        return self.data


def test_what_was_made_is_kept(tmp_path: Path) -> None:
    make = Maker()

    answers = [FileCache(tmp_path, 10_000).get("a", make) for _ in range(3)]

    assert answers == [b"made"] * 3
    assert make.calls == 1


def test_many_who_ask_at_once_have_it_made_once(tmp_path: Path) -> None:
    kept, make = FileCache(tmp_path, 10_000, waiting=16), Maker(waits_for=1)

    with ThreadPoolExecutor(16) as readers:
        answers = [readers.submit(kept.get, "a", make) for _ in range(16)]
        make.open()

    assert [answer.result() for answer in answers] == [b"made"] * 16
    assert make.calls == 1


def test_only_so_many_are_made_at_a_time(tmp_path: Path) -> None:
    kept, make = FileCache(tmp_path, 10_000, makers=2, waiting=16), Maker(waits_for=1)

    with ThreadPoolExecutor(16) as readers:
        answers = [readers.submit(kept.get, str(number), make) for number in range(16)]
        make.open()

    assert len([answer.result() for answer in answers]) == make.calls == 16
    assert make.most <= 2


def test_what_failed_is_not_tried_again(tmp_path: Path) -> None:
    kept, calls = FileCache(tmp_path, 10_000), []

    def make() -> bytes:
        calls.append(1)
        raise PictureError("broken")

    for _ in range(3):
        with pytest.raises(PictureError, match="broken"):
            kept.get("a", make)

    assert len(calls) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_least_used_are_forgotten(tmp_path: Path) -> None:
    kept = FileCache(tmp_path, 10_000)
    for number in range(30):
        kept.get(f"{number:02}", lambda: b"x" * 1000)
        os.utime(tmp_path / f"{number:02}", (number, number))

    names = sorted(path.name for path in tmp_path.iterdir())

    assert 8 <= len(names) <= 11
    assert names[-1] == "29"


def test_a_folder_that_went_away_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    kept = FileCache(folder, 10_000)
    kept.get("a", Maker())
    (folder / "a").unlink()
    folder.rmdir()

    assert kept.get("a", Maker(b"again")) == b"again"
    assert kept.find("a") == b"again"


def test_a_folder_that_cannot_be_made_costs_time_not_the_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    kept = FileCache(tmp_path / "file" / "cache", 10_000)

    assert kept.get("a", Maker()) == b"made"
    assert "cannot be kept" in caplog.text


def test_a_full_disk_is_not_filled_with_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = FileCache(tmp_path, 10_000)
    monkeypatch.setattr(os, "replace", Mock(side_effect=OSError(28, "No space left on device")))

    assert kept.get("a", Maker()) == b"made"

    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_on_a_disk_that_became_read_only_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = FileCache(tmp_path, 10_000)
    kept.get("a", Maker())
    os.utime(tmp_path / "a", (0, 0))
    monkeypatch.setattr(os, "utime", Mock(side_effect=OSError(30, "Read-only file system")))

    assert kept.find("a") == b"made"


def test_room_is_made_though_another_process_makes_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept = FileCache(tmp_path, 1_000)
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * 1_000)
    entries = [*os.scandir(tmp_path)]
    (tmp_path / "b").unlink()

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", lambda folder: entries)
        kept.get("d", Maker())

    assert [path.name for path in tmp_path.iterdir()] == ["d"]
    assert caplog.text == ""


def test_a_named_folder_must_be_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingError, match="cannot be written to"):
        cache_folder(str(tmp_path / "file" / "cache"))


@pytest.mark.parametrize("cache", ["HERE/file", "", "relative"])
def test_without_a_home_a_passing_folder_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", cache.replace("HERE", str(tmp_path)))
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", Mock(side_effect=KeyError))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    folder = cache_folder("")

    assert folder.is_dir()
    assert folder.parent == tmp_path
    assert {path.name for path in tmp_path.iterdir()} == {"file", folder.name}


def test_who_would_wait_for_too_much_is_told_so_at_once(tmp_path: Path) -> None:
    kept = FileCache(tmp_path, 10_000, waiting=1)
    kept.get("there", Maker())
    is_begun, may_end = threading.Event(), threading.Event()

    def make() -> bytes:
        is_begun.set()
        may_end.wait(30)
        return b"made"

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(kept.get, "a", make)
        assert is_begun.wait(30)
        with pytest.raises(BusyError):
            kept.get("b", Maker())
        there = kept.get("there", Maker())
        may_end.set()

    assert there == first.result() == b"made"
    assert kept.get("b", Maker()) == b"made"
