"""The pages that readers click through: shelf, cover, slides, whole story."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from slideshow.story.keys import Place
from slideshow.web.head import cover_page, icon, site_page, slide_page, story_page
from slideshow.web.json_ld import (
    describe_site,
    describe_slide,
    describe_story,
    describe_story_and_slides,
)
from slideshow.web.long_stories import (
    LEAD_CHARACTERS,
    further_contents,
    further_whole_head,
    whole_page,
)
from slideshow.web.lookup import find_slide, find_story, library, preferred_language
from slideshow.web.paging import story_part
from slideshow.web.routing import absolute
from slideshow.web.search import MAX_CHARACTERS
from slideshow.web.search import search as results_of
from slideshow.web.shelf import others, shelf_page

blueprint = Blueprint("slides", __name__)


@blueprint.get("/")
def start() -> Response:
    """Redirect to the shelf in the reader's language: the only URL that negotiates."""
    response = redirect(url_for("slides.shelf", language=preferred_language()), 303)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/index.html")
def languages() -> str:
    """Offer the languages: a static host shows this at ``/``, where it cannot negotiate."""
    return render_template(
        "slides/languages.html",
        languages=library().languages(),
        canonical=absolute(url_for("slides.start")),
        image=icon(),
    )


@blueprint.get("/<language>/")
def shelf(language: str) -> str:
    """List the stories, each in its own language if it lacks the page's."""
    title = g.interface.gettext("Stories")
    page = site_page(language, str(title), "slides.shelf")
    return render_template(
        "slides/shelf.html",
        page=page,
        title=title,
        shelf=shelf_page(language, 1),
        data=describe_site(page),
    )


@blueprint.get("/<language>/page-<position:number>.html")
def further(language: str, number: int) -> str:
    """List further stories: page ``number`` of the shelf, from 2."""
    shelf = shelf_page(language, number)
    if number not in shelf.part.further:
        raise NotFound
    title = g.interface.gettext("Stories, page %(number)s", number=number)
    page = site_page(language, str(title), "slides.further", number=number)
    return render_template("slides/shelf.html", page=page, title=title, shelf=shelf)


@blueprint.get("/<language>/search")
def search(language: str) -> str | Response:
    """List the slides with the words ``q``, by story."""
    words = request.args.get("q", "").strip()[:MAX_CHARACTERS]
    if not words:
        return redirect(url_for("slides.shelf", language=language), 303)
    title = g.interface.gettext("Search results for “%(words)s”", words=words)
    page = site_page(language, str(title), "slides.search", q=words)
    results = results_of(language, words)
    return render_template("slides/search.html", page=page, title=title, results=results)


@blueprint.get("/<language>/<slug>/")
def cover(language: str, slug: str) -> str:
    """Show a story's title and contents."""
    story = find_story(slug, language)
    page = cover_page(story)
    return render_template(
        "slides/cover.html",
        page=page,
        story=story,
        lead=story.summary(LEAD_CHARACTERS),
        part=story_part(1, story.total),
        data=describe_story_and_slides(story, page),
    )


@blueprint.get("/<language>/<slug>/contents-<position:number>.html")
def contents(language: str, slug: str, number: int) -> str:
    """Show a further page of a long story's contents, whose first page is on the cover."""
    return further_contents(find_story(slug, language), number)


@blueprint.get("/<language>/<slug>/<slide:slide>/")
def slide(language: str, slug: str, slide: Place) -> str:
    """Show one slide of a story."""
    story, position = find_story(slug, language), slide.position
    shown = find_slide(story, position)
    page = slide_page(story, position)
    return render_template(
        "slides/slide.html",
        page=page,
        story=story,
        slide=shown,
        position=position,
        others=others(story) if position == story.total else (),
        data=describe_slide(story, shown, position, page),
    )


@blueprint.get("/<language>/<slug>/all/")
def whole(language: str, slug: str) -> str:
    """Show the whole story, or the first page of a very long one, to read on or to print."""
    story = find_story(slug, language)
    page = story_page(story, "slides.whole", (), story.summary())
    return whole_page(story, page, 1, data=describe_story(story, page))


@blueprint.get("/<language>/<slug>/all-<position:number>.html")
def further_whole(language: str, slug: str, number: int) -> str:
    """Show a further page of a very long story."""
    story = find_story(slug, language)
    return whole_page(story, further_whole_head(story, number), number)
