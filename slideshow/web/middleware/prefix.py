"""The path that the whole site stands below, where a proxy does not tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Prefix:
    """Middleware that takes the path of the base URL for the place where the app is mounted.

    Proxies pass that path on or take it off, and few say so: both are understood. Where the
    server or ``X-Forwarded-Prefix`` names a place already, that stands.
    """

    def __init__(self, app: WSGIApplication, base_url: str) -> None:
        self._app = app
        self._prefix = unquote(urlsplit(base_url).path, "latin-1").rstrip("/")  # as WSGI has it

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on with the prefix in ``SCRIPT_NAME`` and out of ``PATH_INFO``."""
        if self._prefix and not environ.get("SCRIPT_NAME"):
            path = environ["PATH_INFO"]
            environ["SCRIPT_NAME"] = self._prefix
            if path == self._prefix or path.startswith(f"{self._prefix}/"):
                environ["PATH_INFO"] = path.removeprefix(self._prefix)
        return self._app(environ, start_response)
