"""Puts the observers that the settings ask for around an app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from slideshow.library.counts import Counts
from slideshow.settings import Settings
from slideshow.web.observing.accesslog import FORMATS, access_log
from slideshow.web.observing.exchange import Observed, Observer
from slideshow.web.observing.figures import figures
from slideshow.web.observing.reads import Reads


def install(app: Flask, settings: Settings) -> None:
    """Show each exchange of ``app`` to its observers; without any, leave it as it is.

    Raises SettingError if the counts cannot be written.
    """
    observers = list(_observers(app, settings))
    if observers:
        app.wsgi_app = Observed(app.wsgi_app, observers)  # type: ignore[method-assign]


def _observers(app: Flask, settings: Settings) -> Iterator[Observer]:
    if settings.access_log in FORMATS:
        yield access_log(settings.access_log)
    if settings.metrics:
        yield figures()
    if settings.counts:
        yield Reads(app, Counts(Path(settings.counts)))
