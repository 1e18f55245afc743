"""The oEmbed 1.0 provider (https://oembed.com), which a CMS asks about a pasted address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, url_for
from werkzeug.exceptions import NotFound

from slideshow.story.model import Story
from slideshow.web.canonical import current
from slideshow.web.head import Image, Page, cover_page, frame_page, slide_page
from slideshow.web.lookup import find_story, position_of
from slideshow.web.routing import absolute, match
from slideshow.web.services import services
from slideshow.web.xml import printable

TYPES = {"json": "application/json", "xml": "text/xml"}
SHOWN = (
    *(f"{kind}.{view}" for kind in ("slides", "pairs") for view in ("cover", "slide", "whole")),
    "embed.frame",
    "embed.dialog",
    "embed.former_dialog",
)
WIDTH, HEIGHT = 600, 480  # pixels, unless the consumer's limit is lower
MIN_FLUID_WIDTH = 320  # pixels: a wider frame must shrink with its column on a phone

blueprint = Blueprint("oembed", __name__)


@blueprint.get("/oembed")
def oembed() -> Response:
    """Describe the frame of the address ``url``: 400 without one, 404 for a foreign one.

    The status for another format, 501, comes from the specification, section 2.3.3.
    """
    asked = request.args.get("format", "json")
    if asked not in TYPES:
        abort(501)
    story, position = find(request.args.get("url") or abort(400))
    answer = describe(story, position)
    written = as_xml(answer) if asked == "xml" else current_app.json.dumps(answer)
    return Response(written, mimetype=TYPES[asked])


def find(url: str) -> tuple[Story, int | None]:
    """Find the story that an address of the site shows, and the position if it is of one slide.

    Of two languages side by side, the first counts. Raises NotFound for any other address.
    """
    site = urlsplit(absolute(url_for("slides.start")))
    try:
        asked = urlsplit(url)
        path = unquote(asked.path).rstrip("/") + "/"
        if asked[:2] != site[:2] or not path.startswith(site.path) or "//" in path:
            raise NotFound
        endpoint, values = match(path[len(site.path) - 1 :])
    except ValueError as error:
        raise NotFound from error
    if endpoint not in SHOWN:
        raise NotFound
    endpoint, values = current(endpoint, values)
    asked_for = values["pair"] if "pair" in values else (values["language"],)
    story, *_ = (find_story(values["slug"], language) for language in asked_for)
    if endpoint == "embed.dialog":
        place = values.get("slide") or dict(parse_qsl(asked.query)).get("slide", "")
        return story, position_of(story, place)
    return story, values["slide"].position if "slide" in values else None


def describe(story: Story, position: int | None) -> dict[str, str | int]:
    """Describe a frame within ``maxwidth`` and ``maxheight``."""
    settings = services().settings
    page = slide_page(story, position) if position else cover_page(story)
    width, height = at_most("maxwidth", WIDTH), at_most("maxheight", HEIGHT)
    html = render_template(
        "embed/_oembed.html",
        page=page,
        src=frame_page(story, position or 1).canonical,
        width="100%" if width > MIN_FLUID_WIDTH else width,
        height=height,
    )
    author = {"author_name": story.details.author} if story.details.author else {}
    return {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        **author,
        "provider_name": settings.site_name,
        "provider_url": absolute(url_for("slides.start")),
        "cache_age": 3600,
        **thumbnail(page.image),
        "width": width,
        "height": height,
        "html": html.strip(),
    }


def at_most(name: str, default: int) -> int:
    """Limit a length in pixels by the argument ``name``; an invalid argument is ignored."""
    value = request.args.get(name, "")
    return min(int(value), default) if re.fullmatch("[1-9][0-9]{0,5}", value) else default


def thumbnail(image: Image) -> dict[str, str | int]:
    """Describe the picture of the slide: all three fields, or none.

    The frame's limits apply to it too; the icon of the site would be no use.
    """
    limits = at_most("maxwidth", image.width), at_most("maxheight", image.height)
    if not image.is_large or limits != (image.width, image.height):
        return {}
    return {
        "thumbnail_url": image.address,
        "thumbnail_width": image.width,
        "thumbnail_height": image.height,
    }


def as_xml(answer: dict[str, str | int]) -> bytes:
    """Format the response as XML, without the few characters that XML 1.0 forbids."""
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = printable(str(value))
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def discovery(page: Page) -> list[tuple[str, str]]:
    """List the media type and address of each response about a page, for its head."""
    return [
        (f"{kind}+oembed", absolute(url_for("oembed.oembed", url=page.canonical, format=name)))
        for name, kind in TYPES.items()
    ]


def install(app: Flask) -> None:
    """Serve ``/oembed``, and add its discovery links to the heads of pages."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["discovery"] = discovery
