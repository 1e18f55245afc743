"""The shape of URLs: their parts, their one spelling, and the pages that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from flask import current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter, RequestRedirect
from werkzeug.wrappers import Response

from slideshow.story.languages import tag_of
from slideshow.web.paging import story_part
from slideshow.web.services import services

STORY = {"language", "slug"}  # the arguments of every page of a story
ANY_POSITION = "{position}"  # in addresses for scripts, which put a position in its place
FRAMES = "/embed/"  # the start of the paths that other sites may show


class PositionConverter(BaseConverter):
    """A position in the one spelling it has: ASCII digits, from 1, no leading zero."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """Return the position as a number."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """Return the position, or ``ANY_POSITION``, as it is."""
        return str(value)


class PairConverter(BaseConverter):
    """Two language tags with a plus between them, as a pair of strings."""

    regex = r"[\w-]+\+[\w-]+"
    weight = 50  # before the rules that would take a pair for one language

    def to_python(self, value: str) -> tuple[str, str]:
        """Give the two tags as they are spelled."""
        first, _, other = value.partition("+")
        return first, other

    def to_url(self, value: tuple[str, str]) -> str:
        """Give the two tags as they stand in a URL."""
        return "+".join(value)


def is_frame() -> bool:
    """Return whether other sites may show the address, an error there too."""
    return request.path.startswith(FRAMES)


def language_in(path: str) -> str | None:
    """Return the language in the first part of a path, the first of a pair; None without one."""
    first = path.removeprefix(FRAMES).removeprefix("/").partition("/")[0]
    return tag_of(first.partition("+")[0])


def match(path: str) -> tuple[str, Mapping[str, Any]]:
    """Return the endpoint that answers at a path of the app, and its arguments.

    Raises NotFound if there is none.
    """
    try:
        return current_app.url_map.bind("").match(path)
    except HTTPException as error:
        raise NotFound from error


def pages_of(slides: int) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield endpoint and arguments of each page of a story in one language, of its cover first."""
    further = story_part(1, slides).further
    values: dict[str, list[dict[str, int]]] = {
        "": [{}],
        "number": [{"number": number} for number in further],
        "position": [{"position": position} for position in range(1, slides + 1)],
    }
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.startswith("slides.") and rule.arguments >= STORY:
            for each in values["".join(rule.arguments - STORY)]:
                yield rule.endpoint, each


def with_slash() -> Response | None:
    """Send ``/fr/x`` and ``//fr/x/`` to ``/fr/x/``, by the path alone.

    Werkzeug's answer to the one would name the host, and it takes the other for the same.
    """
    if request.environ["PATH_INFO"].startswith("//"):
        return redirect(quote(request.root_path + request.path) + _query(), 308)
    error = request.routing_exception
    if not isinstance(error, RequestRedirect):
        return None
    if "." in request.path.rpartition("/")[2]:
        raise NotFound  # a file that programs ask for, as ads.txt: no page has such a name
    address = urlsplit(error.new_url)
    return redirect(address._replace(scheme="", netloc="").geturl(), 308)


def one_spelling() -> Response | None:
    """Send ``/FR/`` and ``/pt_br/`` to ``/fr/`` and ``/pt-BR/``; speak the page's language."""
    values = request.view_args or {}
    language = values.get("language")
    if language is None:
        return None
    tag = known_tag(language)
    if tag == language:
        return None
    address = url_for(str(request.endpoint), **{**values, "language": tag})
    return redirect(address + _query(), 308)


def _query() -> str:
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def known_tag(language: str) -> str:
    """Give the one spelling of a language that the site has, or raise NotFound."""
    tag = tag_of(language)
    if tag is None or tag not in services().library.languages():
        raise NotFound
    return tag
