"""Small servers of the tests' own, for pages that are not ours."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def answering(
    handler: Callable[..., BaseHTTPRequestHandler], host: str = "127.0.0.1"
) -> Iterator[str]:
    """Yield the address of a server at which a handler answers, until the block ends."""
    made: Any = handler
    with ThreadingHTTPServer((host, 0), made) as server:
        server.daemon_threads = True  # a reader may have left in the middle of an answer
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{host}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
