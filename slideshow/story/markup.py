"""The markup of a format: how texts are written, and how they become HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Protocol

from slideshow.story.languages import direction_of
from slideshow.story.showing import Showing


class Markup(Protocol):
    """A syntax of texts, with a name for translators, which is empty for plain text."""

    @property
    def name(self) -> str:
        """The name of the markup."""

    @property
    def is_prose(self) -> bool:
        """Whether the text consists of sentences, to which typography applies."""

    def plain(self, value: str) -> str:
        """Render a text as one line without its markup."""

    def inline(self, value: str) -> str:
        """Render a headline or a title as HTML without links."""

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Render a block as HTML, in one element with these attributes."""

    def files(self, value: str) -> Iterator[str]:
        """Yield the files of the pictures in a text."""


def escaped(value: str) -> str:
    """Escape a text for use in an HTML element."""
    return escape(value, quote=False)


def language_attributes(language: str, shown_in: str) -> str:
    """Format the HTML attributes of a text in ``language`` on a page in ``shown_in``."""
    if language == shown_in:
        return ""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


class _Plain:
    """Text without markup: every character is literal."""

    name = ""
    is_prose = True

    def plain(self, value: str) -> str:
        """Return the text as one line; a verse has several."""
        return value.replace("\n", " ")

    def inline(self, value: str) -> str:
        """Escape the text."""
        return escaped(value)

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Render the text as a paragraph, with the line breaks of a verse."""
        lines = escaped(value).replace("\n", "<br>\n")
        return f"<p{attributes}>{lines}</p>\n"

    def files(self, value: str) -> Iterator[str]:
        """Yield nothing: there are no pictures in a plain text."""
        yield from ()


PLAIN: Markup = _Plain()
