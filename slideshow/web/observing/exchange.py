"""A request with its response, as observers see it, and the middleware that shows it to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CACHE = "slideshow.cache"  # in the environment: "hit" or "miss" of the page cache
KEPT = "slideshow.kept"  # in the environment, after a miss: pages kept, and their bytes
# Of a path, as RFC 3986 has it; WSGI passes the others on decoded.
PATH_CHARACTERS = "/:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the head of its response.

    ``time`` is when it came, in seconds since 1970, and ``seconds`` the wait until the response
    began. ``size`` is the length of its body in bytes, None if that is unknown.
    """

    environ: WSGIEnvironment
    path: str
    status: int
    size: int | None
    time: float
    seconds: float

    def header(self, name: str) -> str:
        """Look up a header of the request; empty if it was not sent."""
        value: str = self.environ.get(f"HTTP_{name.upper().replace('-', '_')}", "")
        return value

    @property
    def method(self) -> str:
        """The method of the request."""
        method: str = self.environ["REQUEST_METHOD"]
        return method

    @property
    def client(self) -> str:
        """The address of the client, from trusted proxies too; empty behind a Unix socket."""
        address: str = self.environ.get("REMOTE_ADDR", "")
        return address


Observer = Callable[[Exchange], None]


class Observed:
    """Middleware that shows each exchange of ``app`` to observers, outside all other layers."""

    def __init__(self, app: WSGIApplication, observers: Sequence[Observer]) -> None:
        self._app = app
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request, then call the observers."""
        # Inner layers change both parts.
        path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
        came, start = time.time(), time.perf_counter()
        head: list[Any] = ["500", []]

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            head[:] = status, headers
            return start_response(status, headers, exc_info)

        body = self._app(environ, note)
        status, headers = head
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        exchange = Exchange(
            environ,
            quote(path, safe=PATH_CHARACTERS, encoding="latin-1"),
            int(status[:3]),
            _size(environ["REQUEST_METHOD"], lengths),
            came,
            time.perf_counter() - start,
        )
        for observe in self._observers:
            observe(exchange)
        return body


def _size(method: str, lengths: Sequence[str]) -> int | None:
    if method == "HEAD":
        return 0
    return int(lengths[0]) if lengths else None
