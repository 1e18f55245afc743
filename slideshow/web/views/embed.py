"""Slides inside other pages: the frame, and the script that inserts it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.exceptions import NotFound

from slideshow.story.keys import Place
from slideshow.story.model import Story
from slideshow.web.head import frame_page, story_page
from slideshow.web.lookup import find_slide, find_story, library, position_of
from slideshow.web.paging import story_part
from slideshow.web.routing import FRAMES
from slideshow.web.sending import send
from slideshow.web.services import services
from slideshow.web.texts import entitled

THEMES = ("light", "dark")  # the default is the reader's own

blueprint = Blueprint("embed", __name__)


@blueprint.get(f"{FRAMES}<language>/<slug>/<slide:slide>/")
def frame(language: str, slug: str, slide: Place) -> str:
    """Show one slide of a story as a frame in another page."""
    story, position = find_story(slug, language), slide.position
    page = frame_page(story, position, asked_theme())
    return render_template(
        "embed/frame.html",
        page=page,
        story=story,
        slide=find_slide(story, position),
        position=position,
        is_frame=True,
    )


@blueprint.get(f"{FRAMES}<language>/<slug>/contents/")
def contents(language: str, slug: str) -> str:
    """List the slides of a story, as a frame in another page."""
    story = find_story(slug, language)
    page = story_page(story, "embed.contents", (), story.summary(), theme=asked_theme())
    part = story_part(1, story.total)
    return render_template("embed/contents.html", page=page, story=story, part=part)


def asked_theme() -> str | None:
    """Return the theme that the address asks for; None for the reader's own."""
    theme = request.args.get("theme")
    return theme if theme in THEMES else None


@blueprint.get("/<language>/<slug>/embed/")
def dialog(language: str, slug: str) -> str:
    """Offer code to paste into another page: the dialog of a story, as a page.

    ``slide`` in the query is the place of the slide to start at. A static host does not see it: a
    script reads it there.
    """
    story = find_story(slug, language)
    position = position_of(story, request.args.get("slide", ""))
    headline = (entitled(find_slide(story, position)),) if position else ()
    about = story.summary()
    page = story_page(story, "embed.dialog", headline, about, position=position)
    return render_template(
        "embed/dialog.html",
        page=page,
        story=story,
        position=position or 1,
        editions=[*in_every_language(story)],
        pinned=services().assets.by_name["embed.js"],
    )


@blueprint.get("/<language>/<slug>/<slide:slide>/embed/")
def former_dialog(language: str, slug: str, slide: Place) -> str:
    """Lead on from an address of before: ``canonical`` does."""
    raise NotFound


def in_every_language(story: Story) -> Iterator[tuple[str, Story]]:
    """Yield each language's tag, with the story in that language."""
    for tag in library().languages_of(story):
        yield tag, find_story(story.slug, tag)


@blueprint.get("/embed.js")
def script() -> Response:
    """Serve the script for host pages, at an address that never changes."""
    return send(services().assets.by_name["embed.js"])


@blueprint.get("/embed.<fingerprint>.js")
def pinned(fingerprint: str) -> Response:
    """Serve the script at an address that changes with its bytes, for pages that pin them."""
    asset = services().assets.by_name["embed.js"]
    if asset.address != f"embed.{fingerprint}.js":
        abort(404)
    return send(asset)
