"""Error pages in the reader's language, without a word about our insides."""

from __future__ import annotations

import logging

from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from slideshow.errors import SlideshowError
from slideshow.library.filecache import BusyError
from slideshow.story.languages import tag_of
from slideshow.web.headers import is_frame
from slideshow.web.i18n import interface_in
from slideshow.web.lookup import library, preferred_language

logger = logging.getLogger(__name__)


def speak() -> None:
    """Choose the language of the page: the path's first part, else the reader's preference."""
    parts = request.path.split("/", 3)[1:3]
    if parts[0] == "embed":
        parts = parts[1:]
    tag = tag_of(parts[0].partition("+")[0]) if parts else None
    g.is_negotiated = tag not in library().languages()
    g.language = preferred_language() if g.is_negotiated else tag
    g.interface = interface_in(g.language)


def install(app: Flask) -> None:
    """Set the language of every request and answer every error with a page."""
    app.before_request(speak)
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(SlideshowError, unreadable)
    app.register_error_handler(BusyError, busy)


def show(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    """Give the page for an HTTP error, with the headers that belong to its status."""
    code = error.code or 500
    if "interface" not in g:
        speak()
    kept = ("allow", "retry-after", "location")
    headers = [pair for pair in error.get_headers() if pair[0].lower() in kept]
    page = render_template("error.html", error=error, code=code, is_frame=is_frame())
    return page, code, headers


def unreadable(error: SlideshowError) -> tuple[str, int, list[tuple[str, str]]]:
    """Give the page for an article or catalogue that was never read well; log the reason."""
    logger.error("%s", error)
    return show(InternalServerError())


def busy(_: BusyError) -> tuple[str, int, list[tuple[str, str]]]:
    """Give the page for what would keep readers waiting, with the seconds until the next try."""
    return show(ServiceUnavailable(retry_after=1))
