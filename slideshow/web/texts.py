"""The texts of a story on a page: the one place that passes their HTML on unescaped."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from slideshow.story.model import Block, Text
from slideshow.story.showing import Showing
from slideshow.story.typography import unbroken


def install(app: Flask) -> None:
    """Make the HTML of texts known to the templates."""
    app.jinja_env.filters.update(inline=inline, html=html)


def inline(text: Text) -> Markup:
    """Return a headline or a title as HTML."""
    return Markup(unbroken(text.inline(), text.language))


def html(block: Block, language: str, rank: int = 1) -> Markup:
    """Return a block as HTML on a page in ``language``, below headlines of ``rank``."""
    written_in = next((text.language for text in block.texts()), language)
    return Markup(unbroken(block.html(Showing(language, rank)), written_in))
