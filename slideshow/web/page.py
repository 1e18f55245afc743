"""What a page says of itself in its head: title, addresses, its twins in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from slideshow.settings import Settings


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``endpoint`` with ``values`` gives its URL in each of ``languages``.

    ``title`` and ``description`` are plain text. ``default_language`` is the one that search
    engines show to readers of none of the languages (``x-default``).
    """

    title: str
    description: str
    language: str
    languages: tuple[str, ...]
    endpoint: str
    values: Mapping[str, Any]
    default_language: str
    kind: str = "website"

    def path(self, language: str) -> str:
        """Give the URL of the page's twin in a language, without the host."""
        return url_for(self.endpoint, language=language, **self.values)

    def at(self, position: int) -> str:
        """Give the URL of the same kind of page at another position of the story."""
        values = {**self.values, "position": position}
        return url_for(self.endpoint, language=self.language, **values)

    @property
    def canonical(self) -> str:
        """Give the one absolute URL of the page."""
        return absolute(self.path(self.language))

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Give tag and absolute URL of each twin, the page itself among them, then x-default."""
        twins = [(tag, absolute(self.path(tag))) for tag in self.languages]
        return [*twins, ("x-default", absolute(self.path(self.default_language)))]


def absolute(path: str) -> str:
    """Give the absolute URL of a path of ours: below the configured base URL, else the host."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.base_url:
        return request.host_url.rstrip("/") + path
    # The base URL holds the prefix that url_for has put before the path already.
    prefix = request.root_path.rstrip("/")
    return settings.base_url.rstrip("/") + path.removeprefix(prefix)
