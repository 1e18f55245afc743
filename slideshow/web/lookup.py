"""Finds what a URL names: its language, its story, its position."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, RequestRedirect
from werkzeug.wrappers import Response

from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from slideshow.story.languages import SOURCE_LANGUAGE, negotiate, tag_of
from slideshow.story.model import Slide, Story
from slideshow.web.services import services


class PositionConverter(BaseConverter):
    """A position in the one spelling it has: ASCII digits, from 1, no leading zero."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """Give the position as a number."""
        return int(value)


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


class NotOffered(NotFound):
    """A story there is, but not in the language asked for."""

    def __init__(self, story: Story, languages: tuple[str, ...]) -> None:
        super().__init__()
        self.story = story
        self.languages = languages


def library() -> Library:
    """Give the library that this app serves."""
    return services().library


def preferred_language() -> str:
    """Give the language of the site that the reader's browser asks for, else that of the source.

    What has quality 0 is not wanted (RFC 9110, section 12.4.2).
    """
    wishes = [tag for tag, quality in request.accept_languages if quality]
    return negotiate(wishes, library().languages(), SOURCE_LANGUAGE)


def find_story(slug: str, language: str) -> Story:
    """Give a story in a language, or raise NotFound; NotOffered if another language has it."""
    story = library().story(slug, language)
    if story:
        return story
    source = library().story(slug)
    raise NotOffered(source, library().languages_of(source)) if source else NotFound


def article_of(slug: str) -> Path | None:
    """Give the file of a story's article, or None if there is none."""
    file = library().files().get(slug)
    return file.path if file else None


def find_slide(story: Story, position: int) -> Slide:
    """Give the slide of a story at a position, or raise NotFound."""
    slide = story.slide(position)
    if slide is None:
        raise NotFound
    return slide


def in_a_language(slug: str, language: str) -> Story | None:
    """Give a story in a language, else in its own; None if it cannot be read.

    Why it cannot is reported by the command line; readers see the stories there are.
    """
    try:
        return library().story(slug, language) or library().story(slug)
    except SlideshowError:
        return None


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
    if tag is None or tag not in library().languages():
        raise NotFound
    return tag
