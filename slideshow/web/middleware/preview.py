"""Previews: a signed address below which one story is shown as it is written.

The whole site is below the address, so that every link of a preview stays in it. Nobody may keep
or index its pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from slideshow.library.publishing.publication import PREVIEWED
from slideshow.library.stories import Library
from slideshow.settings import Settings

PREFIX = "/preview/"
SALT = "preview"
# A page of a preview names the story in its address, which no other site needs to learn.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
DROPPED = ("ETag", "Last-Modified", "Vary", "Use-As-Dictionary")


class Preview:
    """A WSGI app that shows one story as it is written, below ``/preview/<signed>/``.

    ``app`` serves the site without a page cache; ``public`` serves every other request.
    """

    def __init__(
        self,
        public: WSGIApplication,
        app: WSGIApplication,
        settings: Settings,
        library: Library,
    ) -> None:
        self._public = public
        self._app = app
        self._settings = settings
        self._library = library

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle a request, in the state that its address allows to see."""
        path = environ["PATH_INFO"]
        if not self._settings.preview_secret or not path.startswith(PREFIX):
            return self._public(environ, start_response)
        signed, slash, rest = path.removeprefix(PREFIX).partition("/")
        slug = slug_of(signed, self._settings)
        if slug is None or not slash:
            return self._public(environ, start_response)
        if self._library.publication.is_as_written(slug):
            return Response(
                status=302,
                headers={
                    "Location": quote(
                        environ.get("SCRIPT_NAME", "") + "/" + rest, encoding="latin-1"
                    ),
                    **HEADERS,
                },
            )(environ, start_response)
        below = {
            **environ,
            "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + PREFIX + signed,
            "PATH_INFO": "/" + rest,
        }
        token = PREVIEWED.set(slug)
        try:
            chunks, status, headers = run_wsgi_app(self._app, below, buffered=True)
        finally:
            PREVIEWED.reset(token)
        for name in DROPPED:
            headers.pop(name, None)
        headers.update(HEADERS)
        start_response(status, list(headers))
        return chunks


def signed(slug: str, settings: Settings) -> str:
    """Sign the name of a story for the address of its preview."""
    return _serializer(settings).dumps(slug)


def slug_of(signed: str, settings: Settings) -> str | None:
    """Return the story of a signed address; None for an expired or a forged one."""
    try:
        found: Any = _serializer(settings).loads(signed, max_age=settings.preview_hours * 3600)
    except BadData:
        return None
    return found if isinstance(found, str) else None


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.preview_secret, salt=SALT)
