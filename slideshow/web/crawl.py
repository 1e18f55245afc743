"""Walks the site as a whole, for the export."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, product
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, request
from werkzeug.routing import MapAdapter, Rule
from werkzeug.test import EnvironBuilder

from slideshow.errors import Problem, SlideshowError
from slideshow.library.cards.fonts import Face
from slideshow.library.freshness.dependencies import Parts
from slideshow.library.links import PAGE_PREFIX
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.keys import Place, key_of
from slideshow.story.model import Story
from slideshow.web import moved, sitemap
from slideshow.web.app import create_app, sources_of
from slideshow.web.canonical import current, lead_on
from slideshow.web.head import pairs_from
from slideshow.web.lists import SERIES, TAGS
from slideshow.web.paging import shelf_part, story_part
from slideshow.web.services import services
from slideshow.web.shelf import is_searchable
from slideshow.web.views import search_files, static

MISSING = "/404.html"  # where static hosts look for the error page
SEARCH = "/search/"  # end of the name of the unit that has the files of a search, in a language

# Endpoints that need a server, and the features that a static host lacks without them.
SERVER_ONLY = {
    "slides.start": "the redirect from / to the reader's language (a script does it instead)",
    "slides.search": "results of a search as a page (a script shows them instead)",
    "health.health": "/healthz",
    "health.ready": "/readyz",
    "oembed.oembed": "oEmbed (the embed snippets still work)",
}

# Enumerated separately, or not at all.
LISTED = (
    "assets.static",
    "embed.former_dialog",
    "embed.pinned",
    "groups.feed",
    "groups.further",
    "groups.shelf",
    "pictures.picture",
    "recordings.recording",
    "search_files.stories",
    "search_files.words",
    "sitemap.part",
)


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
        self._app.jinja_env.globals.update(discovery=None, can_search=False, is_exported=True)
        static.link_styles(self._app)
        search_files.install(self._app)
        # Nobody needs the headers, and all addresses are current ones but that of no page.
        self._app.after_request_funcs.clear()
        before = self._app.before_request_funcs[None]
        before[before.index(lead_on)] = _refuse_missing
        services(self._app).index.patience = math.inf
        parts = urlsplit(settings.base_url or "http://localhost")
        base = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._environ = EnvironBuilder(base_url=base).get_environ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The path of every page and file that a static host can serve, each once.

        They are made from the app's own rules, so that a new route is never forgotten: a rule's
        arguments determine whether it has a page per site, language, story or slide.
        """
        units = chain(moved.FILES, self.units)
        return tuple(path for unit in units for path in self.in_unit(unit))

    @property
    def now(self) -> float:
        """The time by which stories are public, in seconds since 1970."""
        return services(self._app).library.publication.clock.now().timestamp()

    @property
    def faces(self) -> tuple[Face, ...]:
        """The fonts of the cards."""
        return services(self._app).faces

    @property
    def sources(self) -> list[Path]:
        """The files and folders that every page depends on, besides those of this package."""
        return [*sources_of(self.settings, self._app), *map(Path, self.settings.card_font)]

    @property
    def parts(self) -> Iterator[Parts[Any, Any]]:
        """The parts of lists that pages are made from."""
        found = services(self._app)
        yield from (*found.library.parts, *found.index.parts, *found.lists.parts)
        yield sitemap.of(self._app).section

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The name of each group of files that are made together.

        A story is one, with all its pages and files, named by its slug. All other addresses are one
        each, but the files of former addresses: they follow from ``moves_in`` all units.
        """
        return tuple(self._units())

    def _units(self) -> Iterator[str]:
        library = services(self._app).library
        adapter = self._app.url_map.bind("")
        pages = library.pages.slugs() if library.pages else ()
        names = [slug.removeprefix(PAGE_PREFIX) for slug in pages if _is_readable(library, slug)]
        yield MISSING
        yield from _static_files(self._app)
        yield f"/{services(self._app).assets.by_name['embed.js'].address}"
        yield from self._of({})
        yield from _sitemaps(self._app, adapter)
        with self._app.app_context():
            is_searched = is_searchable()
            shelves = shelf_part(1, services(self._app).lists.total).further
        for language in library.languages():
            yield from self._of({"language": language})
            yield from self._of(*({"language": language, "name": name} for name in names))
            yield from self._groups(language)
            if is_searched:
                yield f"/{language}{SEARCH}"
            yield from self._of(*({"language": language, "number": number} for number in shelves))
        for slug in pages:
            yield from _pictures(library, adapter, slug)
        yield from library.slugs()

    def in_unit(self, unit: str) -> Iterator[str]:
        """Yield the addresses of a unit."""
        if unit.endswith(SEARCH):
            yield from self._search_files(unit.removesuffix(SEARCH).strip("/"))
            return
        if unit.startswith("/"):
            yield unit
            return
        library = services(self._app).library
        adapter = self._app.url_map.bind("")
        yield from _pictures(library, adapter, unit)
        yield from _recordings(library, adapter, unit)
        for story in _in_every_language(library, unit):
            contents = story_part(1, story.total).further
            slides = [story.place(position) for position in range(1, story.total + 1)]
            with self._app.app_context():
                places = _places(library, story)
            for where in places:
                yield from self._of(where)
                yield from self._of(*({**where, "number": number} for number in contents))
                yield from self._of(*({**where, "slide": slide} for slide in slides))

    def _of(self, *pages: dict[str, Any]) -> Iterator[str]:
        """Yield the path of each page with such arguments.

        Grouped by kind: alternating kinds leaves the processor's caches cold.
        """
        for rule in self._rules:
            if pages and rule.arguments == pages[0].keys():
                yield from (_path(rule, values) for values in pages)

    @cached_property
    def _rules(self) -> list[Rule]:
        return [rule for rule in self._app.url_map.iter_rules() if _is_static(rule)]

    def body(self, path: str) -> bytes:
        """Render the app's response at ``path``; at ``/404.html`` the page for missing addresses.

        Raises SlideshowError if there is no such page or it cannot be rendered.
        """
        if path in moved.FILES:
            return moved.FILES[path](self._moves()).encode()
        environ = {**self._environ, "PATH_INFO": unquote(path, "latin-1"), "REQUEST_URI": path}
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

    def problems_in(self, unit: str) -> Iterator[Problem]:
        """Yield the problems of the story of a unit."""
        if not unit.startswith("/"):
            yield from services(self._app).library.problems_of(unit)

    def moves_in(self, unit: str, *, has_positions: bool = True) -> Iterator[tuple[str, str]]:
        """Yield each former path of a page or a file of a unit, with the current one.

        The record of addresses knows the former places of slides; positions alone need no record.
        """
        found = services(self._app)
        root = urlsplit(self.settings.base_url).path.rstrip("/")
        with self._app.app_context():
            adapter = self._app.url_map.bind("")
            for story in () if unit.startswith("/") else _in_every_language(found.library, unit):
                former = found.addresses.former(story)
                if has_positions:
                    former += [Place(at) for at, key in enumerate(story.keys, 1) if key]
                slides = [story.place(at) for at in range(1, story.total + 1)]
                names = found.names.former(story.slug)
                for where, rule in product(_places(found.library, story), self._rules):
                    for old in _former(rule, where, former, names, slides):
                        new = adapter.build(*current(rule.endpoint, old))
                        yield root + _path(rule, old), root + new

    def _moves(self) -> Iterator[tuple[str, str]]:
        """Yield the moves of all units, with as many positions alone as hosts can hold."""
        left = moved.MAX_POSITIONS_ALONE
        for unit in self.units:
            for move in self.moves_in(unit, has_positions=left > 0):
                left -= 1
                yield move

    def _groups(self, language: str) -> Iterator[str]:
        """Yield the pages and feeds of the tags and the series in a language."""
        sizes: Counter[tuple[str, str]] = Counter()
        for outline in services(self._app).index.all():
            sizes.update((TAGS, key) for key in {*map(key_of, outline.tags)})
            sizes[SERIES, key_of(outline.series)] += 1
        adapter = self._app.url_map.bind("")
        for (kind, name), total in sorted(sizes.items()):
            where = {"language": language, "kind": kind, "name": name}
            for endpoint in ("groups.shelf", "groups.feed") if name else ():
                yield adapter.build(endpoint, where)
            for number in shelf_part(1, total).further if name else ():
                yield adapter.build("groups.further", {**where, "number": number})

    def _search_files(self, language: str) -> Iterator[str]:
        """Yield the files that a script searches, in a language."""
        adapter = self._app.url_map.bind("")
        with self._app.app_context():
            for endpoint, count in search_files.counts().items():
                for number in range(count):
                    yield adapter.build(endpoint, {"language": language, "number": number})

    def unreachable(self) -> list[str]:
        """List the endpoints that ``addresses`` neither covers nor deliberately omits."""
        stories = [{"language", "slug"}, {"pair", "slug"}]
        slides = [each | {name} for each in stories for name in ("slide", "number")]
        known = [set(), *({"language", *more} for more in ((), ("number",), ("name",)))]
        known += [*stories, *slides]
        return sorted(rule.endpoint for rule in self._rules if rule.arguments not in known)


def _refuse_missing() -> None:
    if request.path == MISSING:
        abort(404)


def _former(
    rule: Rule,
    where: dict[str, Any],
    former: Sequence[Place],
    names: Sequence[str],
    slides: Sequence[Place],
) -> Iterator[dict[str, Any]]:
    """Yield the arguments of the former addresses of a rule, for one story in one language."""
    if rule.arguments == where.keys():
        yield from ({**where, "slug": name} for name in names)
    if rule.arguments == where.keys() | {"slide"}:
        yield from ({**where, "slide": slide} for slide in former)
        for name in names:
            yield from ({**where, "slug": name, "slide": each} for each in (*former, *slides))


def _is_static(rule: Rule) -> bool:
    is_read = rule.methods is not None and "GET" in rule.methods
    return is_read and rule.endpoint not in (*SERVER_ONLY, *LISTED)


def _path(rule: Rule, values: dict[str, Any]) -> str:
    # Not by endpoint: clients request all of the icon's addresses.
    built = rule.build(values)
    assert built
    return built[1]


def _static_files(app: Flask) -> Iterator[str]:
    found = services(app)
    addresses = {*found.assets.by_address, *found.site_files, *found.branding.parts}
    yield from (f"/static/{address}" for address in sorted(addresses))


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
    file = library.file(slug)
    if file is None:
        return
    stories = _in_every_language(library, slug)
    names = (name for story in stories for name in library.recordings.names(file.path, story))
    for name in dict.fromkeys(map(str, names)):
        yield adapter.build("recordings.recording", {"slug": slug, "name": name})


def _sitemaps(app: Flask, adapter: MapAdapter) -> Iterator[str]:
    with app.test_request_context():
        parts = sitemap.parts()
    for number in parts:
        yield adapter.build("sitemap.part", {"number": number})


def _places(library: Library, story: Story) -> list[dict[str, Any]]:
    """List the start of a story's URLs: its language, and each pair with that to offer."""
    pairs = pairs_from(story.language, library.languages_of(story))
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
