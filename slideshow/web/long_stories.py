"""The pages of a long story, whose contents and whole text are divided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, render_template
from werkzeug.exceptions import NotFound

from slideshow.story.model import Story
from slideshow.web.head import Page, story_page
from slideshow.web.paging import story_part

LEAD_CHARACTERS = 320  # of a cover's lead; a longer one is cut at a sentence


def further_contents(story: Story, number: int, other: Story | None = None) -> str:
    """Render page ``number`` of the contents, with ``other`` beside them; or raise NotFound."""
    part = story_part(number, story.total)
    if number not in part.further:
        raise NotFound
    heading = str(g.interface.gettext("Contents, page %(number)s", number=number))
    about = story.summary()
    second = other.language if other else None
    page = story_page(story, "slides.contents", (), about, other=second, number=number)
    return render_template(
        "slides/contents.html",
        page=replace(page, title=f"{heading} – {page.title}"),
        story=story,
        other=other,
        part=part,
        heading=heading,
    )


def further_whole_head(story: Story, number: int, other: str | None = None) -> Page:
    """Build the metadata of page ``number`` of a whole story, or raise NotFound."""
    if number not in story_part(number, story.total).further:
        raise NotFound
    heading = g.interface.gettext("Whole story, page %(number)s", number=number)
    about = story.summary()
    page = story_page(story, "slides.further_whole", (), about, other=other, number=number)
    return replace(page, title=f"{heading} – {page.title}")


def whole_page(story: Story, page: Page, number: int, **context: Any) -> str:
    """Render page ``number`` of a whole story, in two languages with ``other``."""
    folder = "pairs" if "other" in context else "slides"
    part = story_part(number, story.total)
    return render_template(f"{folder}/whole.html", story=story, page=page, part=part, **context)
