"""The processes of a command: those that it starts, and their signals."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

# A worker may miss a stop signal while it is starting. In seconds.
KILL_AFTER_SECONDS = 10
SHARED_FOLDER = "_SLIDESHOW_SHARED"  # a variable for workers: a folder of the server's own


def when_parent_is_gone(act: Callable[[], None]) -> None:
    """Call ``act``, in a thread, once the process that started this one has ended.

    A killed process cannot notify its children. Never acts if there is no parent process.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        act()

    threading.Thread(target=wait, daemon=True).start()


def wake_main_thread_on_signals() -> None:
    """Let the main thread, where Python's signal handlers run, wake for every signal.

    The system may deliver a signal to any thread, and right after SIGCONT it does. A main thread
    that waits for a lock would then never learn of it.
    """
    if sys.platform == "win32":
        return
    main = threading.main_thread()
    assert main.ident is not None
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGURG, lambda *_: None)  # ends the wait, so that other handlers run

    def relay(thread: int) -> None:
        while True:
            if set(os.read(reader, 64)) - {signal.SIGURG}:
                signal.pthread_kill(thread, signal.SIGURG)

    threading.Thread(target=relay, args=(main.ident,), daemon=True).start()


def ready_mark(process: int) -> Path:
    """Return the path of the file that a worker makes once it can answer."""
    return Path(os.environ[SHARED_FOLDER], str(process))


def kept_settings() -> Path:
    """Return the path of the copy of the last good ``slideshow.toml``, for starting workers."""
    return Path(os.environ[SHARED_FOLDER], "slideshow.toml")
