"""Truncates headers with lists before anything parses them."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Headers that we or Werkzeug parse item by item.
LISTS = ("HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")
MAX_LIST_CHARACTERS = 2000  # browsers send some forty


class LongHeaders:
    """Middleware that keeps the first items of a long header and drops the others.

    A list of a megabyte would take seconds to parse, and only its first items matter.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request with each list cut after its last item within the limit."""
        for name in LISTS:
            if name in environ and len(environ[name]) > MAX_LIST_CHARACTERS:
                environ[name] = environ[name][:MAX_LIST_CHARACTERS].rpartition(",")[0]
        return self._app(environ, start_response)
