"""Serves the figures of a running server to Prometheus: Granian's, the workers', the library's."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from slideshow import DISTRIBUTION
from slideshow.errors import SettingError, SlideshowError
from slideshow.library.stories import Library
from slideshow.library.temporary import temporary_folder

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus_client keeps figures of processes
LOOPBACK = "127.0.0.1"
SCRAPE_SECONDS = 1  # how often workers report to Granian
ANSWER_WITHIN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """An address to serve figures at."""

    host: str
    port: int


def place_of(setting: str) -> Place:
    """Parse ``host:port``, or a port alone for this machine only.

    Raises SettingError for anything else, and if the package that adds up figures is missing.
    """
    try:
        parts = urlsplit(f"//{setting}" if ":" in setting else f"//{LOOPBACK}:{setting}")
        place = Place(parts.hostname or "", parts.port or 0)
    except ValueError:
        place = Place("", 0)
    if not place.host or not place.port:
        raise SettingError(
            f"SLIDESHOW_METRICS is {setting!r}", "set it to an address such as 127.0.0.1:9090"
        )
    try:
        import prometheus_client  # noqa: F401
    except ModuleNotFoundError as error:
        raise SettingError(
            "metrics need the package prometheus_client", f"pip install '{DISTRIBUTION}[metrics]'"
        ) from error
    return place


def share_figures() -> Path:
    """Make a folder for the figures of processes that start from now on."""
    folder = temporary_folder()
    os.environ[FOLDER_VARIABLE] = str(folder)
    return folder


def free_port() -> int:
    """Find a port of this machine that nothing listens at."""
    with socket.create_server((LOOPBACK, 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


class Figures:
    """The text of all figures: ``workers`` returns the process ids that are alive."""

    def __init__(
        self, folder: Path, granian: int, library: Library, workers: Callable[[], Collection[int]]
    ) -> None:
        self._folder = folder
        self._granian = granian
        self._library = library
        self._workers = workers

    def text(self) -> bytes:
        """Add up the figures of all workers; those of ended ones stay in the counters."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

        for path in self._folder.glob("gauge_live*_*.db"):
            process = int(path.stem.rpartition("_")[2])
            if process not in self._workers():
                mark_process_dead(process, str(self._folder))  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self._folder))  # type: ignore[no-untyped-call]
        registry.register(self)
        return generate_latest(registry) + self._of_granian()

    def collect(self) -> Iterator[Any]:
        """Yield the figures of the library."""
        from prometheus_client.core import GaugeMetricFamily

        stories, is_readable = 0, False
        with suppress(SlideshowError, OSError):  # the folder is away
            stories, is_readable = len(self._library.slugs()), self._library.is_readable
        yield GaugeMetricFamily("slideshow_stories", "Stories in the index.", stories)
        yield GaugeMetricFamily(
            "slideshow_readable", "1 while the stories can be read.", int(is_readable)
        )

    def _of_granian(self) -> bytes:
        try:
            with urlopen(
                f"http://{LOOPBACK}:{self._granian}/metrics", timeout=ANSWER_WITHIN_SECONDS
            ) as answer:
                text: bytes = answer.read()
        except OSError:  # it starts after its workers
            return b""
        return text.rstrip() + b"\n"


def serve_figures(place: Place, figures: Figures) -> None:
    """Serve the figures at ``/metrics`` until the process ends.

    Raises SlideshowError if nothing can listen there.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_found = self.path.partition("?")[0] in ("/", "/metrics")
            body = figures.text() if is_found else b"Not found\n"
            self.send_response(200 if is_found else 404)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass  # a line for each scrape tells nobody anything

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        daemon_threads = True

    try:
        server = Server((place.host, place.port), Handler)
    except OSError as error:
        reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
        raise SlideshowError(
            f"cannot serve metrics at {place.host}:{place.port}: {reason}",
            "choose another address for SLIDESHOW_METRICS",
        ) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
