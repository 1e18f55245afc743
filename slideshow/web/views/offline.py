"""Offline reading: the worker that caches stories, and the page for uncached ones."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, render_template, url_for

from slideshow.library.publishing.publication import PREVIEWED
from slideshow.web.sending import send
from slideshow.web.services import services

blueprint = Blueprint("offline", __name__)


@blueprint.get("/sw.js")
def worker() -> Response:
    """Serve the worker, whose scope is the site; or one that removes an earlier worker."""
    name = "worker.js" if is_on(current_app) else "js/worker-off.js"
    return send(services().assets.by_name[name])


@blueprint.get("/<language>/offline.html")
def missing(language: str) -> str:
    """Show a placeholder for a page that was never opened."""
    return render_template("offline.html")


def is_on(app: Flask) -> bool:
    """Check whether stories are cached: never in preview mode, where authors need fresh pages."""
    settings = services(app).settings
    return settings.offline and not settings.reload


def install(app: Flask) -> None:
    """Serve both, and add the worker's address, or None if it is off, to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["worker"] = lambda: worker_of(app)


def worker_of(app: Flask) -> str | None:
    """Return the URL of the worker; None if it is off, or in a preview, which nobody may keep."""
    return url_for("offline.worker") if is_on(app) and not PREVIEWED.get() else None
