"""The shape of URLs: their parts, their normal form, and the pages at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter, Map

from slideshow.story.keys import Place, parse_place
from slideshow.story.languages import tag_of
from slideshow.web.paging import story_part
from slideshow.web.services import services

STORY = {"language", "slug"}  # the arguments of every page of a story
ANY_SLIDE = "{slide}"  # in addresses for scripts, which replace it by a slide's place
FRAME = "embed.frame"
FRAMES = "/embed/"  # the start of the paths that other sites may frame


class PositionConverter(BaseConverter):
    """A position in its only spelling: ASCII digits, from 1, no leading zero."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """Parse the position."""
        return int(value)


class SlideConverter(BaseConverter):
    """A slide's position and key, as in ``3-platform-nine``."""

    regex = "[1-9][0-9]{0,5}(?:-[^/]+)?"
    part_isolating = True  # the regex excludes slashes

    def to_python(self, value: str) -> Place:
        """Parse the place."""
        return parse_place(value)

    def to_url(self, value: Place | str) -> str:
        """Quote the place, or return ``ANY_SLIDE`` unchanged."""
        return ANY_SLIDE if value == ANY_SLIDE else super().to_url(str(value))


class GroupConverter(BaseConverter):
    """A kind of group of stories."""

    regex = "tags|series"
    weight = 50  # before the rules that would match it as the name of a story


class PairConverter(BaseConverter):
    """Two language tags with a plus between them, as a pair of strings."""

    regex = r"[\w-]+\+[\w-]+"
    weight = 50  # before the rules that would match a pair as one language

    def to_python(self, value: str) -> tuple[str, str]:
        """Split the pair into its two tags."""
        first, _, other = value.partition("+")
        return first, other

    def to_url(self, value: tuple[str, str]) -> str:
        """Join the two tags for a URL."""
        return "+".join(value)


def is_frame() -> bool:
    """Check whether the address may be framed by other sites, even if it is an error."""
    return request.path.startswith(FRAMES)


def language_in(path: str) -> str | None:
    """Find the language in the first part of a path, the first of a pair; None without one."""
    first = path.removeprefix(FRAMES).removeprefix("/").partition("/")[0]
    return tag_of(first.partition("+")[0])


def match(path: str) -> tuple[str, Mapping[str, Any]]:
    """Match a path of the app, and return its endpoint and arguments.

    Raises NotFound if there is none.
    """
    try:
        return current_app.url_map.bind("").match(path)
    except HTTPException as error:
        raise NotFound from error


def pages_of(url_map: Map, slides: int) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield endpoint and arguments of each page of a story in one language, its cover first.

    A slide is given by its position alone.
    """
    further = story_part(1, slides).further
    values: dict[str, list[dict[str, int]]] = {
        "": [{}],
        "number": [{"number": number} for number in further],
        "slide": [{"slide": position} for position in range(1, slides + 1)],
    }
    for rule in url_map.iter_rules():
        if rule.endpoint.startswith("slides.") and rule.arguments >= STORY:
            for each in values["".join(rule.arguments - STORY)]:
                yield rule.endpoint, each


def query() -> str:
    """Return the query of the request, with its question mark; empty without one."""
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def absolute(path: str) -> str:
    """Make a path of ours absolute: below the configured base URL, else the host."""
    settings = services().settings
    if not settings.base_url:
        return request.host_url.rstrip("/") + path
    # url_for has already added the prefix, which is part of the base URL.
    prefix = request.root_path.rstrip("/")
    return settings.base_url.rstrip("/") + path.removeprefix(prefix)


def known_tag(language: str) -> str:
    """Normalise the tag of a language of the site, or raise NotFound."""
    tag = tag_of(language)
    if tag is None or tag not in services().library.languages():
        raise NotFound
    return tag
