"""Two languages side by side, for learners and for translators who check their work."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

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
from slideshow.web.routing import known_tag
from slideshow.web.texts import entitled

Pair = tuple[str, str]

blueprint = Blueprint("pairs", __name__)


@blueprint.before_request
def one_spelling() -> Response | None:
    """Redirect ``/FR+en/`` to ``/fr+en/``, and a language beside itself to that language."""
    values = dict(request.view_args or {})
    asked = values.pop("pair")
    first, other = map(known_tag, asked)
    if first == other:
        view = str(request.endpoint).rpartition(".")[2]
        return redirect(url_for(f"slides.{view}", language=first, **values), 308)
    if (first, other) == asked:
        return None
    return redirect(url_for(str(request.endpoint), pair=(first, other), **values), 308)


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


@blueprint.get("/<pair:pair>/<slug>/<position:position>/")
def slide(pair: Pair, slug: str, position: int) -> str:
    """Show one slide in two languages."""
    story, other = find_pair(slug, pair)
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
    return find_story(slug, first), find_story(slug, other)
