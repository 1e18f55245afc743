"""No command ends with a traceback, whatever it is given and whenever it is told to end (F3)."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from slideshow import cli
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial

PLACES = [
    "x" * 300, "x" * 5000, "\udcff", "a\nb", "~nobody/x", "-", "..", "empty", "nowhere",
    "odd.html", "/dev/null", "/dev/null/x", "/dev/full", "/proc/self/mem", "/proc/self/fd",
    "pipe", "pipe.txt", "binary.txt", "good/a.en.txt/x", "loop", "loop.txt", "loop/x", "no-words",
    "://", "http://[", "file://", "file:///dev/null", "memory://x", "zip://nowhere::x", "a::b://x",
    "github://x", "reference://x", "nothing://x",
]  # fmt: skip
PICTURE = '<p><img src="{}"></p>'
ODD_NAMES = ["%00.jpg", "x" * 300, "x" * 5000, "loop", "pipe", "http://[", "data:,", "%ff%ed"]
WITH_A_PLACE: list[list[str]] = [
    ["check", "{}"],
    ["translate", "{}", "--to", "fr"],
    ["export", "{}", "--out", "out"],
    ["export", "good", "--out", "{}"],
    ["serve", "{}", "--host", "256.1.1.1"],
    ["import", "{}"],
    ["import", "good/a.en.txt", "--to", "{}"],
    ["import", "--from-folder", "{}"],
]
TAGS = ["", "é", "zz-zz-zz", "x" * 3000, "\udcff", "en_US.UTF-8@x", "../..", "*", "i-klingon"]
WITH_A_TAG = [["check", "good", "--lang", "{}"], ["translate", "good", "--to", "{}"]]
URLS = [
    "", "x", "http://", "http://[", "https://a b", "https://a:99999", "https://a:-1", "ftp://x",
    "http://\udcff", "https://é", f"https://{'a' * 100}", "https://..", "http://a/../..",
    "http://a/%", "https://[v1.x]/", "https://xn--/",
]  # fmt: skip
WITH_A_URL = [["export", "good", "--out", "out", "--base-url", "{}"]]
HOSTS = [
    "-", "[::1]", "127.0.0.1:80", "http://x", ".", "x" * 64, "1.2.3.4.5", "%", "::%0", "é" * 70,
    "\ud800", "\udcff", "\n",
]  # fmt: skip
WITH_A_HOST = [["serve", "good", "--host", "{}", "--port", "{taken}"]]
PORTS = ["0", "-1", "65536", "9" * 400, "٣", "x", ""]
WITH_A_PORT = [["serve", "good", "--host", "256.1.1.1", "--port", "{}"]]

# As a module of that name is imported, the process is told to end.
TELL_TO_END = """
import os, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["END_AT"]:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), int(os.environ["END_BY"]))

sys.meta_path.insert(0, Finder())
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with files of all kinds."""
    files: dict[str, str | bytes] = {
        "good/a.en.txt": ARTICLE,
        "no-words/a.en.txt": ARTICLE,
        "no-words/translations": "A file in the place of a folder.",
        "odd.html": f"<h1>T</h1>{''.join(map(PICTURE.format, ODD_NAMES))}<h2>H</h2><p>x</p>",
        "binary.txt": b"PK\x03\x04" + bytes(100),
    }
    write(tmp_path, files)
    (tmp_path / "empty").mkdir()
    for pipe in ("pipe", "pipe.txt"):
        os.mkfifo(tmp_path / pipe)
    for loop in ("loop", "loop.txt"):
        (tmp_path / loop).symlink_to(loop)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def taken() -> Iterator[str]:
    """Yield a port that is taken at every address: some odd hosts are addresses somewhere."""
    both = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both else socket.AF_INET
    with socket.create_server(("", 0), family=family, dualstack_ipv6=both) as server:
        yield str(server.getsockname()[1])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("commands", "values"),
    [
        (WITH_A_PLACE, PLACES),
        (WITH_A_TAG, TAGS),
        (WITH_A_URL, URLS),
        (WITH_A_HOST, HOSTS),
        (WITH_A_PORT, PORTS),
    ],
    ids=["places", "tags", "URLs", "hosts", "ports"],
)
def test_odd_values(
    commands: Sequence[list[str]],
    values: Sequence[str],
    taken: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for command in commands:
        for value in values:
            arguments = [{"{}": value, "{taken}": taken}.get(part, part) for part in command]
            status: object = 0
            try:
                cli._guarded(partial(cli.cli.main, arguments))
            except SystemExit as end:
                status = end.code
            except Exception as error:
                raise AssertionError(arguments) from error
            said = capfd.readouterr().err
            assert "Traceback" not in said, arguments
            assert status in (0, 1, 2), arguments
            assert status == 0 or said or command[0] == "check", arguments


@pytest.mark.parametrize("end_by", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("command", "end_at"),
    [
        ("check", "slideshow.cli"),
        ("check", "click"),
        ("check", "slideshow.settings"),
        ("translate", "slideshow.library.stories"),
        ("export", "slideshow.web.crawl"),
        ("serve", "granian"),
    ],
)
def test_told_to_end_while_it_starts(
    folder: Path, command: str, end_at: str, end_by: signal.Signals
) -> None:
    write(folder, {"hook/sitecustomize.py": TELL_TO_END})
    out = ["--out", "out"] if command == "export" else []

    done = subprocess.run(
        [sys.executable, "-m", "slideshow", command, "good", *out],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder / "hook"), *filter(None, sys.path)]),
            "END_AT": end_at,
            "END_BY": str(int(end_by)),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 128 + end_by)


@pytest.mark.parametrize("most", [0, 1000])
@pytest.mark.parametrize(
    "arguments",
    [["translate", "good", "--to", "es"], ["export", "good", "--out", "out"]],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.usefixtures("folder")
def test_a_disk_that_takes_no_more(arguments: list[str], most: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "slideshow", *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be written: File too large" in done.stderr
