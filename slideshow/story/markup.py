"""How the value of a text is written, and how it becomes HTML: the markup of a format."""

from __future__ import annotations

from html import escape
from typing import Protocol


class Markup(Protocol):
    """A way to write texts: each has a name for translators, empty for plain text."""

    @property
    def name(self) -> str:
        """The name of the markup."""

    def plain(self, value: str) -> str:
        """Return a text in one line without its markup."""

    def inline(self, value: str) -> str:
        """Return a headline or a title as HTML without links."""

    def html(self, value: str, attributes: str) -> str:
        """Return a block as HTML, in one element with these attributes."""


class _Plain:
    """Text without markup: every character stands for itself."""

    name = ""

    def plain(self, value: str) -> str:
        """Return the text as it is."""
        return value

    def inline(self, value: str) -> str:
        """Return the text escaped."""
        return escape(value, quote=False)

    def html(self, value: str, attributes: str) -> str:
        """Return the text as a paragraph."""
        return f"<p{attributes}>{escape(value, quote=False)}</p>\n"


PLAIN: Markup = _Plain()
