"""The folder of a library: whether it is there, and which files are in it."""

from __future__ import annotations

import os
from pathlib import Path

from slideshow.errors import LibraryError


class Folder:
    """The folder that ``place`` is, or in which the one article at ``place`` is.

    Unless ``follows_links``, a file that a link fetches from outside is none of the library's.
    """

    def __init__(self, place: Path, follows_links: bool = False) -> None:
        self.path = place if place.is_dir() else place.parent
        self.place = place
        self._follows_links = follows_links

    def is_away(self) -> bool:
        """Tell whether the folder is missing or has nothing in it, as an empty mount point."""
        try:
            with os.scandir(self.path) as entries:
                return next(entries, None) is None
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:  # it is there: whoever reads it says why that is refused
            return False

    def refuse_outside(self, path: Path) -> None:
        """Raise LibraryError if ``path``, which is below the folder, leads out of it by a link.

        The place itself may be a link: whoever runs Slideshow named it.
        """
        if self._follows_links or path == self.place or not path.is_relative_to(self.path):
            return
        # A link may lead to the next; one that leads in a circle is the reader's to refuse.
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.path)):
            raise LibraryError(
                "a link that leads out of the folder of the stories",
                "put a copy in its place, or set SLIDESHOW_FOLLOW_LINKS=on",
                path=str(path),
            )
