"""The registry of formats: one line each, selected by a file's name."""

from __future__ import annotations

from slideshow.story.formats.format import Format
from slideshow.story.formats.markdown import FORMAT as MARKDOWN
from slideshow.story.formats.plaintext import FORMAT as PLAIN_TEXT

FORMATS: tuple[Format, ...] = (PLAIN_TEXT, MARKDOWN)
SUFFIXES = tuple(suffix for each in FORMATS for suffix in each.suffixes)


def format_of(name: str) -> Format | None:
    """Select the format of a file by its suffix; None if it is not an article's."""
    suffix = "." + name.rpartition(".")[2].lower()
    return next((each for each in FORMATS if suffix in each.suffixes), None)
