"""The objects that all views share, created with the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Flask, current_app

from slideshow.library.addresses import Addresses
from slideshow.library.cards.fonts import Face
from slideshow.library.filecache import FileCache
from slideshow.library.index.index import Index
from slideshow.library.names import Names
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.assets import Asset, Assets
from slideshow.web.branding import Branding
from slideshow.web.i18n import Interfaces
from slideshow.web.own_scripts import OwnScripts
from slideshow.web.own_templates import OwnTemplates

if TYPE_CHECKING:
    from slideshow.web.lists import Lists

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
