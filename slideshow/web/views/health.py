"""Pages for monitoring and for load balancers, which answer by any host name."""

from __future__ import annotations

from flask import Blueprint, Response

from slideshow.errors import SlideshowError
from slideshow.web.lookup import library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Respond with 200 while the library is readable, 503 otherwise.

    If a bucket is unreachable, the copied stories are served and the status is 503 too.
    """
    if library().is_readable:
        return Response("ok\n", mimetype="text/plain")
    return Response("the stories cannot be read\n", 503, mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Respond with 200 while there is any story to serve, if only the last known ones, else 503."""
    try:
        is_ready = bool(library().slugs())
    except SlideshowError:
        is_ready = False
    if is_ready:
        return Response("ready\n", mimetype="text/plain")
    return Response("no story can be served\n", 503, mimetype="text/plain")
