"""Tags and series: the stories that have them, on pages and in a feed."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound

from slideshow.story.keys import key_of
from slideshow.story.model import Story
from slideshow.web.atom import feed_of
from slideshow.web.head import site_page
from slideshow.web.lists import SERIES, TAGS
from slideshow.web.services import services
from slideshow.web.shelf import page_of

blueprint = Blueprint("groups", __name__)


@blueprint.get("/<language>/<group:kind>/<name>.html")
def shelf(language: str, kind: str, name: str) -> str:
    """List the stories with a tag, the newest first, or of a series, in reading order."""
    group = {"kind": kind, "name": name}
    title = _title(**group)
    found = page_of(**group, language=language, number=1)
    page = site_page(language, title, "groups.shelf", **group)
    return render_template("slides/shelf.html", page=page, shelf=found, group=group)


@blueprint.get("/<language>/<group:kind>/<name>/page-<position:number>.html")
def further(language: str, kind: str, name: str, number: int) -> str:
    """List further stories: page ``number``, from 2."""
    group = {"kind": kind, "name": name}
    title = _title(**group)
    found = page_of(**group, language=language, number=number)
    if number not in found.part.further:
        raise NotFound
    title = g.interface.gettext("%(title)s, page %(number)s", title=title, number=number)
    page = site_page(language, str(title), "groups.further", **group, number=number)
    return render_template("slides/shelf.html", page=page, title=title, shelf=found, group=group)


@blueprint.get("/<language>/<group:kind>/<name>.xml")
def feed(language: str, kind: str, name: str) -> Response:
    """Serve the newest stories with a tag or of a series."""
    where: dict[str, Any] = {"language": language, "kind": kind, "name": name}
    title, newest = _title(kind, name), services().lists.newest.get((kind, name))
    return feed_of(newest, title, url_for("groups.feed", **where), url_for("groups.shelf", **where))


def _title(kind: str, name: str) -> str:
    """Return the name of a tag or a series; raise NotFound if no story has it."""
    group = services().lists.group.get((kind, name))
    if not group.total:
        raise NotFound
    return group.title


def groups_of(story: Story) -> list[tuple[str, str]]:
    """List the series and the tags of a story, each with its kind as URLs have it."""
    found = [(SERIES, story.details.series or ""), *((TAGS, tag) for tag in story.details.tags)]
    return [(kind, name) for kind, name in found if key_of(name)]


def give_way() -> None:
    """Leave an address that no group has to the story whose name is the kind of groups.

    Such as ``/en/tags/feed.xml``, the feed of the story ``tags`` where no tag is named ``feed``.
    """
    if request.blueprint != blueprint.name or not request.view_args:
        return
    kind, name = request.view_args["kind"], request.view_args["name"]
    if services().lists.group.get((kind, name)).total:
        return
    path = request.path.replace(f"/{kind}/", "/_/", 1)  # which names no kind of groups
    with suppress(HTTPException):
        rule, found = current_app.url_map.bind("").match(path, return_rule=True)
        request.url_rule, request.view_args = rule, {**found, "slug": kind}


def install(app: Flask) -> None:
    """Serve the pages and feeds, and add ``groups`` and ``key`` to the templates."""
    app.register_blueprint(blueprint)
    app.before_request(give_way)
    app.jinja_env.filters.update(groups=groups_of, key=key_of)
