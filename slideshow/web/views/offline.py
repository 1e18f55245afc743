"""Reading without a network: the worker that keeps stories, and the page for what it has not."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, render_template, url_for

from slideshow.web.assets import send
from slideshow.web.services import services

blueprint = Blueprint("offline", __name__)


@blueprint.get("/sw.js")
def worker() -> Response:
    """Serve the worker, whose scope is the site; or one that takes an earlier worker back."""
    name = "worker.js" if is_on(current_app) else "js/worker-off.js"
    return send(services().assets.by_name[name])


@blueprint.get("/<language>/offline.html")
def missing(language: str) -> str:
    """Show what stands for a page that was never opened."""
    return render_template("offline.html")


def is_on(app: Flask) -> bool:
    """Tell whether stories are kept: never while one writes, who wants to see what is saved."""
    settings = services(app).settings
    return settings.offline and not settings.reload


def install(app: Flask) -> None:
    """Serve both, and make the worker's address known to the templates, None where it is off."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["worker"] = lambda: url_for("offline.worker") if is_on(app) else None
