"""Former and other spellings of an address, led on to the current one by a single redirect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from slideshow.web.lookup import library, place_in, places_of
from slideshow.web.routing import FRAME, FRAMES, known_tag, match, query
from slideshow.web.services import services

# Where the address of a slide that was removed leads.
WITHOUT_SLIDE = {
    "slides.slide": "slides.cover",
    "pairs.slide": "pairs.cover",
    "embed.former_dialog": "slides.cover",
    "cards.slide": "cards.story",
}

# Where the place of a slide has moved from the path to the query.
PRESENT = {"embed.former_dialog": "embed.dialog"}

Values = dict[str, Any]


def current(endpoint: str, values: Mapping[str, Any]) -> tuple[str, Values]:
    """Return the endpoint and the arguments of the current address of a page.

    Raises NotFound for an unknown language, or a slide that never was.
    """
    found: Values = dict(values)
    if "language" in found:
        found["language"] = known_tag(found["language"])
    if "pair" in found:
        first, other = map(known_tag, found["pair"])
        found["pair"] = (first, other)
        if first == other:
            endpoint = f"slides.{endpoint.rpartition('.')[2]}"
            del found["pair"]
            found["language"] = first
    if "slug" in found:
        found["slug"] = _current_slug(found["slug"])
    if "slide" in found:
        endpoint, found = _with_slide(endpoint, found)
    return endpoint, found


def _current_slug(slug: str) -> str:
    if library().file(slug):
        return slug
    return services().names.current(slug) or slug


def _with_slide(endpoint: str, values: Values) -> tuple[str, Values]:
    language = values["language"] if "language" in values else values["pair"][0]
    story = library().story(values["slug"], language)
    if story is None:
        return endpoint, values  # the view explains that
    position = services().addresses.find(story, values["slide"])
    if position is None:
        raise NotFound
    if position:
        if endpoint in PRESENT:
            return PRESENT[endpoint], {**values, "slide": str(story.place(position))}
        return endpoint, {**values, "slide": story.place(position)}
    if endpoint == FRAME:
        return endpoint, {**values, "slide": story.place(1)}
    return WITHOUT_SLIDE[endpoint], {each: values[each] for each in values if each != "slide"}


def lead_on() -> Response | None:
    """Redirect a former or another spelling of an address, by path only.

    Werkzeug would redirect ``/fr/x`` with the host, and treats ``//fr/x/`` as correct.
    """
    if request.environ["PATH_INFO"].startswith("//"):
        return redirect(quote(request.root_path + request.path) + query(), 308)
    error = request.routing_exception
    if isinstance(error, RequestRedirect):
        if "." in request.path.rpartition("/")[2]:
            raise NotFound  # a file that clients try, such as ads.txt: no page has such a name
        asked, values = match(request.path + "/")
    elif request.view_args and request.endpoint:
        asked, values = request.endpoint, request.view_args
    else:
        return None
    endpoint, found = current(asked, values)
    if not error and endpoint == asked and found == values:
        return None
    path = url_for(endpoint, **found)
    return redirect(path + query() if "?" not in path else path, 308)


def install(app: Flask) -> None:
    """Lead former addresses on, and add the names of slides in URLs to the templates."""
    app.before_request(lead_on)
    app.jinja_env.filters["places"] = places_of
    app.jinja_env.globals.update(place_in=place_in, frames=FRAMES)
