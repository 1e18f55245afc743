"""Opens the library that settings name: the stories of a folder, or of a bucket's copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from slideshow.errors import Problem, SettingError
from slideshow.library.bucket import Bucket, copy_of, is_bucket
from slideshow.library.filecache import cache_folder
from slideshow.library.folder import EDITIONS
from slideshow.library.pages import Pages
from slideshow.library.records import folder_for
from slideshow.library.sitefile import SiteFile, configured, problems_of, site_file_of
from slideshow.library.stories import Library
from slideshow.paths import BUNDLED
from slideshow.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """A library, and the settings that open it again: for a bucket, they name the copy.

    ``site`` has those of them that come from the file beside the stories.
    """

    library: Library
    settings: Settings
    site: SiteFile


def settings_of_site(settings: Settings) -> tuple[Settings, tuple[Problem, ...]]:
    """Return all settings of a site, and the problems of its file; of a bucket, read it alone.

    Raises LibraryError if the bucket cannot be read.
    """
    if is_bucket(settings.stories):
        bucket = Bucket(settings.stories)
        bucket.fetch_settings()
        copied = replace(settings, stories=str(bucket.place))
        found = configured(copied, is_strict=False)
        return replace(found, stories=settings.stories), problems_of(copied)
    return configured(settings, is_strict=False), problems_of(settings)


def open_library(
    settings: Settings,
    *,
    follows: bool = False,
    is_strict: bool = True,
    copy: Path | None = None,
) -> Opened:
    """Open the stories that settings name, with the settings in the file beside them.

    Those are read from its ``copy``, if one is given. With ``follows``, a bucket's copy is kept up
    to date. Raises LibraryError if the stories do not exist or the bucket cannot be read, and
    SettingError for a wrong value in the file and for a cache folder that cannot be written to; if
    not ``is_strict``, these are left out.
    """

    def in_folder(place: Path | None) -> tuple[Settings, SiteFile]:
        named = replace(settings, stories=str(place)) if place else settings
        site = site_file_of(named, copy)
        return site.applied_to(named, is_strict=is_strict), site

    bucket = copy_of(settings.stories, lambda place: in_folder(place)[0].largest_file_bytes)
    settings, site = in_folder(bucket.place if bucket else None)
    if bucket and follows:
        bucket.follow(settings.bucket_refresh)
    library = Library(
        Path(settings.stories) if settings.stories else None,
        settings.lang,
        0 if settings.reload else settings.refresh,
        limits=settings.article_limits,
        pictures=settings.picture_limits,
        follow_links=settings.follow_links,
        policy=settings.policy,
        editions=_editions_folder(settings, is_strict),
    )
    library.pages = Pages.beside(library, settings.lang)
    return Opened(library, settings, site)


def _editions_folder(settings: Settings, is_strict: bool) -> Path:
    place = Path(settings.stories) if settings.stories else BUNDLED
    try:
        cache = cache_folder(settings.filecache_folder)
    except SettingError:
        if is_strict:
            raise
        cache = cache_folder("")
    return folder_for(place, EDITIONS, cache)
