"""Feeds in each language: the shelf for feed readers, each story as a gallery for portals."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime

from flask import Blueprint, Flask, Response, g, render_template, url_for

from slideshow.library.pictures.formats import TYPES
from slideshow.story.model import Slide, Story
from slideshow.web.atom import feed_of, updated
from slideshow.web.head import Image, card
from slideshow.web.images import responsive_image
from slideshow.web.lists import ALL
from slideshow.web.lookup import find_story
from slideshow.web.routing import absolute
from slideshow.web.services import services
from slideshow.web.xml import printable

blueprint = Blueprint("feeds", __name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A slide in the gallery of its story: ``credit`` is plain text, or empty."""

    slide: Slide
    position: int
    image: Image
    credit: str


@blueprint.get("/<language>/feed.xml")
def shelf(language: str) -> Response:
    """Serve the newest stories of the site."""
    title = str(g.interface.gettext("Stories"))
    own, page = (url_for(each, language=language) for each in ("feeds.shelf", "slides.shelf"))
    newest = services().lists.newest.get((ALL, ""))
    return feed_of(newest, title, own, page)


@blueprint.get("/<language>/<slug>/feed.xml")
def gallery(language: str, slug: str) -> Response:
    """Serve a story's slides as Media RSS 1.5.1."""
    story = find_story(slug, language)
    text = render_template(
        "feeds/gallery.xml",
        story=story,
        items=[_item(story, *each) for each in enumerate(story.slides, 1)],
        first=services().names.first(story.slug),
        keys=services().addresses.lasting(story),
    )
    return Response(printable(text), mimetype="application/rss+xml")


def install(app: Flask) -> None:
    """Serve the feeds, and add their helpers to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters["updated"] = updated
    app.jinja_env.filters["mail_date"] = format_datetime  # RFC 822, the format of RSS


def _item(story: Story, position: int, slide: Slide) -> Item:
    settings = services().settings
    credit = story.details.author or settings.site_name
    picture = slide.picture
    file = responsive_image(story, picture.file) if picture else None
    if picture is None or file is None:
        headline = slide.name.plain()
        where = {"slug": story.slug, "slide": story.place(position)}
        return Item(slide, position, card(headline, "slide", story.language, **where), credit)
    type = TYPES[file.address.rpartition(".")[2]]
    alt = picture.alt.plain()
    image = Image(absolute(file.address), type, *file.size, alt)
    return Item(slide, position, image, picture.credit.value if picture.credit else credit)
