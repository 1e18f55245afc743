"""A real server in trouble: edits under load, slow clients, signals, lost workers (D7, D8)."""

import ctypes
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.conftest import running as processes_of
from tests.conftest import started, wait_until_read
from tests.web.conftest import write

pytestmark = pytest.mark.trial

SLIDES = 40
WITHIN = 30.0  # seconds; bounds for what hangs, not measures


def article(mark: str) -> str:
    slides = "".join(f"Headline {n}\n\nParagraph {mark}.\n\n" for n in range(SLIDES))
    return f"Title\n\n{slides}"


def catalogue(mark: str) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    words = [(f"Headline {n}", f"Titre {n} {mark}") for n in range(SLIDES)]
    return head + "".join(f'\nmsgid "{source}"\nmsgstr "{text}"\n' for source, text in words)


def fetch(url: str) -> tuple[int, str]:
    try:
        response = urlopen(url, timeout=WITHIN)
    except HTTPError as error:
        response = error
    with response:
        return response.status, response.read().decode()


def marks_in(url: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, fetch(url)[1]))


def shows(url: str, word: str) -> bool:
    return word in fetch(url)[1]


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; fail if it does not come true."""
    deadline = time.monotonic() + WITHIN
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


@contextmanager
def running(place: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server; give its process and port."""
    with started(str(place), *options) as (process, port):
        wait_until_read(f"http://127.0.0.1:{port}", process)
        yield process, port


