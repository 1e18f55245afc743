"""The scripts of a site's owner on its pages, and the host that the policy of these allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slideshow.library.folder import Folder
from slideshow.library.publishing.publication import PREVIEWED
from slideshow.library.sitefile import read_named
from slideshow.scripts import Scripts
from slideshow.web.assets import Asset


@dataclass(frozen=True, slots=True)
class OwnScripts:
    """Scripts ready to be served: files of the site, and addresses at a host."""

    host: str = ""
    files: tuple[Asset, ...] = ()
    addresses: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    are_in_frames: bool = False

    def __bool__(self) -> bool:
        """Check whether there is any script."""
        return bool(self.files or self.addresses)

    def of_page(self, *, is_frame: bool) -> OwnScripts:
        """Return the scripts of a page.

        Frames have none unless the owner says so. Previews have none: their addresses are secret.
        """
        is_without = PREVIEWED.get() or (is_frame and not self.are_in_frames)
        return OwnScripts() if is_without else self


def own_scripts_of(scripts: Scripts, folder: Folder) -> OwnScripts:
    """Read the scripts below ``folder``.

    Raises SettingError for an unreadable file.
    """
    read = (read_named(folder, "scripts.load", path) for path in scripts.files())
    files = tuple(Asset(f"own-{number}.js", data) for number, data in enumerate(read, 1))
    addresses = tuple(scripts.addresses())
    return OwnScripts(scripts.host, files, addresses, scripts.attributes, scripts.frames)
