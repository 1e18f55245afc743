"""Opens the library that settings name: the stories of a folder, or of a bucket's copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from slideshow.library.bucket import copy_of
from slideshow.library.stories import Library
from slideshow.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """A library, and the settings that open it again: for a bucket, they name the copy."""

    library: Library
    settings: Settings


def open_library(settings: Settings, *, follows: bool = False) -> Opened:
    """Open the stories that settings name; with ``follows``, keep a bucket's copy up to date.

    Raises LibraryError if they do not exist or the bucket cannot be read.
    """
    bucket = copy_of(settings.stories, settings.largest_file_bytes)
    if bucket:
        settings = replace(settings, stories=str(bucket.place))
        if follows:
            bucket.follow(settings.bucket_refresh)
    library = Library(
        Path(settings.stories) if settings.stories else None,
        settings.lang,
        0 if settings.reload else settings.refresh,
        limits=settings.article_limits,
        pictures=settings.picture_limits,
        follow_links=settings.follow_links,
    )
    return Opened(library, settings)
