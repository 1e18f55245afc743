"""What must work on every system, by its installed command: run on Windows and macOS too.

The other tests need a browser, Debian's packages or signals; these need a Python alone.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.ports import reserved_port

ARTICLE = "Le titre à nous\r\n\r\nUn\r\n\r\nPremier.\r\n\r\nDeux\r\n\r\nDeuxième.\r\n"
COMMAND = [sys.executable, "-m", "slideshow"]
STARTS_WITHIN = 60.0  # seconds
IS_WINDOWS = sys.platform == "win32"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder with one story, saved as Windows does, and with a name that needs care."""
    folder = tmp_path / "mes articles à moi"
    folder.mkdir()
    (folder / "Été à la gare.fr.txt").write_bytes(ARTICLE.encode("utf-8-sig"))
    return folder


def run(*arguments: str | Path) -> str:
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fetch(url: str) -> str:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                text: str = response.read().decode()
            return text
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_folder_is_served_an_edit_shows_and_the_server_ends_when_told(stories: Path) -> None:
    with reserved_port() as port:
        flags = subprocess.CREATE_NEW_PROCESS_GROUP if IS_WINDOWS else 0  # type: ignore[attr-defined]
        command = [*COMMAND, "serve", str(stories), "--port", str(port)]
        with subprocess.Popen(command, creationflags=flags) as process:
            address = f"http://127.0.0.1:{port}"
            try:
                shelf = fetch(f"{address}/fr/")
                article = stories / "Été à la gare.fr.txt"
                article.write_bytes(ARTICLE.replace("Premier", "Changé").encode())
                deadline = time.monotonic() + STARTS_WITHIN
                while "Changé" not in fetch(f"{address}/fr/%C3%A9t%C3%A9-%C3%A0-la-gare/all/"):
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            finally:
                stop = signal.CTRL_BREAK_EVENT if IS_WINDOWS else signal.SIGTERM  # type: ignore[attr-defined]
                process.send_signal(stop)
                process.wait(30)

    assert "Le titre à nous" in shelf


def test_a_folder_is_checked_translated_and_exported(stories: Path, tmp_path: Path) -> None:
    checked = run("check", stories)
    run("translate", stories, "--to", "en")
    run("export", stories, "--out", tmp_path / "site")
    again = run("export", stories, "--out", tmp_path / "site")

    assert checked.startswith("1 story checked")
    catalogue = next((stories / "translations" / "en" / "LC_MESSAGES").glob("*gare*.po"))
    assert 'msgid "Le titre à nous"' in catalogue.read_text(encoding="utf-8")
    assert (tmp_path / "site" / "fr" / "index.html").is_file()
    assert " 0 written, 0 removed" in again


def test_a_mistake_is_named_with_its_file_and_line(stories: Path) -> None:
    (stories / "leer.de.txt").write_bytes(b"")

    done = subprocess.run(
        [*COMMAND, "check", stories], capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 1
    assert "leer.de.txt:1: " in done.stdout
