"""The web app manifest, with which phones and computers install the site as an app."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, g, json, url_for

from slideshow.story.languages import direction_of
from slideshow.web.services import services

PAPER = {"light": "#fdfbf8", "dark": "#171513"}  # --paper of tokens.css, for files without CSS
ICONS = (192, 512)

blueprint = Blueprint("manifest", __name__)


@blueprint.get("/<language>/manifest.webmanifest")
def manifest(language: str) -> Response:
    """Describe the site as an app (W3C Web Application Manifest), which starts at the shelf."""
    settings = services().settings
    root = url_for("slides.start")
    described = {
        "name": settings.site_name,
        "short_name": settings.site_name,
        "lang": language,
        "dir": direction_of(language),
        "id": root,
        "scope": root,
        "start_url": url_for("slides.shelf", language=language),
        "display": "minimal-ui",
        "background_color": PAPER["light"],
        "theme_color": PAPER["light"],
        "description": str(g.interface.gettext("Articles told in slides.")),
        "icons": [_icon(size, use) for size in ICONS for use in ("any", "maskable")],
    }
    return Response(json.dumps(described), mimetype="application/manifest+json")


def install(app: Flask) -> None:
    """Serve the manifest, and add ``paper`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["paper"] = PAPER


def _icon(size: int, use: str) -> dict[str, Any]:
    assets = services().assets
    address = assets.by_name[f"icon-{size}.png"].address
    return {
        "src": url_for("assets.static", address=address),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": use,
    }
