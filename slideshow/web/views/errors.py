"""Error pages in the reader's language, without internal details."""

from __future__ import annotations

import logging

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable
from werkzeug.wrappers import Response

from slideshow.errors import SlideshowError
from slideshow.library.filecache import BusyError
from slideshow.web.lookup import library, preferred_language, readable_stories
from slideshow.web.routing import is_frame, language_in
from slideshow.web.services import services

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 60  # the time in which an author can fix an article
REMEMBERED_REASONS = 1000


def speak() -> None:
    """Choose the language of the page: the path's first part, else the reader's preference."""
    tag = language_in(request.path)
    g.is_negotiated = tag not in library().languages()
    g.language = preferred_language() if g.is_negotiated else tag
    g.interface = services().interfaces.of(g.language)


def install(app: Flask) -> None:
    """Set the language of every request and render a page for every error."""
    app.before_request(speak)
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(NotFound, missing)
    app.register_error_handler(SlideshowError, unreadable)
    app.register_error_handler(BusyError, busy)
    app.register_error_handler(MemoryError, busy)


def missing(error: NotFound) -> Response | tuple[str, int, list[tuple[str, str]]]:
    """Lead the former path of a story on, from a site made by other means; else say it is gone.

    Nothing is said to be gone while stories are first read.
    """
    try:
        slug = services().names.at(request.path)
    except BusyError as reading:
        return busy(reading)
    story = next(readable_stories([slug], preferred_language()), None) if slug else None
    if story is None:
        return show(error)
    return redirect(url_for("slides.cover", language=story.language, slug=story.slug), 308)


def show(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    """Render the page for an HTTP error, with the headers that belong to its status."""
    code = error.code or 500
    if "interface" not in g:
        speak()
    kept = ("allow", "retry-after", "location")
    headers = [pair for pair in error.get_headers() if pair[0].lower() in kept]
    page = render_template("error.html", error=error, code=code, is_frame=is_frame())
    return page, code, headers


class UnreadableStory(ServiceUnavailable):
    """A story whose article is unreadable until its author fixes it."""

    is_unreadable_story = True


def unreadable(error: SlideshowError) -> tuple[str, int, list[tuple[str, str]]]:
    """Render the page of a story that was never readable; log each reason once."""
    reasons = services().reported
    if str(error) not in reasons:
        logger.error("%s", error)
    if len(reasons) >= REMEMBERED_REASONS:
        reasons.clear()
    reasons.add(str(error))
    return show(UnreadableStory(retry_after=RETRY_AFTER_SECONDS))


def busy(_: BusyError | MemoryError) -> tuple[str, int, list[tuple[str, str]]]:
    """Render the page for an overload, with the seconds until the next try."""
    return show(ServiceUnavailable(retry_after=1))
