"""Assembles the app from its parts."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask.templating import Environment

from slideshow.library.addresses import NAME, Addresses
from slideshow.library.cards.fonts import faces_of
from slideshow.library.filecache import cache_folder
from slideshow.library.index.opening import index_of
from slideshow.library.links import PAGES
from slideshow.library.names import Names
from slideshow.library.opening import open_library
from slideshow.library.publication import PREVIEWED
from slideshow.library.records import folder_for
from slideshow.library.sitefile import place_of
from slideshow.library.stories import Library
from slideshow.paths import PACKAGE, shipped
from slideshow.settings import Settings
from slideshow.story.languages import (
    date_in,
    digits_of,
    direction_of,
    name_of,
    number_in,
    og_locale,
)
from slideshow.web import (
    canonical,
    elsewhere,
    headers,
    i18n,
    own_templates,
    services,
    site_pages,
    texts,
)
from slideshow.web.assets import assets_of
from slideshow.web.branding import branding_of
from slideshow.web.compiled import Compiled
from slideshow.web.head import absolute
from slideshow.web.i18n import Interfaces
from slideshow.web.lists import Lists
from slideshow.web.lookup import own_scripts
from slideshow.web.middleware.forwarded import Forwarded
from slideshow.web.middleware.long_headers import LongHeaders
from slideshow.web.middleware.prefix import Prefix
from slideshow.web.middleware.preview import Preview
from slideshow.web.middleware.renewed import Made, Renewed
from slideshow.web.middleware.trusted_hosts import Hosts
from slideshow.web.observing import observers
from slideshow.web.own_scripts import own_scripts_of
from slideshow.web.own_templates import OwnTemplates
from slideshow.web.pagecache import middleware as pagecache
from slideshow.web.routing import (
    ANY_SLIDE,
    GroupConverter,
    PairConverter,
    PositionConverter,
    SlideConverter,
)
from slideshow.web.search import MAX_CHARACTERS
from slideshow.web.services import Services
from slideshow.web.views import (
    cards,
    embed,
    errors,
    feeds,
    groups,
    manifest,
    oembed,
    offline,
    pages,
    pairs,
    pictures,
    recordings,
    reload,
    sitemap,
    slides,
    static,
)
from slideshow.web.views.health import blueprint as health

JSON = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": False}  # small, in order
TEMPLATES = PACKAGE / "web" / "templates"
REMEMBERED_URLS = 4096


class _Environment(Environment):
    """Jinja's environment, whose templates have no globals of their own but share all."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals themselves: to look them up in a chain takes a tenth of a page."""
        return super().make_globals(d) if d else self.globals


class _App(Flask):
    """A Flask app that caches URLs: a page has about thirty, most of them on other pages too."""

    jinja_environment = _Environment
    jinja_options: dict[str, Any] = {"bytecode_cache": Compiled(TEMPLATES)}  # noqa: RUF012 -- as in Flask

    def __init__(self) -> None:
        super().__init__(__name__, static_folder=None)
        self._remembered = lru_cache(maxsize=REMEMBERED_URLS)(self._built)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Build the URL of an endpoint, below the app's mount point."""
        return self._remembered(request.root_path, endpoint, tuple(values.items()))

    def _built(self, root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))


def create_app(settings: Settings | None = None, library: Library | None = None) -> Flask:
    """Create the WSGI app; without ``settings``, with those in the environment.

    Raises SlideshowError for unusable settings or stories.
    """
    settings = settings or Settings.from_environment(os.environ)
    if library is not None:
        return _assembled(settings, library)
    opened = open_library(settings, follows=True)
    app = _assembled(opened.settings, opened.library)

    def again() -> Made:
        opened_again = open_library(opened.settings)
        made = _assembled(opened_again.settings, opened_again.library)
        return made.wsgi_app, sources_of(opened_again.settings, made)

    app.wsgi_app = Renewed(  # type: ignore[method-assign]
        (app.wsgi_app, sources_of(opened.settings, app)),
        again,
        place_of(opened.settings).parent,
        opened.library.refresh,
    )
    observers.install(app, opened.settings)
    return app


