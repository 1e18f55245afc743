"""Real server processes for the tests that need one."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import settings

from slideshow.library.index import index
from tests.browser import install  # noqa: F401 -- reads the variable that `_cache` removes
from tests.support.ports import reserved_port

STARTS_WITHIN = 60.0  # seconds; a bound for a broken start, not a measure
ENDS_WITHIN = 30.0
OURS = 2  # the descriptor of this process's errors, which pytest shows for a test that fails

# A shell ignores Ctrl-C for what it runs in the background, and so would all that is run from here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A deadline would fail a test for the load of its machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

Serve = Callable[..., str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option to look on."""
    parser.addoption(
        "--headed",
        action="store_true",
        help="show the browser, and write a trace of each test into tests/shots/traces/",
    )


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Start one worker more than there are processors: workers wait a fifth of their time."""
    found = yield
    return found if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else found + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put costly modules first, so that none keeps one worker busy after the others have ended."""
    items.sort(key=lambda item: item.get_closest_marker("costly") is None)


@contextmanager
def ending(
    command: Sequence[str], environment: Mapping[str, str] | None = None, stdout: int = OURS
) -> Iterator[subprocess.Popen[str]]:
    """Run a command until the block ends, and never for longer.

    Raises TimeoutExpired if it had to be killed, with whatever it started, since it did not end
    when it was told to.
    """
    with subprocess.Popen(
        command,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.communicate(timeout=ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise


def running(group: int) -> list[str]:
    """Return the processes of a command that was run by ``ending``, whose id is the group's."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pgid=,stat=,args="], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listing]
    return [args for pgid, status, args in rows if int(pgid) == group and status[0] != "Z"]


@contextmanager
def started(
    *arguments: str, environment: Mapping[str, str] | None = None, stdout: int = OURS
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run ``slideshow serve`` as a process of its own, with one worker; give it and its port."""
    environment = {"SLIDESHOW_WORKERS": "1", **(environment or {})}
    command = [sys.executable, "-m", "slideshow", "serve", *arguments, "--port"]
    with (
        reserved_port() as port,
        ending([*command, str(port)], environment, stdout) as process,
    ):
        yield process, port


@contextmanager
def serving(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run a server; give its address once it answers and has read all stories."""
    with started(*arguments, environment=environment) as (process, port):
        address = f"http://127.0.0.1:{port}"
        wait_until_read(address, process)
        yield address


def wait_until_read(address: str, process: subprocess.Popen[str]) -> None:
    """Wait until a server has read all stories: until then it answers unknown addresses by 503."""
    wait_for(f"{address}/healthz", process)
    wait_for(f"{address}/an/unknown/address/", process, HTTPStatus.SERVICE_UNAVAILABLE)


def wait_for(url: str, process: subprocess.Popen[str], not_yet: HTTPStatus | None = None) -> None:
    """Wait until a server answers; fail if its process ends or it takes too long.

    With ``not_yet`` any answer but that one will do; without it, any but an error.
    """
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            if not_yet is None:
                raise
            with error:
                if error.code != not_yet:
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the server did not answer at {url}")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made, pictures and the like, out of the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        # Commands would warn of the variable that names the tests' browser.
        patch.delenv("SLIDESHOW_BROWSER", raising=False)
        yield


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Take back the set-up of logs by a server that a test starts in this process."""
    loggers = [logging.getLogger(name) for name in ("", "slideshow.access")]
    before = [(each, [*each.handlers], each.level, each.propagate) for each in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """Let apps in this process wait for the first reading of all stories, as long as it takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "PATIENCE_SECONDS", 60.0)
        patch.setattr(index, "SHORT_PATIENCE_SECONDS", 60.0)
        yield


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file just written stay young however slow the machine is."""
    monkeypatch.setattr("slideshow.library.freshness.stamps.SETTLED_AFTER_SECONDS", 30)


@pytest.fixture(scope="session")
def bundled() -> Iterator[str]:
    """Yield the address of a server of the bundled stories."""
    with serving() as address:
        yield address


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Yield a function that serves a place, with options, until the test ends."""
    with _serving_until_the_end() as start:
        yield start


@pytest.fixture(scope="module")
def module_serve() -> Iterator[Serve]:
    """Yield a function that serves a place, with options, for all tests of a module."""
    with _serving_until_the_end() as start:
        yield start


@pytest.fixture(scope="module")
def module_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder for all tests of a module."""
    return tmp_path_factory.mktemp("module")


@contextmanager
def _serving_until_the_end() -> Iterator[Serve]:
    with ExitStack() as stack:

        def start(place: Path | str, *options: str, **environment: str) -> str:
            return stack.enter_context(serving(str(place), *options, environment=environment))

        yield start
