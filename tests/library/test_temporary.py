"""Folders that go with their process, even with one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from slideshow.library.temporary import temporary_folder

MAKE = "from slideshow.library.temporary import temporary_folder as make; print(make(), flush=True)"
KILLED = f"{MAKE}; import os; os.kill(os.getpid(), 9)"
WAITING = f"{MAKE}; input()"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def made_by(code: str) -> tuple[Path, int]:
    """Run code that makes a folder; return that and the status of the process."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()), done.returncode


def test_a_folder_goes_with_its_process() -> None:
    folder, status = made_by(MAKE)

    assert (folder.exists(), status) == (False, 0)


def test_the_folder_of_a_killed_process_goes_when_the_next_one_starts() -> None:
    left, status = made_by(KILLED)
    (left / "stories").mkdir()
    (left / "stories" / "a.fr.txt").write_text("text")
    assert status == -signal.SIGKILL

    folder = temporary_folder()

    assert folder.is_dir()
    assert not left.exists()


def test_the_folder_of_a_living_process_stays() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        living = Path(process.stdout.readline().strip())

        own = [temporary_folder(), temporary_folder()]

        assert living.is_dir()
        assert all(folder.is_dir() for folder in own)
        process.communicate("\n")


def test_nothing_is_removed_that_is_not_ours(tmp_path: Path) -> None:
    target = tmp_path / "target"
    for folder in (target, tmp_path / "slideshow-notes"):
        folder.mkdir()
    (target / ".lock").touch()
    (tmp_path / "slideshow-link").symlink_to(target)
    (tmp_path / "slideshow-file").touch()
    linked = tmp_path / "slideshow-linked"
    linked.mkdir()
    (linked / ".lock").symlink_to(target / ".lock")
    before = {*tmp_path.rglob("*")}

    folder = temporary_folder()

    assert {*tmp_path.rglob("*")} - {folder, *folder.rglob("*")} == before
    assert os.listdir(target) == [".lock"]
