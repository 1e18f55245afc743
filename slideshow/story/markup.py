"""The markup of a format: how texts are written, and how they become HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import ClassVar

from slideshow.story.languages import direction_of
from slideshow.story.showing import Showing


def escaped(value: str) -> str:
    """Escape a text for use in an HTML element."""
    return escape(value, quote=False)


def language_attributes(language: str, shown_in: str) -> str:
    """Format the HTML attributes of a text in ``language`` on a page in ``shown_in``."""
    if language == shown_in:
        return ""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


class Markup:
    """A syntax of texts: as it is, that of plain text, whose every character is literal.

    ``name`` is for translators, empty for plain text. ``is_prose`` tells whether the text consists
    of sentences, to which typography applies.
    """

    __slots__ = ()
    name: ClassVar[str] = ""
    is_prose: ClassVar[bool] = True

    def plain(self, value: str) -> str:
        """Render a text as one line without its markup; a verse has several."""
        return value.replace("\n", " ")

    def inline(self, value: str) -> str:
        """Render a headline or a title as HTML without links."""
        return escaped(value)

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Render a block as HTML, in one element with these attributes."""
        lines = escaped(value).replace("\n", "<br>\n")
        return f"<p{attributes}>{lines}</p>\n"

    def files(self, value: str) -> Iterator[str]:
        """Yield the files of the pictures in a text."""
        yield from ()


PLAIN = Markup()
