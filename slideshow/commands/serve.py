"""Serves a library with Granian."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from slideshow.commands import logs, metrics
from slideshow.commands.listening import ASK_AGAIN_SECONDS, place_of
from slideshow.commands.lookout import Lookout
from slideshow.commands.preflight import Say, look_over
from slideshow.commands.processes import (
    KILL_AFTER_SECONDS,
    READY_FOLDER,
    ready_mark,
    wake_main_thread_on_signals,
)
from slideshow.errors import SlideshowError, counted
from slideshow.library.cards.fonts import Face, faces_of
from slideshow.library.cards.undrawn import undrawn
from slideshow.library.counts import Counts
from slideshow.library.filecache import MAX_WAITING_CALLERS, cache_folder
from slideshow.library.index.opening import index_of
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.library.temporary import temporary_folder
from slideshow.settings import Settings
from slideshow.web.branding import branding_of
from slideshow.web.own_scripts import own_scripts_of

logger = logging.getLogger(__name__)

BLOCKING_THREADS = MAX_WAITING_CALLERS + 4  # threads that run Python, in each worker
# Granian's I/O threads: two serve an eighth more requests a second than one.
RUNTIME_THREADS = min(2, os.cpu_count() or 1)
# Memory arenas of those threads (glibc): each keeps its own free memory. With one for each
# thread, a worker used a fifth more.
MALLOC_ARENAS = 2

# Total size of a request's headers; larger ones get status 431.
HEADER_BYTES = 65_536
SOCKET_PERMISSIONS = 0o660  # of a Unix socket: for the proxy, by a group of both
MAX_CONNECTIONS = 8192  # open connections of a worker; an idle one is closed after 30 s
WORKER_BACKLOG = 2048  # connections waiting for a worker
EARLY_DEATH_SECONDS = 5.5  # a worker that lives no longer is replaced after a pause
RESPAWN_PAUSE_SECONDS = 1.0
READY_WITHIN_SECONDS = 60.0

FILES_READ_AT_START = 50  # articles and catalogues checked before the server starts


class _Server(Granian):  # type: ignore[misc, valid-type]
    """A Granian server that keeps replacing workers, once any of them has answered.

    By default Granian stops all workers when one dies twice in a row, such as one that the system
    kills for lack of memory.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_answered = False
        self._respawned_at: dict[int, float] = {}

    def processes(self) -> list[int]:
        """List the ids of the workers."""
        return [worker.inner.pid for worker in list(self.wrks)]

    def _spawn_worker(self, *args: Any, **options: Any) -> Any:
        """Create a worker whose start waits until it can answer, once the server serves.

        Granian stops the worker in whose place it comes a few seconds after the start, which is
        too early on a machine that is busy.
        """
        worker = super()._spawn_worker(*args, **options)
        start = worker.start

        def start_and_wait() -> None:
            start()
            mark = ready_mark(worker.inner.pid)
            wait_until(lambda: mark.exists() or not worker.is_alive() or self.interrupt_signal)

        if self.has_answered:
            worker.start = start_and_wait
        return worker

    def _respawn_workers(
        self, workers: Sequence[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        now = time.monotonic()
        if any(
            now - self._respawned_at.get(each, -EARLY_DEATH_SECONDS) < EARLY_DEATH_SECONDS
            for each in workers
        ):
            time.sleep(RESPAWN_PAUSE_SECONDS)
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self._respawned_at.update(dict.fromkeys(workers, time.monotonic()))
        if self.has_answered:
            self.respawned_wrks.clear()  # Granian's crash loop detection


def serve(settings: Settings, *, report: Say) -> None:
    """Serve until stopped; ``report`` gets the address, the log each problem of the library.

    Later problems are logged too, each once, whatever the number of workers. Raises SlideshowError
    if nothing can be served: no story, a port in use, or a setting with an unusable file or folder.
    """
    # All workers share one copy of a bucket, which they read like any folder.
    opened = open_library(settings, follows=True)
    library, settings = opened.library, opened.settings
    # Resolved here, because a worker can only fail with a traceback.
    settings = replace(settings, filecache_folder=str(cache_folder(settings.filecache_folder)))
    faces = faces_of(settings, branding_of(settings.brand, library.folder).headline_font)
    own_scripts_of(settings.scripts, library.folder)
    if settings.counts:
        Counts(Path(settings.counts))
    logs.configure(settings.log_format, settings.log_level)
    has_previews = bool(settings.preview_secret)
    total = look_over(library, logger.warning, FILES_READ_AT_START, has_previews=has_previews)
    place = place_of(settings)
    figures_place = metrics.place_of(settings.metrics) if settings.metrics else None
    figures_folder = metrics.share_figures() if figures_place else Path()
    _allow_descriptors()
    os.environ.update(settings.to_environment())
    os.environ[READY_FOLDER] = str(temporary_folder())
    os.environ.setdefault("MALLOC_ARENA_MAX", str(MALLOC_ARENAS))
    # Granian's figures go out beside ours; it has none on Windows.
    has_granian_figures = figures_place is not None and sys.platform != "win32"
    granian_port = metrics.free_port() if has_granian_figures else 0
    server = _Server(
        "slideshow.commands.worker:app_of_worker",
        factory=True,
        address=place.address,
        port=settings.port,
        uds=place.socket,
        uds_permissions=SOCKET_PERMISSIONS,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=logs.OF_GRANIAN,
        metrics_enabled=has_granian_figures,
        metrics_scrape_interval=metrics.SCRAPE_SECONDS,
        metrics_address=metrics.LOOPBACK,
        metrics_port=granian_port,
        # HTTP/2 is the proxy's job. Here, it would allow headers of 16 MB, and connections
        # that never choose a protocol.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=HEADER_BYTES),
        backlog=WORKER_BACKLOG,
        backpressure=MAX_CONNECTIONS,
        blocking_threads=BLOCKING_THREADS,
        runtime_threads=RUNTIME_THREADS,
    )
    if figures_place:
        figures = metrics.Figures(figures_folder, granian_port, library, server.processes)
        metrics.serve_figures(figures_place, figures)

    has_answered = threading.Event()

    def watch() -> None:
        lookout = Lookout(library)
        # Here, in a process that answers nobody, reading all stories slows no reader down.
        index_of(settings, library).read()
        has_answered.wait()
        _look_over_rest(library, faces, logger.warning)
        lookout.follow(logger, settings.refresh)

    def announce() -> None:
        place.wait()
        server.has_answered = True
        report(f"Serving {counted(total, 'story', 'stories')} at {place}")
        has_answered.set()

    threading.Thread(target=watch, daemon=True).start()
    server.on_startup(threading.Thread(target=announce, daemon=True).start)
    server.on_reload(lambda: logger.info("Renewing the workers, one after the other."))
    logging.getLogger("_granian").addFilter(_is_news)
    # A fork would copy locks held by our threads, and SIGTERM's handler.
    multiprocessing.set_start_method("spawn", force=True)
    wake_main_thread_on_signals()
    server.serve()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, or for ``READY_WITHIN_SECONDS`` at most."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(ASK_AGAIN_SECONDS)


def _is_news(record: logging.LogRecord) -> bool:
    # Granian warns about more threads than processors; ours wait, they don't compute.
    return "Python threads" not in record.getMessage()


def _look_over_rest(library: Library, faces: Sequence[Face], warn: Say) -> None:
    """Warn about the problems that ``look_over`` left unchecked, while serving readers."""
    try:
        for problem in chain(library.problems(FILES_READ_AT_START), undrawn(library, faces)):
            warn(str(problem))
    except SlideshowError as error:  # the folder has been moved away
        warn(str(error))


def _allow_descriptors() -> None:
    """Raise the limit of open files, one for each connection, as far as the system permits."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # macOS is strict
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
