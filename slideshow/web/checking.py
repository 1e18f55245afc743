"""Finds the problems of a site beside its stories: its fonts, and its owner's templates.

Templates are tried by rendering a page of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from slideshow.errors import Problem, SlideshowError
from slideshow.library.cards.undrawn import undrawn
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.owner.templates import problems
from slideshow.web.services import services

MISSING = "/missing/"  # an address with an error page


def problems_of(settings: Settings, library: Library) -> Iterator[Problem]:
    """Yield the problems of the cards' fonts, and of the templates beside the stories."""
    try:
        app = create_app(settings, library)
    except SlideshowError as error:
        yield error.problem
        return
    yield from undrawn(library, services(app).faces)
    own = services(app).own_templates
    if own.names():
        _render_each_kind(app, library)
        yield from problems(app, own)


def _render_each_kind(app: Flask, library: Library) -> None:
    slug = next(iter(library.slugs()), "")
    story = library.story(slug) if slug else None
    values: dict[str, object] = {"language": story.language if story else library.languages()[0]}
    if story:
        first, other = (*library.languages_of(story), story.language)[:2]
        last = story.place(story.total)
        values |= {"slug": slug, "slide": last, "pair": (first, other)}
    client = app.test_client()
    client.get(MISSING)
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("cards.") and rule.arguments <= values.keys():
            built = rule.build({name: values[name] for name in rule.arguments})
            if built and "GET" in (rule.methods or ()):
                client.get(built[1])
