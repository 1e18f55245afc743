"""The description of a format of articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from slideshow.story.limits import Limits
from slideshow.story.model import Story

Parse = Callable[[str, str, str, Limits], Story]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of article file.

    ``parse`` builds a story from source, slug, language and limits. ``language_of`` returns the tag
    of the language that an article declares, or None.
    """

    suffixes: tuple[str, ...]
    parse: Parse = field(repr=False)
    language_of: Callable[[str, Limits], str | None] = field(repr=False)
