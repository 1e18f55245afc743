"""Atom feeds (RFC 4287) of the newest stories, of the shelf or of a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Response, g, render_template

from slideshow.story.model import Story
from slideshow.web.head import address_of, icon, logo
from slideshow.web.lookup import library, readable_stories
from slideshow.web.routing import absolute
from slideshow.web.services import services
from slideshow.web.xml import printable


def feed_of(newest: Iterable[str], title: str, own: str, page: str) -> Response:
    """Render the feed at the path ``own`` of the newest stories, by slug, on the page at ``page``.

    Each story is in the language of the page, or in its own if that lacks it.
    """
    stories = [*readable_stories(newest, g.language)]
    drawing = services().branding.icon
    text = render_template(
        "feeds/shelf.xml",
        language=g.language,
        title=title,
        own=absolute(own),
        page=absolute(page),
        stories=stories,
        first=services().names.first,
        latest=max(map(updated, stories), default=datetime.fromtimestamp(0, UTC)),
        icon=address_of(drawing) if drawing else icon().address,
        logo=logo(),
    )
    return Response(printable(text), mimetype="application/atom+xml")


def updated(story: Story) -> datetime:
    """Return the moment of a story's last change, for readers of feeds."""
    return library().policy.updated(story)
