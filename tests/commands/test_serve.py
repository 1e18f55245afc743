"""``slideshow serve`` as a real process: what it says and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from threading import Timer

import pytest

from slideshow.commands.preflight import FILES_READ_AT_START, look_over
from slideshow.library.stories import Library
from tests.commands.test_under_load import until
from tests.conftest import ENDS_WITHIN, STARTS_WITHIN, Serve, ending, running, serving, started
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "slideshow", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


BAD = {
    "no such file": ({}, "missing.fr.txt", "missing.fr.txt: no such file or folder"),
    "no article": ({"notes.csv": ""}, ".", "no articles in this folder"),
    "empty file": ({"a.fr.txt": ""}, "a.fr.txt", "a.fr.txt:1: "),
    "wrong encoding": ({"a.fr.txt": "T\n\nH\n\n\x81\n"}, "a.fr.txt", "a.fr.txt:5: not UTF-8 text"),
    "no slide": ({"a.fr.txt": "Title\n"}, "a.fr.txt", "a.fr.txt:"),
    "not an article": ({"a.csv": ""}, "a.csv", "not an article: its name must end in .txt or .md"),
    "folder for a file": (
        {"a.fr.txt/b": ""},
        ".",
        "a.fr.txt: cannot be read: Is a directory (rename the folder",
    ),
    "byte order mark alone": (
        {"a.fr.txt": "\ufeff"},
        "a.fr.txt",
        "a.fr.txt:1: the article is empty",
    ),
    "binary": ({"a.fr.txt": "T\n\nH\n\n\0\n"}, "a.fr.txt", "a.fr.txt:5: control character"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_that_says_where_and_why(tmp_path: Path, case: str) -> None:
    files, place, message = BAD[case]
    write(tmp_path, files)
    if case == "wrong encoding":
        (tmp_path / "a.fr.txt").write_bytes(files["a.fr.txt"].encode("latin-1"))

    result = run(str(tmp_path / place))

    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert str(tmp_path) in result.stderr


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [fifo, listener, device])
@pytest.mark.parametrize("place", [".", "a.fr.txt"])
def test_what_only_looks_like_a_file_is_named_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], place: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    monkeypatch.setenv("SLIDESHOW_FOLLOW_LINKS", "on")  # the device is reached by a link
    make(Path("a.fr.txt"))

    result = run(place)

    assert result.returncode == 1
    assert "a.fr.txt: a pipe, a socket or a device, not a file (put a file" in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_only_looks_like_a_file_does_not_keep_others_from_being_served(
    tmp_path: Path, serve: Serve
) -> None:
    fifo(write(tmp_path, {"a.fr.txt": ARTICLE}) / "b.fr.txt")

    address = serve(tmp_path)

    with urllib.request.urlopen(f"{address}/fr/a/1/") as response:
        assert response.status == 200


def test_what_only_looks_like_a_file_does_not_keep_others_from_being_exported(
    tmp_path: Path,
) -> None:
    place, out = tmp_path / "stories", tmp_path / "out"
    files = "![A gull](a.jpg)\n\n![A bell](a.mp3)\n\n"
    write(
        place, {"a.fr.md": f"# T\n\n## One\n\n{files}Text.\n", "translations/en/LC_MESSAGES/b": ""}
    )
    for name in ("b.fr.md", "a.jpg", "a.mp3", "a.fr.vtt", "translations/en/LC_MESSAGES/a.po"):
        fifo(place / name)

    subprocess.run(
        [sys.executable, "-m", "slideshow", "export", str(place), "--out", str(out)],
        check=True,
        timeout=STARTS_WITHIN,
    )

    assert (out / "fr/a/1-one/index.html").exists()


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run(str(tmp_path), "--port", str(port))

    assert result.returncode == 1
    assert f"127.0.0.1:{port}: address already in use" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lang", "klingonese"], "'klingonese' is not a language (use a language code"),
        (["--base-url", "example.org"], "is not an address (write it with its scheme"),
        (["--host", "999.1.1.1"], "no such address (give an address of this machine to --host)"),
        (["--host", "192.0.2.1"], "cannot assign requested address (give an address of this"),
    ],
)
def test_an_option_that_cannot_work_is_one_line_with_its_mend(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})

    result = run(str(tmp_path), *arguments)

    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_language_of_articles_may_be_spelled_in_any_way(tmp_path: Path, serve: Serve) -> None:
    write(tmp_path, {"a.txt": ARTICLE})

    address = serve(tmp_path, "--lang", "PT_br")

    with urllib.request.urlopen(f"{address}/pt-BR/a/1/") as response:
        assert response.status == 200


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield the lines that a server prints; end it if it stays silent for too long."""
    assert process.stdout is not None
    while True:
        bound = Timer(STARTS_WITHIN, os.killpg, (process.pid, signal.SIGKILL))
        bound.start()
        line = process.stdout.readline()
        bound.cancel()
        assert line, "the server says no more"
        yield line


