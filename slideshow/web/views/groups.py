"""Tags and series: the stories that have them, on pages and in a feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, Response, g, render_template, url_for
from werkzeug.exceptions import NotFound

from slideshow.library.frontpage import in_series, ordered, with_tag
from slideshow.library.index.outline import Outline
from slideshow.story.keys import key_of
from slideshow.story.model import Story
from slideshow.web.head import site_page
from slideshow.web.newest import feed_of
from slideshow.web.services import services
from slideshow.web.shelf import page_of

TAGS, SERIES = "tags", "series"  # as URLs have them

blueprint = Blueprint("groups", __name__)


@blueprint.get("/<language>/<group:kind>/<name>.html")
def shelf(language: str, kind: str, name: str) -> str:
    """List the stories with a tag, the newest first, or of a series, in reading order."""
    group = {"kind": kind, "name": name}
    stories, title = _found(**group)
    found = page_of([each.slug for each in stories], language, 1)
    page = site_page(language, title, "groups.shelf", **group)
    return render_template("slides/shelf.html", page=page, shelf=found, group=group)


@blueprint.get("/<language>/<group:kind>/<name>/page-<position:number>.html")
def further(language: str, kind: str, name: str, number: int) -> str:
    """List further stories: page ``number``, from 2."""
    group = {"kind": kind, "name": name}
    stories, title = _found(**group)
    found = page_of([each.slug for each in stories], language, number)
    if number not in found.part.further:
        raise NotFound
    title = g.interface.gettext("%(title)s, page %(number)s", title=title, number=number)
    page = site_page(language, str(title), "groups.further", **group, number=number)
    return render_template("slides/shelf.html", page=page, shelf=found, group=group)


@blueprint.get("/<language>/<group:kind>/<name>.xml")
def feed(language: str, kind: str, name: str) -> Response:
    """Serve the newest stories with a tag or of a series."""
    where: dict[str, Any] = {"language": language, "kind": kind, "name": name}
    stories, title = _found(kind, name)
    return feed_of(
        stories, title, url_for("groups.feed", **where), url_for("groups.shelf", **where)
    )


def _found(kind: str, name: str) -> tuple[Sequence[Outline], str]:
    """Find the stories of a tag or a series, and its name; raise NotFound if there are none."""
    index = services().index
    stories = with_tag(ordered(index), name) if kind == TAGS else in_series(index, name)
    if not stories:
        raise NotFound
    names = stories[0].tags if kind == TAGS else (stories[0].series,)
    return stories, next(each for each in names if key_of(each) == name)


def groups_of(story: Story) -> list[tuple[str, str]]:
    """List the series and the tags of a story, each with its kind as URLs have it."""
    found = [(SERIES, story.details.series or ""), *((TAGS, tag) for tag in story.details.tags)]
    return [(kind, name) for kind, name in found if key_of(name)]


def install(app: Flask) -> None:
    """Serve the pages and feeds, and add ``groups`` and ``key`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters.update(groups=groups_of, key=key_of)
