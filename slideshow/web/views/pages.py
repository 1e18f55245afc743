"""The pages of the site besides its stories: legal notice, privacy, accessibility."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from slideshow.library.links import PAGE_PREFIX
from slideshow.story.languages import SOURCE_LANGUAGE
from slideshow.web.head import Page, card
from slideshow.web.lookup import library
from slideshow.web.services import services

blueprint = Blueprint("pages", __name__)


@blueprint.get("/<language>/<name>.html")
def page(language: str, name: str) -> str:
    """Show a page in a language, or in its own if it lacks that one."""
    pages = library().pages
    story = pages.nearest(PAGE_PREFIX + name, language) if pages else None
    if story is None:
        raise NotFound
    described = Page(
        title=story.title.plain(),
        description=story.summary(),
        language=language,
        languages=library().languages(),
        endpoint="pages.page",
        values={"name": name},
        default_language=SOURCE_LANGUAGE,
        image=card(services().settings.site_name, "shelf", language),
    )
    return render_template("pages/page.html", page=described, story=story)
