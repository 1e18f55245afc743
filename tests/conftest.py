"""Real server processes for the tests that need one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

STARTS_WITHIN = 60.0  # seconds; a bound for a broken start, not a measure

Serve = Callable[..., str]


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[str]:
    """Run ``slideshow serve`` as a process of its own; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "slideshow", "serve", *arguments, "--port", str(port)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    """Wait until a server answers; fail if its process ends or it takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            output = process.stdout.read() if process.stdout else ""
            raise RuntimeError(f"the server ended with {process.returncode}: {output}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not answer at {url}")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made, pictures and the like, out of the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def bundled() -> Iterator[str]:
    """Give the address of a server of the bundled stories."""
    with serving() as address:
        yield address


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Give a function that serves a place, with options, until the test ends."""
    with ExitStack() as stack:

        def start(place: Path | str, *options: str, **environment: str) -> str:
            return stack.enter_context(serving(str(place), *options, environment=environment))

        yield start
