"""The server: Granian, with workers that are replaced whenever one of them ends."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from slideshow.commands import logs, metrics
from slideshow.commands.listening import ASK_AGAIN_SECONDS, Place
from slideshow.commands.processes import KILL_AFTER_SECONDS, ready_mark
from slideshow.library.filecache import MAX_WAITING_CALLERS
from slideshow.settings import Settings

BLOCKING_THREADS = MAX_WAITING_CALLERS + 4  # threads that run Python, in each worker
# Granian's I/O threads: two serve an eighth more requests a second than one.
RUNTIME_THREADS = min(2, os.cpu_count() or 1)
# Total size of a request's headers; larger ones get status 431.
HEADER_BYTES = 65_536
SOCKET_PERMISSIONS = 0o660  # of a Unix socket: for the proxy, by a group of both
MAX_CONNECTIONS = 8192  # open connections of a worker; an idle one is closed after 30 s
WORKER_BACKLOG = 2048  # connections waiting for a worker
EARLY_DEATH_SECONDS = 5.5  # a worker that lives no longer is replaced after a pause
RESPAWN_PAUSE_SECONDS = 1.0
READY_WITHIN_SECONDS = 60.0


class Server(Granian):  # type: ignore[misc, valid-type]
    """A Granian server that keeps replacing workers, once any of them has answered.

    By default Granian stops all workers when one dies twice in a row, such as one that the system
    kills for lack of memory. Its own figures are at ``metrics_port``, unless that is 0.
    """

    def __init__(self, settings: Settings, place: Place, metrics_port: int) -> None:
        super().__init__(
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
            metrics_enabled=bool(metrics_port),
            metrics_scrape_interval=metrics.SCRAPE_SECONDS,
            metrics_address=metrics.LOOPBACK,
            metrics_port=metrics_port,
            # HTTP/2 is the proxy's job. Here, it would allow headers of 16 MB, and connections
            # that never choose a protocol.
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(max_buffer_size=HEADER_BYTES),
            backlog=WORKER_BACKLOG,
            backpressure=MAX_CONNECTIONS,
            blocking_threads=BLOCKING_THREADS,
            runtime_threads=RUNTIME_THREADS,
        )
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


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, or for ``READY_WITHIN_SECONDS`` at most."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(ASK_AGAIN_SECONDS)
