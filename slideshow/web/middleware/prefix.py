"""The path below which the whole site is mounted, if a proxy does not send it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class Prefix:
    """Middleware that uses the path of the base URL as the app's mount point.

    Some proxies keep that path and some strip it, and few tell the app: both work. A mount point
    from the server or ``X-Forwarded-Prefix`` takes precedence.
    """

    def __init__(self, app: WSGIApplication, base_url: str) -> None:
        self._app = app
        self._prefix = unquote(urlsplit(base_url).path, "latin-1").rstrip("/")  # in WSGI's encoding

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request with the prefix in ``SCRIPT_NAME`` instead of ``PATH_INFO``."""
        if self._prefix and not environ.get("SCRIPT_NAME"):
            path = environ["PATH_INFO"]
            environ["SCRIPT_NAME"] = self._prefix
            if path == self._prefix or path.startswith(f"{self._prefix}/"):
                environ["PATH_INFO"] = path.removeprefix(self._prefix)
        return self._app(environ, start_response)
