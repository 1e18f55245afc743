"""Tags and series: a page and a feed of the stories that have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from slideshow.library.frontpage import in_series, ordered, with_tag
from slideshow.library.index.outline import Outline
from slideshow.story.keys import key_of
from slideshow.story.model import Story
from slideshow.web.head import site_page
from slideshow.web.newest import feed_of
from slideshow.web.services import services
from slideshow.web.shelf import group_page

TAGS, SERIES = "groups.tag", "groups.series"

blueprint = Blueprint("groups", __name__)


@blueprint.get("/<language>/tags/<name>.html")
def tag(language: str, name: str) -> str:
    """List the stories with a tag, the newest first."""
    return _page(language, TAGS, name, *_tagged(name))


@blueprint.get("/<language>/tags/<name>.xml")
def tag_feed(language: str, name: str) -> Response:
    """Serve the newest stories with a tag."""
    return _feed(language, TAGS, name, *_tagged(name))


@blueprint.get("/<language>/series/<name>.html")
def series(language: str, name: str) -> str:
    """List the stories of a series, in reading order."""
    return _page(language, SERIES, name, *_in_series(name))


@blueprint.get("/<language>/series/<name>.xml")
def series_feed(language: str, name: str) -> Response:
    """Serve the newest stories of a series."""
    return _feed(language, SERIES, name, *_in_series(name))


def _tagged(name: str) -> tuple[list[Outline], str]:
    found = with_tag(ordered(services().index), name)
    words = (each for outline in found for each in outline.tags if key_of(each) == name)
    return found, next(words, "")


def _in_series(name: str) -> tuple[list[Outline], str]:
    found = in_series(services().index, name)
    return found, next((each.series for each in found), "")


def _page(language: str, endpoint: str, name: str, outlines: Sequence[Outline], title: str) -> str:
    page = site_page(language, title, endpoint, name=name)
    feed = url_for(f"{endpoint}_feed", language=language, name=name)
    shelf = group_page(outlines, language)
    return render_template("slides/shelf.html", page=page, shelf=shelf, feed=feed)


def _feed(
    language: str, endpoint: str, name: str, outlines: Sequence[Outline], title: str
) -> Response:
    if not outlines:
        raise NotFound
    where: dict[str, Any] = {"language": language, "name": name}
    return feed_of(
        outlines, title, url_for(f"{endpoint}_feed", **where), url_for(endpoint, **where)
    )


def groups_of(story: Story) -> list[tuple[str, str]]:
    """List the series and the tags of a story, each with the endpoint of its page."""
    found = [(SERIES, story.details.series or ""), *((TAGS, tag) for tag in story.details.tags)]
    return [(kind, name) for kind, name in found if key_of(name)]


def install(app: Flask) -> None:
    """Serve the pages and feeds, and add ``groups`` and ``key`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters.update(groups=groups_of, key=key_of)
