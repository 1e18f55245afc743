"""A real server against clients that mean harm: what they hold must not be what others need."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.commands.server import MAX_CONNECTIONS
from tests.commands.test_under_load import answers, children, until
from tests.conftest import ending, started, wait_for, wait_until_read
from tests.processes import taken
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = [pytest.mark.costly, pytest.mark.trial]

SOFT_LIMIT = 256  # descriptors; systems allow 1,024 of them, and many more to who asks
PATIENCE = 5.0  # seconds that a reader waits while others attack: a bound, not a measure
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write(tmp_path, {"essai.fr.txt": ARTICLE})


@contextmanager
def limited(place: Path, *options: str) -> Iterator[int]:
    """Run a server whose soft limit of descriptors is low; give its port."""
    serve = [sys.executable, "-m", "slideshow", "serve", str(place), *options, "--port"]
    command = ["sh", "-c", f'ulimit -Sn {SOFT_LIMIT}; exec "$@"', "sh", *serve]
    with reserved_port() as port, ending([*command, str(port)]) as process:
        wait_until_read(f"http://127.0.0.1:{port}", process)
        yield port


def status(port: int, path: str = "/fr/", headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@contextmanager
def held(port: int, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """Hold so many connections, each of which has sent some bytes and reads nothing."""
    with ExitStack() as stack:
        connections = [stack.enter_context(socket.socket()) for _ in range(count)]
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.connect(("127.0.0.1", port))
            connection.sendall(sent)
        yield connections


@pytest.fixture
def descriptors() -> Iterator[None]:
    """Let the test itself hold many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("descriptors")
@pytest.mark.parametrize("sent", [b"", b"GET /fr/ HT", PREFACE], ids=["nothing", "half", "HTTP/2"])
def test_a_reader_is_answered_beside_connections_that_say_nothing(place: Path, sent: bytes) -> None:
    """More of them than the usual limit of descriptors, and than Granian holds by itself (D8)."""
    assert MAX_CONNECTIONS > 1100

    with limited(place) as port, held(port, 1100, sent):
        assert status(port) == 200


def test_http2_is_not_spoken(place: Path) -> None:
    """Its headers may name one long value thousands of times: 8 kB become gigabytes."""
    frame = struct.pack(">I", 0)[1:] + bytes([4, 0]) + bytes(4)

    with limited(place) as port, socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(PATIENCE)
        connection.sendall(PREFACE + frame)
        answer = connection.recv(64)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


def test_headers_of_hundreds_of_kilobytes_are_refused(place: Path) -> None:
    with limited(place) as port:
        assert status(port, headers={"Accept-Language": "a;q=0.5," * 38_000}) == 431
        assert status(port) == 200


def test_a_worker_that_dies_again_and_again_ends_no_other(place: Path) -> None:
    with started(str(place), "--workers", "2") as (process, port):
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        until(lambda: len(children(process.pid)) == 2)
        healthy, dying = sorted(children(process.pid))

        known = {healthy}
        for _ in range(3):
            os.kill(dying, signal.SIGKILL)
            known.add(dying)
            until(lambda: len(children(process.pid) - known) == 1)
            (dying,) = children(process.pid) - known

        assert process.poll() is None
        assert healthy in children(process.pid)
        until(lambda: answers(port))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_host_may_be_a_name_or_an_address(place: Path, host: str) -> None:
    with started(str(place), "--host", host) as (process, port):
        shown = f"[{host}]" if ":" in host else host
        wait_for(f"http://{shown}:{port}/healthz", process)


@pytest.mark.parametrize(
    "host", ["nowhere.invalid", "é" * 70, "..", "a" * 300, "fe80::1%lo", "256.1.1.1", "\udcff", "*"]
)
def test_a_host_that_is_not_of_this_machine_is_one_line(place: Path, host: str) -> None:
    command = [sys.executable, "-m", "slideshow", "serve", str(place), "--host", host]

    result = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)

    assert result.returncode == 1
    assert result.stderr.startswith("cannot listen on ")
    assert result.stderr.count("\n") == 1


def test_an_empty_host_is_wrong_usage() -> None:
    result = CliRunner().invoke(cli, ["serve", "--host", ""])

    assert result.exit_code == 2
    assert "is empty; if you passed a shell variable" in result.output


def test_memory_stays_bounded_beside_connections_that_end_no_header(place: Path) -> None:
    with limited(place) as port, held(port, 200, b"GET / HTTP/1.1\r\nX: " + b"x" * 60_000):
        assert status(port) == 200
        assert taken(f"http://127.0.0.1:{port}").megabytes < 400


def test_a_reader_is_answered_beside_many_who_read_a_long_page_slowly(tmp_path: Path) -> None:
    """What is made for them must hold no thread until they have read it."""
    slides = "".join(f"Headline {n}\n\n{'word ' * 2_000}\n\n" for n in range(600))
    stories = {f"s{n}.en.txt": f"Title\n\n{'A headline' * 9}\n\nText.\n" for n in range(9)}
    place = write(tmp_path, {"long.en.txt": f"Title\n\n{slides}", **stories})

    with limited(place) as port:
        for path in ("/en/long/all/", "/sitemap.xml"):
            asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            assert status(port, path) == 200
            with held(port, 30, asked):
                assert [status(port, f"/en/s{n}/") for n in range(9)] == [200] * 9


def test_a_reader_is_answered_beside_many_who_read_a_large_sitemap_slowly(tmp_path: Path) -> None:
    """A part of it is handed over whole, and holds no thread until it is read."""
    slides = "".join(f"Headline {n}\n\nText.\n\n" for n in range(4_500))
    place = write(tmp_path, {"many.en.txt": f"Title\n\n{slides}", "small.en.txt": ARTICLE})
    asked = b"GET /sitemap-1.xml HTTP/1.1\r\nHost: localhost\r\n\r\n"

    with limited(place) as port:
        until(lambda: status(port, "/sitemap-1.xml") == 200)
        with held(port, 30, asked) as (first, *_):
            asked_for = ("1-un", "2-deux", "3-trois")
            assert [status(port, f"/en/small/{each}/") for each in asked_for] == [200] * 3
            assert length_of(first) > 500_000


def length_of(connection: socket.socket) -> int:
    """Return the length of the body that the head of an answer announces."""
    connection.settimeout(PATIENCE)
    head = connection.recv(1024).lower()
    return int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
