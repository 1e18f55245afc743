"""The objects that all views share, created with the app."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, current_app

from slideshow.library.addresses import Addresses
from slideshow.library.cards.fonts import Face
from slideshow.library.filecache import FileCache
from slideshow.library.freshness.dependencies import Remembered
from slideshow.library.names import Names
from slideshow.library.outlines import Outlines
from slideshow.library.search import Titles
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.assets import Assets
from slideshow.web.branding import Branding
from slideshow.web.i18n import Interfaces
from slideshow.web.paging import PageCounts

NAME = "slideshow"  # in ``app.extensions``


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one app: ``faces`` are the fonts of cards, ``reported`` the logged errors."""

    settings: Settings
    library: Library
    outlines: Outlines
    titles: Titles
    interfaces: Interfaces
    assets: Assets
    addresses: Addresses
    names: Names
    filecache: FileCache
    faces: tuple[Face, ...]
    branding: Branding
    page_counts: Remembered[None, PageCounts] = field(default_factory=lambda: Remembered(1))
    reported: set[str] = field(default_factory=set)


def services(app: Flask | None = None) -> Services:
    """Return the services of an app, by default of the current one."""
    found: Services = (app or current_app).extensions[NAME]
    return found


def install(app: Flask, made: Services) -> None:
    """Store the services in the app."""
    app.extensions[NAME] = made
