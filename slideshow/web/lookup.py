"""Finds the story and the slide that a URL names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from flask import request
from werkzeug.exceptions import NotFound

from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from slideshow.story.languages import SOURCE_LANGUAGE, negotiate
from slideshow.story.model import Slide, Story
from slideshow.web.services import services


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


def readable_stories(slugs: Iterable[str], language: str) -> Iterator[Story]:
    """Yield each story in a language, or in its own if it lacks that one; skip unreadable ones.

    The command line reports the reason; readers see the stories that there are.
    """
    for slug in slugs:
        with suppress(SlideshowError):
            story = library().story(slug, language) or library().story(slug)
            if story:
                yield story
