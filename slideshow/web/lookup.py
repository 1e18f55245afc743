"""Looks up the language, the story and the position in a URL, and the scripts of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from flask import request
from werkzeug.exceptions import Gone, NotFound

from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from slideshow.story.keys import Place, parse_place
from slideshow.story.languages import SOURCE_LANGUAGE, negotiate
from slideshow.story.model import Slide, Story
from slideshow.web.owner.scripts import OwnScripts
from slideshow.web.paging import HEADLINES_PER_PAGE
from slideshow.web.routing import SlideConverter, is_frame
from slideshow.web.services import services


class NotOffered(NotFound):
    """The story exists, but not in the requested language.

    ``position`` is that of the requested slide, None for another page or if the slide is gone.
    """

    def __init__(
        self, story: Story, languages: tuple[str, ...], position: int | None = None
    ) -> None:
        super().__init__()
        self.story = story
        self.languages = languages
        self.position = position


def library() -> Library:
    """Return the app's library."""
    return services().library


def own_scripts() -> OwnScripts:
    """Return the scripts of the site's owner on the page of this request."""
    return services().own_scripts.of_page(is_frame=is_frame())


def preferred_language() -> str:
    """Negotiate a language of the site with the reader's browser, else the source language.

    Languages of quality 0 are refused (RFC 9110, section 12.4.2).
    """
    wishes = [tag for tag, quality in request.accept_languages if quality]
    return negotiate(wishes, library().languages(), SOURCE_LANGUAGE)


def find_story(slug: str, language: str) -> Story:
    """Find a story in a language; raise NotFound, or NotOffered if another language has it."""
    story = library().story(slug, language)
    if story:
        services().addresses.note(story)
        return story
    source = library().story(slug)
    if source is None and is_removed(slug):
        raise Gone
    if source is None:
        raise NotFound
    slide = (request.view_args or {}).get("slide")
    position = services().addresses.find(source, slide) if slide else None
    raise NotOffered(source, library().languages_of(source), position)


def is_removed(slug: str) -> bool:
    """Check whether a story was removed for good, as the site or its article says."""
    article = library().article(slug)
    policy = library().policy
    return slug in policy.removed or (article is not None and policy.is_removed(article))


def places_of(story: Story) -> str:
    """List the names in URLs of a story's slides, with spaces between; of a long story, none."""
    if story.total > HEADLINES_PER_PAGE:
        return ""
    return " ".join(str(story.place(position)) for position in range(1, story.total + 1))


def place_in(story: Story, language: str, position: int) -> Place:
    """Return the name in URLs of a slide of a story, in any of the story's languages."""
    return library().place_in(story, language, position)


def article_of(slug: str) -> Path | None:
    """Find the file of a story's article, or of a page; None if there is none."""
    file = library().file(slug)
    return file.path if file else None


def position_of(story: Story, written: str) -> int | None:
    """Find the position of the slide at a written place; None if there is no such place."""
    if not re.fullmatch(SlideConverter.regex, written):
        return None
    return services().addresses.find(story, parse_place(written)) or None


def find_slide(story: Story, position: int) -> Slide:
    """Find the slide of a story at a position, or raise NotFound."""
    slide = story.slide(position)
    if slide is None:
        raise NotFound
    return slide


def readable_stories(slugs: Iterable[str], language: str) -> Iterator[Story]:
    """Yield each story in a language, or in its source language; skip unreadable ones.

    The command line reports the reason; readers see the other stories.
    """
    for slug in slugs:
        with suppress(SlideshowError):
            story = library().story(slug, language) or library().story(slug)
            if story:
                yield story
