"""Slides inside other pages: the frame, and the script that puts it there."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from slideshow.web.finding import find_slide, find_story, one_spelling
from slideshow.web.page import absolute, story_page, summary

THEMES = ("light", "dark")  # without one of them, the reader's own

blueprint = Blueprint("embed", __name__)
blueprint.before_request(one_spelling)


@blueprint.get("/embed/<language>/<slug>/<position:position>/")
def frame(language: str, slug: str, position: int) -> str:
    """Show one slide of a story as a frame in another page."""
    story = find_story(slug, language)
    slide = find_slide(story, position)
    theme = request.args.get("theme")
    page = story_page(
        story,
        "embed.frame",
        (slide.headline,),
        summary(slide.paragraphs, story),
        position=position,
        theme=theme if theme in THEMES else None,
    )
    at = url_for("slides.slide", language=story.language, slug=slug, position=position)
    return render_template(
        "embed/frame.html",
        page=page,
        story=story,
        slide=slide,
        position=position,
        address=absolute(at),
        is_frame=True,
    )
