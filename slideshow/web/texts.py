"""The texts of a story on a page: the only place that passes their HTML unescaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from flask import Flask, g, get_template_attribute, url_for
from markupsafe import Markup, escape

from slideshow.errors import SlideshowError
from slideshow.library.links import PAGE_PREFIX, linked_slug
from slideshow.story.excerpts import Excerpt
from slideshow.story.model import Block, Slide, Story, Text
from slideshow.story.showing import Showing
from slideshow.story.typography import unbroken
from slideshow.web.images import responsive_image
from slideshow.web.lookup import library
from slideshow.web.site_pages import address_of


def install(app: Flask) -> None:
    """Add functions for the HTML of texts to the templates."""
    app.jinja_env.filters.update(inline=inline, html=html, entitled=entitled, excerpt=excerpt)


def inline(text: Text) -> Markup:
    """Render a headline or a title as HTML."""
    return Markup(unbroken(text.inline(), text.language))


def excerpt(found: Excerpt) -> Markup:
    """Render a part of a text as HTML, with the words of the search marked."""
    pieces = (
        f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else escape(piece.text)
        for piece in found.pieces
    )
    return Markup(unbroken("".join(pieces), found.language))


def entitled(slide: Slide) -> Text:
    """Return the name of a slide as plain text, with its part where others share the headline."""
    name = slide.name.plain()
    if slide.parts > 1:
        part = g.interface.gettext("%(part)s of %(parts)s", part=slide.part, parts=slide.parts)
        name = f"{name} ({part})"
    return Text(name, slide.name.language)


def html(
    block: Block, story: Story, language: str = "", rank: int = 1, position: int = 0
) -> Markup:
    """Render a block of a story as HTML, below headlines of ``rank``.

    ``language`` is that of the page, if it is not the story's; ``position`` is that of the slide, 0
    on a page with several.
    """
    page = language or story.language
    written_in = next((text.language for text in block.texts()), page)
    showing = Showing(page, rank, _Links(story, position).address, _label, _Within(story).picture)
    return Markup(unbroken(block.html(showing), written_in))


@dataclass(frozen=True, slots=True)
class _Links:
    """Resolves the links of a story: to its own slides, to other stories, to elsewhere."""

    story: Story
    position: int

    def address(self, written: str) -> str:
        """Resolve a link to an address; empty for a dead one."""
        file, _, anchor = written.partition("#")
        if not file:
            return self._slide(self.story, anchor)
        slug = linked_slug(written, self.story.slug)
        if slug is None:
            return written
        try:
            other = self._linked(slug)
        except SlideshowError:
            return ""
        return self._slide(other, anchor) if other else ""

    def _linked(self, slug: str) -> Story | None:
        """Find a story or a page of the site in the language of this one, else in its own."""
        if not slug.startswith(PAGE_PREFIX):
            return library().story(slug, self.story.language) or library().story(slug)
        pages = library().pages
        return pages.nearest(slug, self.story.language) if pages else None

    def _slide(self, story: Story, anchor: str) -> str:
        position = story.anchors.get(unquote(anchor).lower()) if anchor else None
        if story.slug.startswith(PAGE_PREFIX):
            section = f"#slide-{position}" if position else ""
            return section if story is self.story else address_of(story.slug) + section
        where: dict[str, Any] = {"language": story.language, "slug": story.slug}
        if position is None:
            return url_for("slides.cover", **where) if story is not self.story else ""
        if anchor.startswith("note-") and self.position in (0, position):
            return f"#{anchor}"
        return url_for("slides.slide", **where, slide=story.place(position))


@dataclass(frozen=True, slots=True)
class _Within:
    """Renders the pictures within the texts of a story."""

    story: Story

    def picture(self, file: str, alt: str) -> str:
        """Render a picture as a part of a line; its alternative text if it cannot be shown."""
        image = responsive_image(self.story, file)
        if image is None:
            return str(escape(alt))
        return str(get_template_attribute("_picture.html", "within")(image, alt)).strip()


def _label(kind: str) -> str:
    """Look up the name of a kind of box in the language of the page."""
    gettext = g.interface.gettext
    labels = {
        "note": gettext("Note"),
        "tip": gettext("Tip"),
        "important": gettext("Important"),
        "warning": gettext("Warning"),
        "caution": gettext("Caution"),
        "details": gettext("Details"),
    }
    return str(labels.get(kind, kind))
