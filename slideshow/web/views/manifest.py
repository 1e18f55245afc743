"""The web app manifest, with which phones and computers install the site as an app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Flask, Response, g, json, url_for

from slideshow.story.languages import direction_of
from slideshow.web.assets import Asset
from slideshow.web.services import services

PAPER = {"light": "#fdfbf8", "dark": "#171513"}  # --paper of tokens.css, for files without CSS
ICONS = (192, 512)

blueprint = Blueprint("manifest", __name__)


@blueprint.get("/<language>/manifest.webmanifest")
def manifest(language: str) -> Response:
    """Describe the site as an app (W3C Web Application Manifest), which starts at the shelf."""
    settings = services().settings
    paper = services().branding.paper or PAPER
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
        "background_color": paper["light"],
        "theme_color": paper["light"],
        "description": str(g.interface.gettext("Articles told in slides.")),
        "icons": [*_icons()],
    }
    return Response(json.dumps(described), mimetype="application/manifest+json")


def install(app: Flask) -> None:
    """Serve the manifest, and add ``paper`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["paper"] = PAPER


def _icons() -> Iterator[dict[str, Any]]:
    """Yield the icons of the site: those of its brand, which may fill their square, else ours."""
    branding = services().branding
    if branding.icon:
        yield _icon(branding.icon, "any", "any")
        return
    ours = services().assets.by_name
    for size in ICONS:
        own = branding.icons.get(size)
        for use in ("any",) if own else ("any", "maskable"):
            yield _icon(own or ours[f"icon-{size}.png"], f"{size}x{size}", use)


def _icon(asset: Asset, sizes: str, use: str) -> dict[str, Any]:
    address = url_for("assets.static", address=asset.address)
    return {"src": address, "sizes": sizes, "type": asset.type, "purpose": use}
