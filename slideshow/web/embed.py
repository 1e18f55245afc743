"""Slides inside other pages: the frame, and the script that puts it there."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from slideshow.story.model import Story
from slideshow.web.assets import Assets, send
from slideshow.web.finding import find_slide, find_story, one_spelling
from slideshow.web.page import Page, story_page, summary

THEMES = ("light", "dark")  # without one of them, the reader's own

blueprint = Blueprint("embed", __name__)
blueprint.before_request(one_spelling)


@blueprint.get("/embed/<language>/<slug>/<position:position>/")
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


def frame_page(story: Story, position: int, theme: str | None = None) -> Page:
    """Give the head of a frame, or raise NotFound."""
    slide = find_slide(story, position)
    return story_page(
        story,
        "embed.frame",
        (slide.headline,),
        summary(slide.paragraphs, story),
        position=position,
        theme=theme,
    )


@blueprint.get("/embed.js")
def script() -> Response:
    """Serve the script for host pages, at an address that never changes."""
    assets: Assets = current_app.extensions["assets"]
    return send(assets.by_name["embed.js"], max_age=3600)
