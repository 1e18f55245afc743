"""A page for monitoring, which checks whether this copy can serve."""

from __future__ import annotations

from flask import Blueprint, Response

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
