"""Walks the site as a whole, for the export."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.routing import MapAdapter, Rule
from werkzeug.test import EnvironBuilder

from slideshow.errors import SlideshowError
from slideshow.library.links import PAGE_PREFIX
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.model import Story
from slideshow.web.app import create_app
from slideshow.web.head import pairs_of
from slideshow.web.paging import shelf_part, story_part
from slideshow.web.services import services
from slideshow.web.views.sitemap import Sitemap

MISSING = "/404.html"  # where static hosts look for the error page

# Endpoints that need a server, and the features that a static host lacks without them.
SERVER_ONLY = {
    "slides.start": "the redirect from / to the reader's language (a script does it instead)",
    "slides.search": "search by the words of titles",
    "health.health": "/healthz",
    "health.ready": "/readyz",
    "oembed.oembed": "oEmbed (the embed snippets still work)",
}

# Enumerated separately.
LISTED = ("assets.static", "pictures.picture", "recordings.recording", "sitemap.part")


class Site:
    """The site as a whole: every address, and the app's response there.

    ``settings`` open it again, in another process; passing ``library`` saves opening it here.
    """

    def __init__(self, settings: Settings, library: Library | None = None) -> None:
        if library is None:
            opened = open_library(settings)
            settings, library = opened.settings, opened.library
        self.settings = replace(settings, reload=False, pagecache_bytes=0, counts="")
        self._app = create_app(self.settings, library)
        # On a static host, a link to a server-only address would be dead.
        self._app.jinja_env.globals.update(discovery=None, can_search=False)
        services(self._app).outlines.patience = math.inf
        parts = urlsplit(settings.base_url or "http://localhost")
        base = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._environ = EnvironBuilder(base_url=base).get_environ()

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The path of every page and file that a static host can serve, each once.

        They are made from the app's own rules, so that a new route is never forgotten: a rule's
        arguments determine whether it has a page per site, language, story or slide.
        """
        return tuple(self._walk())

    def _walk(self) -> Iterator[str]:
        library = services(self._app).library
        rules = [rule for rule in self._app.url_map.iter_rules() if _is_static(rule)]
        adapter = self._app.url_map.bind("")

        def of(*pages: dict[str, Any]) -> Iterator[str]:
            # Grouped by kind: alternating kinds leaves the processor's caches cold.
            for rule in rules:
                if pages and rule.arguments == pages[0].keys():
                    yield from (_path(rule, values) for values in pages)

        pages = library.pages.slugs() if library.pages else ()
        names = [slug.removeprefix(PAGE_PREFIX) for slug in pages if _is_readable(library, slug)]
        yield MISSING
        yield from _static_files(self._app)
        yield from of({})
        yield from _sitemaps(self._app, adapter)
        for language in library.languages():
            shelves = shelf_part(1, len(library.slugs())).further
            yield from of({"language": language})
            yield from of(*({"language": language, "name": name} for name in names))
            yield from of(*({"language": language, "number": number} for number in shelves))
        for slug in pages:
            yield from _pictures(library, adapter, slug)
        for slug in library.slugs():
            yield from _pictures(library, adapter, slug)
            yield from _recordings(library, adapter, slug)
            for story in _in_every_language(library, slug):
                contents = story_part(1, story.total).further
                positions = range(1, story.total + 1)
                for where in _places(library, story):
                    yield from of(where)
                    yield from of(*({**where, "number": number} for number in contents))
                    yield from of(*({**where, "position": position} for position in positions))

    def body(self, path: str) -> bytes:
        """Render the app's response at ``path``; at ``/404.html`` the page for missing addresses.

        Raises SlideshowError if there is no such page or it cannot be rendered.
        """
        asked = f"{path}/" if path == MISSING else path  # an address that cannot exist
        environ = {**self._environ, "PATH_INFO": unquote(asked, "latin-1"), "REQUEST_URI": asked}
        with self._app.request_context(environ):
            answer = self._app.full_dispatch_request()
            answer.direct_passthrough = False  # a file is read whole, one at a time
            body = answer.get_data()
            answer.close()
        if answer.status_code != (404 if path == MISSING else 200):
            raise SlideshowError(
                f"export stopped: the page {path} could not be made",
                "run `slideshow check`, fix the story, then export again",
            )
        return body

    def unreachable(self) -> list[str]:
        """List the endpoints that ``addresses`` neither covers nor deliberately omits."""
        stories = [{"language", "slug"}, {"pair", "slug"}]
        slides = [each | {name} for each in stories for name in ("position", "number")]
        known = [set(), *({"language", *more} for more in ((), ("number",), ("name",)))]
        known += [*stories, *slides]
        return sorted(
            rule.endpoint
            for rule in self._app.url_map.iter_rules()
            if _is_static(rule) and rule.arguments not in known
        )


def _is_static(rule: Rule) -> bool:
    is_read = rule.methods is not None and "GET" in rule.methods
    return is_read and rule.endpoint not in (*SERVER_ONLY, *LISTED)


def _path(rule: Rule, values: dict[str, Any]) -> str:
    # Not by endpoint: clients request all of the icon's addresses.
    built = rule.build(values)
    assert built
    return built[1]


def _static_files(app: Flask) -> Iterator[str]:
    yield from (f"/static/{address}" for address in sorted(services(app).assets.by_address))


def _pictures(library: Library, adapter: MapAdapter, slug: str) -> Iterator[str]:
    file = library.file(slug)
    of_page = library.pages if slug.startswith(PAGE_PREFIX) else None
    source = next(_in_every_language(of_page or library, slug), None)
    for rendition in library.pictures.renditions(file.path, source) if file and source else ():
        yield adapter.build("pictures.picture", {"slug": slug, "name": rendition.name})


def _is_readable(library: Library, slug: str) -> bool:
    """Check whether a page of the site can be read; the command reports those that cannot."""
    try:
        return library.pages is not None and library.pages.story(slug) is not None
    except SlideshowError:
        return False


def _recordings(library: Library, adapter: MapAdapter, slug: str) -> Iterator[str]:
    file = library.files().get(slug)
    if file is None:
        return
    stories = _in_every_language(library, slug)
    names = (name for story in stories for name in library.recordings.names(file.path, story))
    for name in dict.fromkeys(map(str, names)):
        yield adapter.build("recordings.recording", {"slug": slug, "name": name})


def _sitemaps(app: Flask, adapter: MapAdapter) -> Iterator[str]:
    with app.test_request_context():
        parts = Sitemap().parts
    for number in range(1, parts + 1) if parts > 1 else ():
        yield adapter.build("sitemap.part", {"number": number})


def _places(library: Library, story: Story) -> list[dict[str, Any]]:
    """List the start of a story's URLs: each of its languages, and each pair of them."""
    pairs = [pair for pair in pairs_of(library.languages_of(story)) if pair[0] == story.language]
    alone = {"language": story.language, "slug": story.slug}
    return [alone, *({"pair": pair, "slug": story.slug} for pair in pairs)]


def _in_every_language(library: Library, slug: str) -> Iterator[Story]:
    try:
        source = library.story(slug)
    except SlideshowError:
        return  # the command reports it, and exports the other stories
    for language in library.languages_of(source) if source else ():
        story = library.story(slug, language)
        if story:
            yield story