def address_of(process: subprocess.Popen[str]) -> str:
    """Return the address that a server prints."""
    line = next(line for line in lines_of(process) if line.startswith("Serving "))
    return line.rpartition(" ")[2].strip()


def test_the_address_is_said_once_it_answers() -> None:
    with started(stdout=subprocess.PIPE) as (process, _):
        address = address_of(process)

        with urllib.request.urlopen(f"{address}healthz") as response:
            assert response.status == 200


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_stopped_as_soon_as_it_serves_it_ends_well(stop: signal.Signals) -> None:
    """The other workers are still starting."""
    with started("--workers", "4", stdout=subprocess.PIPE) as (process, _):
        address_of(process)

        process.send_signal(stop)

        assert process.wait(timeout=ENDS_WITHIN) == 0


def test_what_does_not_end_is_killed_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.conftest.ENDS_WITHIN", 0.1)
    deaf = "trap '' TERM; sleep 600 & echo; wait"

    with (
        pytest.raises(subprocess.TimeoutExpired),
        ending(["sh", "-c", deaf], stdout=subprocess.PIPE) as process,
    ):
        next(lines_of(process))

    assert process.returncode == -signal.SIGKILL
    until(lambda: not running(process.pid))


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--nonsense"], ["--port", "70000"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_a_setting_of_the_wrong_kind_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})
    monkeypatch.setenv("SLIDESHOW_REFRESH", "soon")

    result = run(str(tmp_path))

    assert result.returncode == 1
    assert "SLIDESHOW_REFRESH='soon'" in result.stderr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("CARD_FONT", "the font cannot be read: Not a directory (check its path)"),
        ("FILECACHE_FOLDER", "cannot be written to (choose another SLIDESHOW_FILECACHE_FOLDER)"),
    ],
)
def test_a_setting_that_names_what_is_of_no_use_is_one_line(
    monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    monkeypatch.setenv(f"SLIDESHOW_{setting}", "/dev/null/x")

    result = run()

    assert result.returncode == 1
    assert result.stderr == f"/dev/null/x: {said}\n"


def test_a_server_without_a_home_leaves_nothing_behind(tmp_path: Path) -> None:
    passing = {"XDG_CACHE_HOME": "/dev/null", "HOME": "/dev/null", "TMPDIR": str(tmp_path)}

    with serving("--workers", "2", environment=passing) as address:
        urllib.request.urlopen(f"{address}/en/card.png").close()
        folders = [*tmp_path.glob("slideshow-*")]

    # Pictures, records of addresses, and the marks of workers: each one for all workers.
    assert len(folders) == 3
    assert [*tmp_path.glob("slideshow-*")] == []


def many(folder: Path, broken: int) -> Path:
    """Write more stories than are read at the start, one of them broken."""
    files = {f"s{number:03}.fr.txt": ARTICLE for number in range(FILES_READ_AT_START + 10)}
    return write(folder, {**files, f"s{broken:03}.fr.txt": "only a title\n"})


def test_at_the_start_only_some_of_many_stories_are_read(tmp_path: Path) -> None:
    library = Library(many(tmp_path, FILES_READ_AT_START + 5))
    said: list[str] = []

    total = look_over(library, said.append, FILES_READ_AT_START)

    assert total == FILES_READ_AT_START + 10
    assert said == []


def test_more_is_read_while_nothing_can_be_served(tmp_path: Path) -> None:
    write(tmp_path, {f"s{number:03}.fr.txt": "only a title\n" for number in range(5)})
    write(tmp_path, {"z.fr.txt": ARTICLE})

    total = look_over(Library(tmp_path), lambda line: None, 2)

    assert total == 1


def test_the_problems_of_the_others_are_said_while_it_serves(tmp_path: Path) -> None:
    place = many(tmp_path, FILES_READ_AT_START + 5)

    with started(str(place), stdout=subprocess.PIPE) as (process, _):
        lines = [*islice(lines_of(process), 2)]

    assert any(line.startswith("Serving 60 stories at") for line in lines)
    assert any(f"s{FILES_READ_AT_START + 5:03}.fr.txt:1: no slide" in line for line in lines)


def test_only_workers_import_flask() -> None:
    """The process that supervises them starts sooner, and takes less memory."""
    code = (
        "import sys, slideshow.commands.serve; print(sorted({'flask', 'jinja2'} & {*sys.modules}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
