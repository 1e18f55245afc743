"""Markdown: to come; until then such an article is refused with a clear reason."""

from __future__ import annotations

from slideshow.errors import ArticleError
from slideshow.story.model import Limits, Story


def parse_markdown(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Raise ArticleError."""
    raise ArticleError("Markdown is not read yet", "save the article as plain text", line=1)


def language_of(source: str) -> str | None:
    """Give the language that the front matter names."""
    return None


def render(value: str) -> str:
    """Give a paragraph as HTML."""
    return value


def render_inline(value: str) -> str:
    """Give a headline as HTML."""
    return value


def plain(value: str) -> str:
    """Give a text without its Markdown."""
    return value