def answers(port: int) -> bool:
    try:
        return fetch(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except OSError:
        return False


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {
        "a.en.txt": article("old"),
        "translations/fr/LC_MESSAGES/a.po": catalogue("old"),
    }
    return write(tmp_path, files)


def test_edits_under_load_are_seen_whole_or_not_at_all(place: Path) -> None:
    """Every answer is wholly one version, none is an error, the last version wins (D7)."""
    paths = {"/en/a/all/": r"Paragraph (\w+)\.", "/fr/a/all/": r"Titre \d+ (\w+)"}
    wrong: list[str] = []
    done = threading.Event()

    def read(port: int, path: str, pattern: str) -> None:
        while not done.is_set():
            status, text = fetch(f"http://127.0.0.1:{port}{path}")
            marks = re.findall(pattern, text)
            if status != 200 or len(set(marks)) != 1 or len(marks) < SLIDES:
                wrong.append(f"{path}: {status}, {len(marks)} of {set(marks)}")

    with running(place) as (_, port):
        readers = [
            threading.Thread(target=read, args=(port, path, pattern))
            for path, pattern in paths.items()
        ]
        for reader in readers:
            reader.start()
        for number in range(300):
            (place / "a.en.txt").write_text(article(f"v{number}"))
            (place / "translations/fr/LC_MESSAGES/a.po").write_text(catalogue(f"v{number}"))
        (place / "a.en.txt").write_text(article("final"))
        (place / "translations/fr/LC_MESSAGES/a.po").write_text(catalogue("final"))
        for path, pattern in paths.items():
            until(lambda: marks_in(f"http://127.0.0.1:{port}{path}", pattern) == {"final"})  # noqa: B023
        done.set()
        for reader in readers:
            reader.join()

    assert wrong == []


def test_slow_clients_do_not_keep_others_waiting(place: Path) -> None:
    """A hundred half-sent requests (D8)."""
    with running(place) as (_, port):
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
        for connection in slow:
            connection.sendall(b"GET /en/a/1/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")

        answers = [fetch(f"http://127.0.0.1:{port}/en/a/{n}/")[0] for n in range(1, 20)]

        for connection in slow:
            connection.close()
    assert set(answers) == {200}


def test_stopped_under_load_no_request_in_flight_fails(place: Path) -> None:
    """What was accepted is answered; the exit status is 0 (D8)."""
    cut: list[str] = []

    def read(port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN)
        while True:
            try:
                connection.request("GET", "/en/a/all/")
            except OSError:
                return  # not accepted any more
            try:
                body = connection.getresponse().read()
            except (http.client.RemoteDisconnected, ConnectionResetError):
                return  # closed between two requests
            except (OSError, http.client.HTTPException) as error:
                cut.append(repr(error))
                return
            if not body.rstrip().endswith(b"</html>"):
                cut.append("half a page")

    with running(place) as (process, port):
        readers = [threading.Thread(target=read, args=(port,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        until(lambda: answers(port))
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=WITHIN)
        for reader in readers:
            reader.join(timeout=WITHIN)

    assert cut == []
    assert status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name no thread to a signal")
def test_a_signal_ends_a_process_whichever_of_its_threads_receives_it(place: Path) -> None:
    """The system chooses; right after SIGCONT it often is another than the main thread."""
    with running(place) as (process, port):
        until(lambda: len(children(process.pid)) == 1)
        (worker,) = children(process.pid)

        stop_by_another_thread(worker)
        until(lambda: worker not in children(process.pid))
        until(lambda: answers(port))
        stop_by_another_thread(process.pid)

        assert process.wait(timeout=WITHIN) == 0


def stop_by_another_thread(process: int) -> None:
    """Send SIGTERM to the newest thread of a process, which is not its main thread."""
    thread = max(int(each.name) for each in Path(f"/proc/{process}/task").iterdir())
    assert thread != process
    assert ctypes.CDLL(None).tgkill(process, thread, signal.SIGTERM) == 0


def test_a_killed_worker_is_replaced(place: Path) -> None:
    """Slow clients keep nobody waiting, and no request in flight fails (D8)."""
    with running(place, "--workers", "2") as (process, port):
        before = children(process.pid)
        os.kill(max(before), signal.SIGKILL)

        until(
            lambda: (
                len(children(process.pid)) == len(before)
                and max(before) not in children(process.pid)
            )
        )

        until(lambda: answers(port))
        statuses = {fetch(f"http://127.0.0.1:{port}/en/a/{n}/")[0] for n in range(1, SLIDES)}
    assert statuses == {200}


def test_a_worker_that_begins_while_the_settings_have_a_mistake_has_the_last_good_ones(
    place: Path,
) -> None:
    """Whether it is renewed or killed, readers see the same site."""
    settings = place / "slideshow.toml"
    settings.write_text('site_name = "At first"')
    with running(place) as (process, port):
        shelf = f"http://127.0.0.1:{port}/en/"
        settings.write_text('site_name = "The Night Post"')
        until(partial(shows, shelf, "The Night Post"))
        settings.write_text('site_name = "The Night')

        for stop in (signal.SIGKILL, signal.SIGTERM):
            (before,) = children(process.pid)
            os.kill(before, stop)
            until(lambda: children(process.pid) not in (set(), {before}))  # noqa: B023
            until(partial(answers, port))
            assert shows(shelf, "The Night Post")

        settings.write_text('site_name = "The Morning Post"')
        until(partial(shows, shelf, "The Morning Post"))


def test_no_worker_outlives_a_killed_server(place: Path) -> None:
    """What runs the server can start it again at once, on the same port."""
    with running(place, "--workers", "2") as (process, port):
        process.kill()

        until(lambda: not answers(port) and not processes_of(process.pid))


def children(process: int) -> set[int]:
    """Return the worker processes of a server (Linux and macOS)."""
    command = ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in output.splitlines()]
    return {
        int(row[0]) for row in rows if int(row[1]) == process and "resource_tracker" not in row[2]
    }


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n"
        + b"".join(b"X-%d: y\r\n" % number for number in range(1_000))
        + b"\r\n",
        b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n"
        + b"x" * 1_048_576,
        b"nonsense\r\n\r\n",
    ],
    ids=["long URL", "a thousand headers", "a megabyte of body", "nonsense"],
)
def test_absurd_requests_get_a_quick_answer_of_the_400s(place: Path, request_bytes: bytes) -> None:
    """Long and many requests end quickly, and memory stays (D9)."""
    with running(place) as (_, port):
        with socket.create_connection(("127.0.0.1", port), timeout=WITHIN) as connection:
            with suppress(OSError):  # it may be refused before the end was sent
                connection.sendall(request_bytes)
            answer = connection.recv(64)

        assert answers(port)
    assert re.match(rb"HTTP/1\.1 4\d\d", answer) or answer == b""
