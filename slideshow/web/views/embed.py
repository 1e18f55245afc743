"""Slides inside other pages: the frame, and the script that inserts it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request

from slideshow.story.model import Story
from slideshow.web.assets import send
from slideshow.web.head import frame_page, story_page
from slideshow.web.lookup import find_slide, find_story, library
from slideshow.web.routing import FRAMES
from slideshow.web.services import services
from slideshow.web.texts import entitled

THEMES = ("light", "dark")  # the default is the reader's own

blueprint = Blueprint("embed", __name__)


@blueprint.get(f"{FRAMES}<language>/<slug>/<position:position>/")
def frame(language: str, slug: str, position: int) -> str:
    """Show one slide of a story as a frame in another page."""
    story = find_story(slug, language)
    theme = request.args.get("theme")
    page = frame_page(story, position, theme if theme in THEMES else None)
    return render_template(
        "embed/frame.html",
        page=page,
        story=story,
        slide=find_slide(story, position),
        position=position,
        is_frame=True,
    )


@blueprint.get("/<language>/<slug>/<position:position>/embed/")
def dialog(language: str, slug: str, position: int) -> str:
    """Offer code to paste into another page: the dialog of a slide, as a page."""
    story = find_story(slug, language)
    slide = find_slide(story, position)
    about = story.summary_of(slide)
    page = story_page(story, "embed.dialog", (entitled(slide),), about, position=position)
    titles = [(tag, each.title.plain()) for tag, each in in_every_language(story)]
    return render_template(
        "embed/dialog.html", page=page, story=story, position=position, titles=titles
    )


def in_every_language(story: Story) -> Iterator[tuple[str, Story]]:
    """Yield each language's tag, with the story in that language."""
    for tag in library().languages_of(story):
        yield tag, find_story(story.slug, tag)


@blueprint.get("/embed.js")
def script() -> Response:
    """Serve the script for host pages, at an address that never changes."""
    return send(services().assets.by_name["embed.js"])
