"""The pages of the site as every other page links to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flask import Flask, g, url_for

from slideshow.errors import SlideshowError
from slideshow.library.links import PAGE_PREFIX
from slideshow.story.model import Text
from slideshow.web.lookup import library


def address_of(slug: str) -> str:
    """Build the URL of a page of the site in the reader's language."""
    return url_for("pages.page", language=g.language, name=slug.removeprefix(PAGE_PREFIX))


def links() -> Iterator[tuple[str, Text]]:
    """Yield the URL and the title of each page of the site, in the reader's language if possible.

    An unreadable page is skipped; the command line reports it.
    """
    pages = library().pages
    for slug in pages.slugs() if pages else ():
        with suppress(SlideshowError):
            story = pages.nearest(slug, g.language) if pages else None
            if story:
                yield address_of(slug), story.title


def install(app: Flask) -> None:
    """Add ``site_pages``, which lists the links, to the templates."""
    app.jinja_env.globals["site_pages"] = lambda: list(links())
