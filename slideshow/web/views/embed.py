"""Slides inside other pages: the frame, and the script that inserts it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request

from slideshow.story.keys import Place
from slideshow.story.model import Story
from slideshow.web.assets import send
from slideshow.web.head import frame_page, story_page
from slideshow.web.lookup import find_slide, find_story, library
from slideshow.web.routing import FRAMES
from slideshow.web.services import services
from slideshow.web.texts import entitled

THEMES = ("light", "dark")  # the default is the reader's own

blueprint = Blueprint("embed", __name__)


@blueprint.get(f"{FRAMES}<language>/<slug>/<slide:slide>/")
def frame(language: str, slug: str, slide: Place) -> str:
    """Show one slide of a story as a frame in another page."""
    story, position = find_story(slug, language), slide.position
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


@blueprint.get("/<language>/<slug>/<slide:slide>/embed/")
def dialog(language: str, slug: str, slide: Place) -> str:
    """Offer code to paste into another page: the dialog of a slide, as a page."""
    story, position = find_story(slug, language), slide.position
    shown = find_slide(story, position)
    about = story.summary_of(shown)
    page = story_page(story, "embed.dialog", (entitled(shown),), about, position=position)
    return render_template(
        "embed/dialog.html",
        page=page,
        story=story,
        position=position,
        editions=[*in_every_language(story)],
    )


def in_every_language(story: Story) -> Iterator[tuple[str, Story]]:
    """Yield each language's tag, with the story in that language."""
    for tag in library().languages_of(story):
        yield tag, find_story(story.slug, tag)


@blueprint.get("/embed.js")
def script() -> Response:
    """Serve the script for host pages, at an address that never changes."""
    return send(services().assets.by_name["embed.js"])
