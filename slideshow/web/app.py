"""Assembles the app from its parts."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask, request
from flask.templating import Environment

from slideshow.errors import SettingError
from slideshow.library.files import replace_file
from slideshow.library.folder import PAGES
from slideshow.library.opening import Opened, open_library
from slideshow.library.publishing.publication import PREVIEWED
from slideshow.library.sitefile import is_being_saved, place_of
from slideshow.library.stories import Library
from slideshow.paths import PACKAGE
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
    services,
    site_pages,
    texts,
)
from slideshow.web.compiled import Compiled
from slideshow.web.lookup import own_scripts
from slideshow.web.middleware.forwarded import Forwarded
from slideshow.web.middleware.long_headers import LongHeaders
from slideshow.web.middleware.prefix import Prefix
from slideshow.web.middleware.preview import Preview
from slideshow.web.middleware.renewed import Made, Renewed
from slideshow.web.middleware.trusted_hosts import Hosts
from slideshow.web.observing import observers
from slideshow.web.owner import templates
from slideshow.web.pagecache import middleware as pagecache
from slideshow.web.routing import (
    ANY_SLIDE,
    GroupConverter,
    PairConverter,
    PositionConverter,
    SlideConverter,
    absolute,
)
from slideshow.web.search import MAX_CHARACTERS
from slideshow.web.views import (
    cards,
    embed,
    errors,
    feeds,
    groups,
    health,
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


def create_app(
    settings: Settings | None = None,
    library: Library | None = None,
    *,
    kept: Path | None = None,
) -> Flask:
    """Create the WSGI app; without ``settings``, with those in the environment.

    Apps that share ``kept``, the path of a file, keep a copy of the last good ``slideshow.toml``
    there, and start with it while the one beside the stories has a mistake or is being saved.
    Raises SlideshowError for unusable settings or stories.
    """
    settings = settings or Settings.from_environment(os.environ)
    if library is not None:
        return _assembled(settings, library)
    copy = kept if kept and kept.exists() else None
    is_copied = copy is not None and is_being_saved(settings, copy)
    try:
        app, opened = _opened(settings, copy if is_copied else None, kept)
    except SettingError:
        if copy is None or is_copied:
            raise
        is_copied = True
        app, opened = _opened(settings, copy, kept)

    def again() -> Made:
        made, opened_again = _opened(opened.settings, None, kept)
        return made.wsgi_app, sources_of(opened_again.settings, made)

    app.wsgi_app = Renewed(  # type: ignore[method-assign]
        (app.wsgi_app, sources_of(opened.settings, app)),
        again,
        place_of(opened.settings).parent,
        opened.library.refresh,
        is_outdated=is_copied,
    )
    observers.install(app, opened.settings)
    return app


def _opened(settings: Settings, copy: Path | None, kept: Path | None) -> tuple[Flask, Opened]:
    """Create an app with the settings of the file, or of its copy; keep those of a good file."""
    opened = open_library(settings, follows=True, copy=copy)
    app = _assembled(opened.settings, opened.library)
    data = opened.site.data
    if kept and not copy and (data or not place_of(opened.settings).exists()):
        with suppress(OSError):  # such as a full disk
            replace_file(kept, data)
    return app, opened


def sources_of(settings: Settings, app: Flask) -> list[Path]:
    """List the files that an app is made from, besides the stories, and the folders of others."""
    file = place_of(settings)
    own = [file.parent / path for _, path in settings.files()]
    return [file, file.with_name(PAGES), *own, *services.services(app).own_templates.files()]


def _assembled(settings: Settings, library: Library) -> Flask:
    """Create the app for these settings, which stay as they are, and these stories."""
    app, made = _App(), services.services_of(settings, library)
    templates.install(app, made.own_templates)
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
        i18n, texts, site_pages, errors, headers, static, pictures, recordings, elsewhere, oembed,
        feeds, manifest, offline, groups, canonical,
    ):  # fmt: skip
        part.install(app)
    for view in (health, cards, slides, pairs, pages):
        app.register_blueprint(view.blueprint)
    sitemap.install(app)
    app.register_blueprint(embed.blueprint)
    uncached = app.wsgi_app
    if settings.reload:
        reload.install(app)
    else:
        pagecache.install(app, settings)
    app.wsgi_app = _layered(  # type: ignore[assignment, method-assign]
        app.wsgi_app, uncached, settings, library
    )
    return app


def _layered(
    app: WSGIApplication, uncached: WSGIApplication, settings: Settings, library: Library
) -> WSGIApplication:
    """Wrap an app in its middleware, the outermost last; previews are shown ``uncached``."""
    app = Preview(app, uncached, settings, library)
    app = Hosts(app, settings.trusted_hosts)
    app = Prefix(app, settings.base_url)
    if settings.proxies:
        app = Forwarded(app, settings.proxies, has_base_url=bool(settings.base_url))
    return LongHeaders(app)
