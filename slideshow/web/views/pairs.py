"""Two languages side by side, for learners and for translators who check their work."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from slideshow.story.keys import Place
from slideshow.story.model import Story
from slideshow.web.head import story_page
from slideshow.web.long_stories import (
    LEAD_CHARACTERS,
    further_contents,
    further_whole_head,
    whole_page,
)
from slideshow.web.lookup import find_story
from slideshow.web.paging import story_part
from slideshow.web.services import services
from slideshow.web.texts import entitled

Pair = tuple[str, str]

blueprint = Blueprint("pairs", __name__)


@blueprint.get("/<pair:pair>/<slug>/")
def cover(pair: Pair, slug: str) -> str:
    """Show a story's title and contents in two languages."""
    story, other = find_pair(slug, pair)
    about = story.summary()
    page = story_page(story, "slides.cover", (), about, other=other.language)
    leads = [each.summary(LEAD_CHARACTERS) for each in (story, other)]
    part = story_part(1, story.total)
    return render_template(
        "pairs/cover.html", page=page, story=story, other=other, leads=leads, part=part
    )


@blueprint.get("/<pair:pair>/<slug>/contents-<position:number>.html")
def contents(pair: Pair, slug: str, number: int) -> str:
    """Show a further page of a long story's contents in two languages."""
    story, other = find_pair(slug, pair)
    return further_contents(story, number, other)


@blueprint.get("/<pair:pair>/<slug>/<slide:slide>/")
def slide(pair: Pair, slug: str, slide: Place) -> str:
    """Show one slide in two languages."""
    story, other = find_pair(slug, pair)
    position = slide.position
    shown, twin = story.slide(position), other.slide(position)
    if shown is None or twin is None:
        raise NotFound
    page = story_page(
        story,
        "slides.slide",
        (entitled(shown),),
        story.summary_of(shown),
        other=other.language,
        position=position,
    )
    return render_template(
        "pairs/slide.html",
        page=page,
        story=story,
        other=other,
        slide=shown,
        twin=twin,
        position=position,
    )


@blueprint.get("/<pair:pair>/<slug>/all/")
def whole(pair: Pair, slug: str) -> str:
    """Show the whole story, or the first page of a very long one, in two languages."""
    story, other = find_pair(slug, pair)
    page = story_page(story, "slides.whole", (), story.summary(), other=other.language)
    return whole_page(story, page, 1, other=other)


@blueprint.get("/<pair:pair>/<slug>/all-<position:number>.html")
def further_whole(pair: Pair, slug: str, number: int) -> str:
    """Show a further page of a very long story in two languages."""
    story, other = find_pair(slug, pair)
    return whole_page(story, further_whole_head(story, number, other.language), number, other=other)


def find_pair(slug: str, pair: Pair) -> tuple[Story, Story]:
    """Find a story in two languages with the same slides; or raise NotFound, NotOffered."""
    first, other = pair
    if services().settings.pairs == "none":
        raise NotFound
    return find_story(slug, first), find_story(slug, other)
