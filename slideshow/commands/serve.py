"""Serves a library with Granian."""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from slideshow.commands.lookout import Lookout
from slideshow.commands.preflight import Say, look_over
from slideshow.commands.processes import when_parent_is_gone
from slideshow.errors import SlideshowError
from slideshow.library.filecache import MAX_WAITING_CALLERS, cache_folder
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.views.cards import faces_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# How to fix a failed bind(), by errno.
ADVICE = {
    errno.EADDRINUSE: "stop the other program, or choose another --port",
    errno.EADDRNOTAVAIL: "give an address of this machine to --host",
    errno.EACCES: "choose a --port above 1023",
}

BLOCKING_THREADS = MAX_WAITING_CALLERS + 4  # threads that run Python, in each worker
# Granian's I/O threads: two serve an eighth more requests a second than one.
RUNTIME_THREADS = min(2, os.cpu_count() or 1)
# Memory arenas of those threads (glibc): each keeps its own free memory. With one for each
# thread, a worker used a fifth more.
MALLOC_ARENAS = 2
ASK_AGAIN_SECONDS = 0.01
# A worker may miss a stop signal while it is starting. In seconds.
KILL_AFTER_SECONDS = 10

# Total size of a request's headers; larger ones get status 431.
HEADER_BYTES = 65_536
MAX_CONNECTIONS = 8192  # open connections of a worker; an idle one is closed after 30 s
WORKER_BACKLOG = 2048  # connections waiting for a worker
EARLY_DEATH_SECONDS = 5.5  # a worker that lives no longer is replaced after a pause
RESPAWN_PAUSE_SECONDS = 1.0

# Loggers of problems that the parent's lookout already reports, once for all workers.
NAMED_BY_PARENT = (
    "slideshow.library.catalogues",
    "slideshow.library.freshness",
    "slideshow.web.middleware.renewed",
    "slideshow.web.views.errors",
)

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


def serve(
    settings: Settings, host: str, port: int, workers: int, *, report: Say, warn: Say
) -> None:
    """Serve until stopped; ``report`` gets the address, ``warn`` each problem of the library.

    Later problems are reported too, each once, whatever the number of workers. Raises
    SlideshowError if nothing can be served: no story, a port in use, or a setting with an unusable
    file or folder.
    """
    # All workers share one copy of a bucket, which they read like any folder.
    opened = open_library(settings, follows=True)
    library, settings = opened.library, opened.settings
    # Resolved here, because a worker can only fail with a traceback.
    settings = replace(settings, filecache_folder=str(cache_folder(settings.filecache_folder)))
    faces_of(settings)
    lookout = Lookout(library)
    total = look_over(library, warn, FILES_READ_AT_START)
    address = claim(host, port)
    _allow_descriptors()
    os.environ.update(settings.to_environment())
    os.environ.setdefault("MALLOC_ARENA_MAX", str(MALLOC_ARENAS))
    server = _Server(
        "slideshow.commands.serve:app_of_worker",
        factory=True,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_SECONDS,
        log_level=LogLevels.warning,
        # HTTP/2 is the proxy's job. Here, it would allow headers of 16 MB, and connections
        # that never choose a protocol.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=HEADER_BYTES),
        backlog=WORKER_BACKLOG,
        backpressure=MAX_CONNECTIONS,
        blocking_threads=BLOCKING_THREADS,
        runtime_threads=RUNTIME_THREADS,
    )
    shown = f"[{host}]" if ":" in host else host
    count = "1 story" if total == 1 else f"{total} stories"

    def announce() -> None:
        wait_until_served(address, port)
        server.has_answered = True
        report(f"Serving {count} at http://{shown}:{port}/")
        _look_over_rest(library, warn)
        lookout.follow(warn, settings.refresh)

    server.on_startup(threading.Thread(target=announce, daemon=True).start)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("_granian").addFilter(_is_news)
    # A fork would copy locks held by our threads, and SIGTERM's handler.
    multiprocessing.set_start_method("spawn", force=True)
    server.serve()


def app_of_worker() -> WSGIApplication:
    """Create the app of a worker, which ends with the process that supervises the workers."""
    when_parent_is_gone(_end)
    for name in NAMED_BY_PARENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return create_app()


def _end() -> None:
    """Stop this process: by SIGTERM, or else by force."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(KILL_AFTER_SECONDS)
    os._exit(1)


def _is_news(record: logging.LogRecord) -> bool:
    # Granian warns about more threads than processors; ours wait, they don't compute.
    return "Python threads" not in record.getMessage()


def _look_over_rest(library: Library, warn: Say) -> None:
    """Warn about the problems that ``look_over`` left unchecked, while serving readers."""
    try:
        for problem in library.problems(FILES_READ_AT_START):
            warn(str(problem))
    except SlideshowError as error:  # the folder has been moved away
        warn(str(error))


def _allow_descriptors() -> None:
    """Raise the limit of open files, one for each connection, as far as the system permits."""
    with suppress(ImportError, OSError, ValueError):  # absent on Windows, strict on macOS
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def claim(host: str, port: int) -> str:
    """Resolve a host name to an address at which something can listen on ``port``.

    Raises SlideshowError if there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        address = str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        if "%" in address:
            raise ValueError(address)  # a scoped address, which Granian does not support
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (socket.gaierror, ValueError) as error:  # ValueError: names impossible in DNS
        raise SlideshowError(
            f"cannot listen on {host}: no such address", "give an address of this machine to --host"
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise SlideshowError(
            f"cannot listen on {host}:{port}: {reason}",
            ADVICE.get(error.errno or 0, "choose another --port"),
        ) from error
    return address


def wait_until_served(host: str, port: int) -> None:
    """Wait until a server at ``host`` and ``port`` responds, with any status."""
    while True:
        connection = HTTPConnection(host, port, timeout=1)
        try:
            connection.request("HEAD", "/healthz")
            connection.getresponse()
            return
        except (OSError, HTTPException):
            time.sleep(ASK_AGAIN_SECONDS)
        finally:
            connection.close()
