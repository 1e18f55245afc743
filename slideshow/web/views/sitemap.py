"""The files for crawlers: robots.txt and the sitemap."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, abort, render_template, url_for

from slideshow.web.routing import absolute
from slideshow.web.sitemap import NAME, Sitemap, entries, parts, section

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/sitemap.xml")
def whole() -> Response:
    """Serve every page, or an index of several files if there are too many for one."""
    numbers = parts()
    if numbers:
        addresses = [absolute(url_for("sitemap.part", number=number)) for number in numbers]
        return _xml("sitemap_index.xml", addresses=addresses)
    found = section(1)
    return _xml("sitemap.xml", entries=entries(found) if found else ())


@blueprint.get("/sitemap-<position:number>.xml")
def part(number: int) -> Response:
    """Serve one of the files in the index."""
    found = section(number)
    if found is None or (number == 1 and section(2) is None):
        abort(404)
    return _xml("sitemap.xml", entries=entries(found))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Allow every robot, and point it to the sitemap."""
    text = render_template("robots.txt", sitemap=absolute(url_for("sitemap.whole")))
    return Response(text, mimetype="text/plain")


def _xml(template: str, **context: Any) -> Response:
    return Response(render_template(template, **context), mimetype="application/xml")


def install(app: Flask) -> None:
    """Serve the files."""
    app.register_blueprint(blueprint)
    app.extensions[NAME] = Sitemap(app)