def sources_of(settings: Settings, app: Flask) -> list[Path]:
    """List the files that an app is made from, besides the stories, and the folders of others."""
    file = place_of(settings)
    own = [file.parent / path for _, path in settings.files()]
    return [file, file.with_name(PAGES), *own, *services.services(app).own_templates.files()]


def _assembled(settings: Settings, library: Library) -> Flask:
    """Create the app for these settings, which stay as they are, and these stories."""
    app, made = _App(), made_from(settings, library)
    own_templates.install(app, made.own_templates)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        date=date_in,
        digits=digits_of,
        direction=direction_of,
        name=name_of,
        absolute=absolute,
        number=number_in,
        og_locale=og_locale,
    )
    app.jinja_env.policies["json.dumps_kwargs"] = JSON
    app.jinja_env.globals.update(
        site_name=settings.site_name,
        can_search=True,
        most_search_characters=MAX_CHARACTERS,
        counts_reads=bool(settings.counts),
        any_slide=ANY_SLIDE,
        own_scripts=own_scripts,
        is_preview=lambda: bool(PREVIEWED.get()),
    )
    app.url_map.merge_slashes = False  # one spelling each
    app.url_map.converters.update(
        group=GroupConverter,
        pair=PairConverter,
        position=PositionConverter,
        slide=SlideConverter,
    )
    services.install(app, made)
    for part in (
        i18n,
        texts,
        site_pages,
        errors,
        headers,
        static,
        pictures,
        recordings,
        elsewhere,
        oembed,
        feeds,
        manifest,
        offline,
        groups,
    ):
        part.install(app)
    canonical.install(app)
    app.register_blueprint(health)
    app.register_blueprint(cards.blueprint)
    app.register_blueprint(slides.blueprint)
    app.register_blueprint(pairs.blueprint)
    app.register_blueprint(pages.blueprint)
    sitemap.install(app)
    app.register_blueprint(embed.blueprint)
    uncached = app.wsgi_app
    if settings.reload:
        reload.install(app)
    else:
        pagecache.install(app, settings)
    app.wsgi_app = Preview(  # type: ignore[method-assign]
        app.wsgi_app, uncached, settings, library
    )
    app.wsgi_app = Hosts(app.wsgi_app, settings.trusted_hosts)  # type: ignore[method-assign]
    app.wsgi_app = Prefix(app.wsgi_app, settings.base_url)  # type: ignore[method-assign]
    if settings.proxies:
        has_base_url = bool(settings.base_url)
        app.wsgi_app = Forwarded(  # type: ignore[method-assign]
            app.wsgi_app, settings.proxies, has_base_url
        )
    app.wsgi_app = LongHeaders(app.wsgi_app)  # type: ignore[method-assign]
    return app


def addresses_of(settings: Settings, library: Library, names: Names) -> Addresses:
    """Open the record of the addresses of a library."""
    cache = cache_folder(settings.filecache_folder)
    return Addresses(library, folder_for(library.place, NAME, cache), names)


def made_from(settings: Settings, library: Library) -> Services:
    """Create the services of an app with these settings and stories.

    Raises SlideshowError for an unusable font or folder.
    """
    index = index_of(settings, library)
    names = Names(library, index)
    branding = branding_of(settings.brand, library.folder)
    return Services(
        settings,
        library,
        index=index,
        names=names,
        interfaces=Interfaces(library),
        assets=assets_of(shipped("static")),
        addresses=addresses_of(settings, library, names),
        filecache=pictures.filecache_of(settings),
        faces=faces_of(settings, branding.headline_font),
        branding=branding,
        own_scripts=own_scripts_of(settings.scripts, library.folder),
        own_templates=OwnTemplates(library.folder),
        lists=Lists(library, index),
    )
