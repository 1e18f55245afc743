"""The address of a story's preview."""

from __future__ import annotations

from slideshow.errors import LibraryError, SettingError, variable_of
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.middleware.preview import PREFIX, signed

DEFAULT_ADDRESS = "http://127.0.0.1:8000"


def address_of(library: Library, settings: Settings, slug: str) -> str:
    """Return the address at which a story is shown as it is written, in its own language.

    Raises SettingError without a secret, LibraryError if there is no such story.
    """
    if not settings.preview_secret:
        raise SettingError(
            "previews are off", f"set {variable_of('preview_secret')} to a long random text"
        )
    article = library.article(slug)
    if article is None:
        known = ", ".join(library.slugs()[:10])
        raise LibraryError(f"no story has the slug {slug!r}", f"give one of these: {known}")
    site = (settings.base_url or DEFAULT_ADDRESS).rstrip("/")
    return f"{site}{PREFIX}{signed(slug, settings)}/{article.language}/{slug}/"
