"""A page for machines that ask whether this copy can serve."""

from __future__ import annotations

from flask import Blueprint, Response

from slideshow.web.lookup import library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Answer 200 while the library can be read, 503 otherwise.

    With a bucket that cannot be reached, what is known is served and the answer is 503 too.
    """
    if library().is_readable:
        return Response("ok\n", mimetype="text/plain")
    return Response("the stories cannot be read\n", 503, mimetype="text/plain")
