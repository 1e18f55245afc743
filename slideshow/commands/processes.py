"""The processes that a command starts."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable


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
