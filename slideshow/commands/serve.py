"""Serves a library with Granian."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from slideshow.commands import logs, metrics
from slideshow.commands.listening import place_of
from slideshow.commands.lookout import Lookout
from slideshow.commands.preflight import FILES_READ_AT_START, Say, look_over
from slideshow.commands.processes import SHARED_FOLDER, kept_settings, wake_main_thread_on_signals
from slideshow.commands.server import Server
from slideshow.errors import SlideshowError, counted
from slideshow.library.cards.fonts import Face, faces_of
from slideshow.library.cards.undrawn import undrawn
from slideshow.library.counts import Counts
from slideshow.library.filecache import cache_folder
from slideshow.library.index.opening import index_of
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.library.temporary import temporary_folder
from slideshow.settings import Settings
from slideshow.web.owner.branding import branding_of
from slideshow.web.owner.scripts import own_scripts_of

logger = logging.getLogger(__name__)

# Memory arenas of a worker's threads (glibc): each keeps its own free memory. With one for each
# thread, a worker used a fifth more.
MALLOC_ARENAS = 2


def serve(settings: Settings, *, report: Say) -> None:
    """Serve until stopped; ``report`` gets the address, the log each problem of the library.

    Later problems are logged too, each once, whatever the number of workers. Raises SlideshowError
    if nothing can be served: no story, a port in use, or a setting with an unusable file or folder.
    """
    os.environ[SHARED_FOLDER] = str(temporary_folder())
    # All workers share one copy of a bucket, which they read like any folder.
    opened = open_library(settings, follows=True)
    kept_settings().write_bytes(opened.site.data)
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
    os.environ.setdefault("MALLOC_ARENA_MAX", str(MALLOC_ARENAS))
    # Granian's figures go out beside ours; it has none on Windows.
    has_granian_figures = figures_place is not None and sys.platform != "win32"
    granian_port = metrics.free_port() if has_granian_figures else 0
    server = Server(settings, place, granian_port)
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
