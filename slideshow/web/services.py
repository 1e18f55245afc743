"""The objects that all views share, created with the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, current_app

from slideshow.library.addresses import Addresses
from slideshow.library.cards.fonts import Face, faces_of
from slideshow.library.filecache import FileCache, cache_folder, filecache_of
from slideshow.library.folder import ADDRESSES
from slideshow.library.index.index import Index
from slideshow.library.index.opening import index_of
from slideshow.library.names import Names
from slideshow.library.records import folder_for
from slideshow.library.stories import Library
from slideshow.paths import shipped
from slideshow.settings import Settings
from slideshow.web.assets import Asset, Assets, assets_of
from slideshow.web.i18n import Interfaces
from slideshow.web.lists import Lists
from slideshow.web.owner.branding import Branding, branding_of
from slideshow.web.owner.scripts import OwnScripts, own_scripts_of
from slideshow.web.owner.templates import OwnTemplates

NAME = "slideshow"  # in ``app.extensions``


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one app: ``faces`` are the fonts of cards, ``reported`` the logged errors."""

    settings: Settings
    library: Library
    index: Index
    interfaces: Interfaces
    assets: Assets
    addresses: Addresses
    names: Names
    filecache: FileCache
    faces: tuple[Face, ...]
    branding: Branding
    own_scripts: OwnScripts
    own_templates: OwnTemplates
    lists: Lists
    reported: set[str] = field(default_factory=set)

    @property
    def site_files(self) -> Mapping[str, Asset]:
        """The files of the site's owner below ``/static/``, by address."""
        scripts = {file.address: file for file in self.own_scripts.files}
        return {**self.branding.files, **scripts}


def services(app: Flask | None = None) -> Services:
    """Return the services of an app, by default of the current one."""
    found: Services = (app or current_app).extensions[NAME]
    return found


def install(app: Flask, made: Services) -> None:
    """Store the services in the app."""
    app.extensions[NAME] = made


def services_of(settings: Settings, library: Library) -> Services:
    """Create the services of an app with these settings and stories.

    Raises SlideshowError for an unusable font or folder.
    """
    index = index_of(settings, library)
    names = Names(library, index)
    branding = branding_of(settings.brand, library.folder)
    record = folder_for(library.place, ADDRESSES, cache_folder(settings.filecache_folder))
    return Services(
        settings,
        library,
        index=index,
        names=names,
        interfaces=Interfaces(library),
        assets=assets_of(shipped("static")),
        addresses=Addresses(library, record, names),
        filecache=filecache_of(settings),
        faces=faces_of(settings, branding.headline_font),
        branding=branding,
        own_scripts=own_scripts_of(settings.scripts, library.folder),
        own_templates=OwnTemplates(library.folder),
        lists=Lists(library, index),
    )
