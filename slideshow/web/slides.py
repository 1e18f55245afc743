"""The pages that readers go through: shelf, cover, slides, whole story."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from slideshow.errors import SlideshowError
from slideshow.library.stories import SOURCE_LANGUAGE, Library
from slideshow.story.languages import negotiate, tag_of
from slideshow.story.markdown import plain
from slideshow.story.model import Story, Text
from slideshow.web.page import Page

blueprint = Blueprint("slides", __name__)


class PositionConverter(BaseConverter):
    """A position in the one spelling it has: ASCII digits, from 1, no leading zero."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """Give the position as a number."""
        return int(value)


class NotOffered(NotFound):
    """A story there is, but not in the language asked for."""

    def __init__(self, story: Story, languages: tuple[str, ...]) -> None:
        super().__init__()
        self.story = story
        self.languages = languages


def library() -> Library:
    """Give the library that this app serves."""
    found: Library = current_app.extensions["library"]
    return found


def find_story(slug: str, language: str) -> Story:
    """Give a story in a language, or raise NotFound; NotOffered if another language has it."""
    story = library().story(slug, language)
    if story:
        return story
    source = library().story(slug)
    raise NotOffered(source, library().languages_of(source)) if source else NotFound


@blueprint.before_request
def one_spelling() -> Response | None:
    """Send ``/FR/`` and ``/pt_br/`` to ``/fr/`` and ``/pt-BR/``; speak the page's language."""
    values = request.view_args or {}
    language = values.get("language")
    if language is None:
        return None
    tag = tag_of(language)
    if tag is None or tag not in library().languages():
        raise NotFound
    if tag == language:
        return None
    return redirect(url_for(str(request.endpoint), **{**values, "language": tag}), 308)


@blueprint.get("/")
def start() -> Response:
    """Send the reader to the shelf in their language: the only URL that negotiates."""
    preferred = [tag for tag, _ in request.accept_languages]
    language = negotiate(preferred, library().languages(), SOURCE_LANGUAGE)
    response = redirect(url_for("slides.shelf", language=language), 303)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/index.html")
def languages() -> str:
    """Offer the languages: what a static host shows at ``/``, where it cannot negotiate."""
    return render_template("slides/languages.html", languages=library().languages())


@blueprint.get("/<language>/")
def shelf(language: str) -> str:
    """List the stories; one that lacks the language is shown in its own."""
    stories = [*filter(None, (in_a_language(slug, language) for slug in library().slugs()))]
    gettext = g.interface.gettext
    page = Page(
        title=str(gettext("Stories")),
        description=str(gettext("Stories to click through, slide by slide.")),
        language=language,
        languages=library().languages(),
        endpoint="slides.shelf",
        values={},
        default_language=SOURCE_LANGUAGE,
    )
    return render_template("slides/shelf.html", page=page, stories=stories)


@blueprint.get("/<language>/<slug>/")
def cover(language: str, slug: str) -> str:
    """Show a story's title and contents."""
    story = find_story(slug, language)
    page = story_page(story, "slides.cover", (), summary(story.slides[0].paragraphs, story))
    return render_template("slides/cover.html", page=page, story=story)


@blueprint.get("/<language>/<slug>/<position:position>/")
def slide(language: str, slug: str, position: int) -> str:
    """Show one slide of a story."""
    story = find_story(slug, language)
    shown = story.slide(position)
    if shown is None:
        raise NotFound
    page = story_page(
        story,
        "slides.slide",
        (shown.headline,),
        summary(shown.paragraphs, story),
        position=position,
    )
    return render_template(
        "slides/slide.html",
        page=page,
        story=story,
        slide=shown,
        position=position,
        others=others(story) if position == story.total else (),
    )


@blueprint.get("/<language>/<slug>/all/")
def whole(language: str, slug: str) -> str:
    """Show the whole story on one page, to read on or to print."""
    story = find_story(slug, language)
    page = story_page(story, "slides.whole", (), summary(story.slides[0].paragraphs, story))
    return render_template("slides/whole.html", page=page, story=story)


def others(story: Story, most: int = 3) -> list[Story]:
    """Give the stories after a story on the shelf, round its end, in its language if they can."""
    slugs = library().slugs()
    place = slugs.index(story.slug) + 1
    found = (in_a_language(slug, story.language) for slug in (*slugs[place:], *slugs[: place - 1]))
    return list(islice(filter(None, found), most))


def in_a_language(slug: str, language: str) -> Story | None:
    """Give a story in a language, else in its own; None if it cannot be read.

    Why it cannot is reported by the command line; readers see the stories there are.
    """
    try:
        return library().story(slug, language) or library().story(slug)
    except SlideshowError:
        return None


def story_page(
    story: Story, endpoint: str, headline: tuple[Text, ...], description: str, **values: object
) -> Page:
    """Give the head of one of a story's pages; its title starts with the headline, if any."""
    names = [plain_text(text, story) for text in (*headline, story.title)]
    return Page(
        title=" – ".join(names),
        description=description,
        language=story.language,
        languages=library().languages_of(story),
        endpoint=endpoint,
        values={"slug": story.slug, **values},
        default_language=story.source_language,
        kind="article",
    )


def plain_text(text: Text, story: Story) -> str:
    """Give a piece of a story without its Markdown, for titles and the like."""
    return plain(text.value) if story.is_markdown else text.value


def summary(paragraphs: tuple[Text, ...], story: Story, length: int = 200) -> str:
    """Give the start of the first paragraph, cut at a word, at most ``length`` characters."""
    text = plain_text(paragraphs[0], story) if paragraphs else ""
    if len(text) <= length:
        return text
    # Cut at plain spaces only: a no-break space is there so that nothing is cut.
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
