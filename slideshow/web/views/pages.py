"""The pages of the site besides its stories: legal notice, privacy, accessibility."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from slideshow.library.links import PAGE_PREFIX
from slideshow.web.head import site_page
from slideshow.web.lookup import library

blueprint = Blueprint("pages", __name__)


@blueprint.get("/<language>/<name>.html")
def page(language: str, name: str) -> str:
    """Show a page in a language, or in its own if it lacks that one."""
    pages = library().pages
    story = pages.nearest(PAGE_PREFIX + name, language) if pages else None
    if story is None:
        raise NotFound
    described = site_page(language, story.title.plain(), "pages.page", story.summary(), name=name)
    return render_template("pages/page.html", page=described, story=story)
