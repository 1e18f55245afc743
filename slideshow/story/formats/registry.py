"""The formats of articles: one line each, and the way to the right one by a file's name."""

from __future__ import annotations

from slideshow.story.formats.format import Format
from slideshow.story.formats.markdown import FORMAT as MARKDOWN
from slideshow.story.formats.plaintext import FORMAT as PLAIN_TEXT

FORMATS: tuple[Format, ...] = (PLAIN_TEXT, MARKDOWN)
SUFFIXES = tuple(suffix for each in FORMATS for suffix in each.suffixes)


def format_of(name: str) -> Format | None:
    """Return the format of a file by the suffix of its name, or None for no article's."""
    suffix = "." + name.rpartition(".")[2].lower()
    return next((each for each in FORMATS if suffix in each.suffixes), None)
