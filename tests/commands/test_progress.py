"""Long work shows how far it is, to those who look and to nobody else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from slideshow.cli import SOURCES_WORTH_A_BAR, STORIES_WORTH_A_BAR
from tests.web.conftest import ARTICLE, write


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of so many stories that work on them is long."""
    names = [f"story-{number}.fr.txt" for number in range(STORIES_WORTH_A_BAR)]
    return write(tmp_path_factory.mktemp("many"), dict.fromkeys(names, ARTICLE))


def shown(terminal: int) -> str:
    """Return the output that a terminal was shown."""
    data = b""
    while True:
        try:
            chunk = os.read(terminal, 65_536)
        except OSError:  # Linux says so where nobody writes any more
            chunk = b""
        if not chunk:
            return data.decode()
        data += chunk


COMMANDS = pytest.mark.parametrize(
    ("command", "label"), [(["check"], "Checking"), (["translate", "--to", "en"], "Translating")]
)


@COMMANDS
def test_a_terminal_is_shown_how_far_the_work_is(
    many: Path, command: list[str], label: str
) -> None:
    ours, theirs = os.openpty()

    with subprocess.Popen(
        [sys.executable, "-m", "slideshow", *command, str(many)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ):
        os.close(theirs)
        text = shown(ours)
    os.close(ours)

    assert label in text
    assert "100%" in text


def test_a_terminal_is_shown_each_import_on_a_line_of_its_own(tmp_path: Path) -> None:
    names = [f"deck-{number}.md" for number in range(SOURCES_WORTH_A_BAR)]
    write(tmp_path / "in", dict.fromkeys(names, "# A\n\n## B\n\nText.\n"))
    write(tmp_path / "in", {"broken.docx": "PK"})
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "slideshow", "import", "--from-folder", str(tmp_path / "in")]

    with subprocess.Popen(
        [*command, "--to", str(tmp_path / "out"), "--lang", "en"], stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        text = shown(ours)
    os.close(ours)

    lines = [line.rpartition("\r\x1b[K")[2] for line in text.replace("\r\n", "\n").split("\n")]
    written = [line for line in lines if line.endswith(".en.md written")]
    assert process.returncode == 1
    assert "100%" in text
    assert len(written) == len(names)
    assert all(line.startswith(str(tmp_path / "out")) for line in written)
    assert any(line.startswith(str(tmp_path / "in" / "broken.docx")) for line in lines)
    assert f"{len(names)} of {len(names) + 1} sources imported" in text


@COMMANDS
def test_a_file_is_shown_nothing(many: Path, command: list[str], label: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "slideshow", *command, str(many)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stderr, label in done.stdout) == ("", False)
