"""Preview: saved changes show at once, and mistakes as a message over the page.

The page polls for changes. A stream would show them an instant earlier, but block one of the
server's threads for every open page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flask import Blueprint, Flask, Response, g, jsonify, request
from werkzeug.exceptions import NotFound

from slideshow.errors import Problem, SlideshowError
from slideshow.library.freshness.changes import version_of
from slideshow.web.lookup import library
from slideshow.web.routing import match
from slideshow.web.services import services

blueprint = Blueprint("reload", __name__)


@blueprint.get("/reload.json")
def state() -> Response:
    """Return the version of the content, and the problems of the page at ``path``."""
    problems = [str(problem) for problem in _problems(request.args.get("path", ""))]
    return jsonify(version=_version(), problems=list(dict.fromkeys(problems)))


def _problems(path: str) -> Iterator[Problem]:
    yield from services().own_templates.broken.values()
    slug = _slug(path.removeprefix(request.root_path))
    if slug is None:
        yield from library().listing_problems()
    else:
        yield from library().site_problems()
        yield from library().problems_of(slug)


def _slug(path: str) -> str | None:
    with suppress(NotFound):
        _, values = match(path)
        return values.get("slug")
    return None


def _version() -> str | None:
    try:
        return version_of((library().place, library().translations))
    except SlideshowError:
        return None


def _note_version() -> None:
    # Before anything is read, so that the page notices changes made meanwhile.
    g.version = _version() or ""


def install(app: Flask) -> None:
    """Add polling for saved changes to the pages."""
    app.before_request(_note_version)
    app.register_blueprint(blueprint)
