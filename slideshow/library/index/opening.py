"""Opens the index that settings name."""

from __future__ import annotations

from slideshow.library.filecache import cache_folder
from slideshow.library.index.index import Index
from slideshow.library.records import cached_for
from slideshow.library.stories import Library
from slideshow.settings import Settings

NAME = "index"  # of the folder in the cache


def index_of(settings: Settings, library: Library) -> Index:
    """Open the index of a library, in the cache."""
    folder = cached_for(library.place, NAME, cache_folder(settings.filecache_folder))
    return Index(library, folder, library.refresh)
