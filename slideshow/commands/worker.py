"""A worker of the server: a process that answers readers."""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
import time
from wsgiref.types import WSGIApplication

from slideshow.commands import logs
from slideshow.commands.processes import (
    KILL_AFTER_SECONDS,
    kept_settings,
    ready_mark,
    wake_main_thread_on_signals,
    when_parent_is_gone,
)
from slideshow.library.index.index import Index
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.services import services

# Loggers of problems that the parent's lookout already reports, once for all workers.
NAMED_BY_PARENT = (
    "slideshow.library.catalogues",
    "slideshow.library.freshness",
    "slideshow.web.middleware.renewed",
    "slideshow.web.views.errors",
)


def app_of_worker() -> WSGIApplication:
    """Create the app of a worker, which ends with the process that supervises the workers."""
    when_parent_is_gone(_end)
    wake_main_thread_on_signals()
    settings = Settings.from_environment(os.environ)
    logs.configure(settings.log_format, settings.log_level)
    for name in NAMED_BY_PARENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app = create_app(kept=kept_settings())
    threading.Thread(target=_read, args=(services(app).index,), daemon=True).start()
    ready_mark(os.getpid()).touch()
    return app


def _read(index: Index) -> None:
    """Read the index, and exempt all that stays in memory from the collection of garbage."""
    gc.freeze()  # modules, which stay
    index.read()
    gc.freeze()  # the outlines of all stories


def _end() -> None:
    """Stop this process: by SIGTERM, or else by force."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(KILL_AFTER_SECONDS)
    os._exit(1)
