"""The cards: the preview pictures that chats, feeds and searches show for our links."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, g, request
from PIL import Image

from slideshow.errors import SlideshowError
from slideshow.library.cards.drawing import HEIGHT, WIDTH, Card, Words, draw
from slideshow.story.keys import Place
from slideshow.story.languages import direction_of
from slideshow.story.model import Story, Text
from slideshow.web.lookup import article_of, find_slide, find_story, library
from slideshow.web.services import services
from slideshow.web.texts import entitled

logger = logging.getLogger(__name__)
blueprint = Blueprint("cards", __name__)


@blueprint.get("/<language>/card.png")
def shelf(language: str) -> Response:
    """Serve the card of the shelf: the name of the site."""
    settings = services().settings
    hue, vividness = services().branding.hue("", 1)
    kicker = Words(str(g.interface.gettext("Stories")), direction_of(language))
    return _card(
        Card(
            Words(settings.site_name, direction_of(language)),
            kicker,
            Words(""),
            hue=hue,
            vividness=vividness,
        )
    )


@blueprint.get("/<language>/<slug>/card.png")
def story(language: str, slug: str) -> Response:
    """Serve the card of a story: its title."""
    shown = find_story(slug, language)
    return _story_card(shown, shown.title, None, shown.image)


@blueprint.get("/<language>/<slug>/<slide:slide>/card.png")
def slide(language: str, slug: str, slide: Place) -> Response:
    """Serve the card of a slide: its headline."""
    shown = find_story(slug, language)
    part = find_slide(shown, slide.position)
    file = part.picture.file if part.picture else None
    return _story_card(shown, entitled(part), slide.position, file)


def _story_card(story: Story, headline: Text, position: int | None, file: str | None) -> Response:
    settings = services().settings
    article = article_of(story.slug)
    hue, vividness = services().branding.hue(story.slug, position or 1)
    card = Card(
        headline=_words(headline),
        title=_words(story.title) if position else Words(""),
        site=Words(settings.site_name),
        position=position or 0,
        total=story.total if position else 0,
        picture=_fingerprint(article, file),
        hue=hue,
        vividness=vividness,
    )
    return _card(card, article, file)


def _card(card: Card, article: Path | None = None, file: str | None = None) -> Response:
    filecache = services().filecache
    faces = services().faces
    pictures = library().pictures
    card = replace(card, has_rule=services().branding.brand.rule != "none")

    def made() -> bytes:
        picture: Image.Image | None = None
        if article and file and card.picture:
            try:
                picture = pictures.covering(article, file, WIDTH, HEIGHT)
            except SlideshowError as error:
                logger.error("%s", error)
        return draw(card, faces, picture)

    key = card.key(faces)
    response = Response(filecache.get(key, made), mimetype="image/png")
    response.set_etag(key.removesuffix(".png"))
    response.make_conditional(request)
    return response


def _words(text: Text) -> Words:
    return Words(text.plain(), direction_of(text.language))


def _fingerprint(article: Path | None, file: str | None) -> str:
    """Return the fingerprint of a picture's content; empty if there is nothing to show."""
    try:
        original = library().pictures.original(article, file) if article and file else None
    except SlideshowError:
        return ""
    return original.fingerprint if original else ""
