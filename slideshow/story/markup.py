"""How the value of a text is written, and how it becomes HTML: the markup of a format."""

from __future__ import annotations

from html import escape
from typing import Protocol

from slideshow.story.languages import direction_of
from slideshow.story.showing import Showing


class Markup(Protocol):
    """A way to write texts: each has a name for translators, empty for plain text."""

    @property
    def name(self) -> str:
        """The name of the markup."""

    @property
    def is_prose(self) -> bool:
        """Whether the text is sentences, which have a typography."""

    def plain(self, value: str) -> str:
        """Return a text in one line without its markup."""

    def inline(self, value: str) -> str:
        """Return a headline or a title as HTML without links."""

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Return a block as HTML, in one element with these attributes."""


def escaped(value: str) -> str:
    """Return a text as the content of an HTML element."""
    return escape(value, quote=False)


def language_attributes(language: str, shown_in: str) -> str:
    """Return the HTML attributes of a text in ``language`` on a page in ``shown_in``."""
    if language == shown_in:
        return ""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


class _Plain:
    """Text without markup: every character stands for itself."""

    name = ""
    is_prose = True

    def plain(self, value: str) -> str:
        """Return the text as it is."""
        return value

    def inline(self, value: str) -> str:
        """Return the text escaped."""
        return escaped(value)

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Return the text as a paragraph."""
        return f"<p{attributes}>{escaped(value)}</p>\n"


PLAIN: Markup = _Plain()
