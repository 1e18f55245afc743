"""The names of slides in URLs, for tests that ask for a slide by its position."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from slideshow.library.stories import Library

STORY = "pyongyang-moscou"  # of the bundled stories


@lru_cache
def place(language: str, position: int) -> str:
    """Look up the name of a slide of ``STORY`` in URLs, as browsers write it."""
    story = Library().story(STORY, language.partition("+")[0])
    assert story
    return quote(str(story.place(position)))
