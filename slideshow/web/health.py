"""A page for machines that ask whether this copy can serve."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from slideshow.library.stories import Library

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Answer 200 while the library can be read, 503 otherwise."""
    library: Library = current_app.extensions["library"]
    if library.slugs():
        return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
    return Response("no story can be read\n", 503, mimetype="text/plain")
