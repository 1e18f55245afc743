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
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from slideshow.commands.preflight import Say, library_of, look_over
from slideshow.commands.processes import when_parent_is_gone
from slideshow.errors import SlideshowError
from slideshow.library.bucket import copy_of
from slideshow.library.filecache import MOST_WAITING, cache_folder
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.views.cards import faces_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# What mends it that nothing can listen.
ADVICE = {
    errno.EADDRINUSE: "stop the other program, or choose another --port",
    errno.EADDRNOTAVAIL: "give an address of this machine to --host",
    errno.EACCES: "choose a --port above 1023",
}

BLOCKING_THREADS = MOST_WAITING + 4  # that run Python, in each worker; four for whoever reads
# That read and write: while one hands a request over, the other answers. An eighth more a second.
RUNTIME_THREADS = min(2, os.cpu_count() or 1)
ASKED_AGAIN = 0.01  # seconds
# A worker told to stop while it is just starting may not hear it. In seconds.
KILLED_AFTER = 10

AT_START = 50  # articles and catalogues that are read before the server starts


def serve(
    settings: Settings, host: str, port: int, workers: int, *, report: Say, warn: Say
) -> None:
    """Serve until stopped; ``report`` gets the address, ``warn`` each problem of the library.

    Raises SlideshowError if nothing can be served: no story, a broken catalogue, two stories
    with one slug, a port in use, a setting that names a file or folder of no use.
    """
    bucket = copy_of(settings.stories)
    if bucket:
        # One copy for all workers, which read it as they read any folder.
        settings = replace(settings, stories=str(bucket.place))
        bucket.follow(settings.bucket_refresh)
    # One for all workers too, who could say no more than a traceback of what they can't use.
    settings = replace(settings, filecache_folder=str(cache_folder(settings.filecache_folder)))
    faces_of(settings)
    library = library_of(settings)
    total = look_over(library, warn, AT_START)
    claim(host, port)
    os.environ.update(settings.to_environment())
    server = Granian(
        "slideshow.commands.serve:app_of_worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=KILLED_AFTER,
        log_level=LogLevels.warning,
        blocking_threads=BLOCKING_THREADS,
        runtime_threads=RUNTIME_THREADS,
    )
    shown = f"[{host}]" if ":" in host else host
    count = "1 story" if total == 1 else f"{total} stories"

    def announce() -> None:
        wait_until_served(host, port)
        report(f"Serving {count} at http://{shown}:{port}/")
        _look_over_rest(library, warn)

    server.on_startup(threading.Thread(target=announce, daemon=True).start)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("_granian").addFilter(_is_news)
    # A fork would copy the locks that our threads hold just then, and SIGTERM's handler.
    multiprocessing.set_start_method("spawn", force=True)
    server.serve()


def app_of_worker() -> WSGIApplication:
    """Give the app of a worker, which ends with the process that minds the workers."""
    when_parent_is_gone(_end)
    return create_app()


def _end() -> None:
    """End this process: as it is told to, or else by force."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(KILLED_AFTER)
    os._exit(1)


def _is_news(record: logging.LogRecord) -> bool:
    # Granian takes more threads than processors for a mistake; ours wait, they don't compute.
    return "Python threads" not in record.getMessage()


def _look_over_rest(library: Library, warn: Say) -> None:
    """Warn of the problems that ``look_over`` left for later, while the readers are served."""
    for problem in library.problems(AT_START):
        warn(str(problem))


def claim(host: str, port: int) -> None:
    """Raise SlideshowError if nothing can listen at ``host`` and ``port``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except socket.gaierror as error:
        raise SlideshowError(
            f"cannot listen at {host}: no such address", "give an address of this machine to --host"
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise SlideshowError(
            f"cannot listen at {host}:{port}: {reason}",
            ADVICE.get(error.errno or 0, "choose another --port"),
        ) from error


def wait_until_served(host: str, port: int) -> None:
    """Wait until a server at ``host`` and ``port`` answers, whatever it says."""
    while True:
        connection = HTTPConnection(host, port, timeout=1)
        try:
            connection.request("HEAD", "/healthz")
            connection.getresponse()
            return
        except (OSError, HTTPException):
            time.sleep(ASKED_AGAIN)
        finally:
            connection.close()
