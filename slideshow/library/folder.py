"""The folder of a library: whether it exists, and which files belong to it."""

from __future__ import annotations

import os
from pathlib import Path

from slideshow.errors import LibraryError

# The folders beside the articles, in which no article is.
ADDRESSES = "addresses"  # the record of the addresses of slides
EDITIONS = "published"  # the last complete editions
PAGES = "pages"  # the pages of the site
TEMPLATES = "templates"  # those of the site's owner
TRANSLATIONS = "translations"
RESERVED = frozenset((ADDRESSES, EDITIONS, PAGES, TEMPLATES, TRANSLATIONS))


class Folder:
    """The folder at ``place``, or the one that contains the single article at ``place``.

    Unless ``follows_links``, files reached through a link to outside don't belong to the library.
    """

    def __init__(self, place: Path, follows_links: bool = False) -> None:
        self.path = place if place.is_dir() else place.parent
        self.place = place
        self.follows_links = follows_links

    def is_away(self) -> bool:
        """Check whether the folder is missing, or empty like an unused mount point."""
        try:
            with os.scandir(self.path) as entries:
                return next(entries, None) is None
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:  # it exists: reading it reports the reason
            return False

    def refuse_outside(self, path: Path) -> None:
        """Raise LibraryError if ``path``, below the folder, leads out of it through a link.

        The place itself may be a link, since the operator named it.
        """
        if self.follows_links or path == self.place or not path.is_relative_to(self.path):
            return
        # Links may be chained; circular ones fail when read.
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.path)):
            raise LibraryError(
                "a link that leads out of the folder of the stories",
                "put a copy in its place, or set SLIDESHOW_FOLLOW_LINKS=on",
                path=str(path),
            )
