"""Serves the files of ``static/``, and adds their addresses to the templates."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, url_for
from markupsafe import Markup

from slideshow.web.assets import TYPES, Asset
from slideshow.web.sending import send
from slideshow.web.services import services

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/<path:address>")
def static(address: str) -> Response:
    """Serve a fingerprinted file."""
    part = services().branding.parts.get(address)
    if part:
        return Response(part.read(services().filecache), mimetype=TYPES["woff2"])
    found = services().assets.by_address.get(address)
    return send(found or services().site_files.get(address) or abort(404))


@blueprint.get("/favicon.ico")
@blueprint.get("/apple-touch-icon.png")
@blueprint.get("/apple-touch-icon-precomposed.png")
def icon() -> Response:
    """Serve the icon at the addresses that clients try without reading a page."""
    own = services().branding.icons.get(180)
    return send(own or services().assets.by_name["icon-180.png"])


def install(app: Flask) -> None:
    """Serve ``static/``; make ``asset(name)``, a URL, and ``style(name)`` known to templates.

    Pages hold their stylesheets, which the policy of every page passes: that saves the first
    headline a round trip.
    """
    assets = services(app).assets
    app.register_blueprint(blueprint)

    def asset(name: str) -> str:
        return url_for("assets.static", address=assets.by_name[name].address)

    def style(name: str) -> Markup:
        return assets.styles[name].element

    def site_file(found: Asset) -> str:
        return url_for("assets.static", address=found.address)

    app.jinja_env.globals.update(
        asset=asset, style=style, brand=services(app).branding, site_file=site_file
    )


def link_styles(app: Flask) -> None:
    """Let pages link to their stylesheets, where half of each page would be the same for all."""
    assets = services(app).assets

    def style(name: str) -> Markup:
        address = url_for("assets.static", address=assets.by_name[name].address)
        return Markup('<link rel="stylesheet" href="{}">').format(address)

    app.jinja_env.globals["style"] = style
