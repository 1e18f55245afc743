"""The scripts of a site's owner on its pages, and the host that the policy of these allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask

from slideshow.library.folder import Folder
from slideshow.library.publication import PREVIEWED
from slideshow.library.sitefile import read_named
from slideshow.scripts import Scripts
from slideshow.web.assets import Asset
from slideshow.web.routing import is_frame
from slideshow.web.services import services


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


NONE = OwnScripts()


def own_scripts_of(scripts: Scripts, folder: Folder) -> OwnScripts:
    """Read the scripts below ``folder``.

    Raises SettingError for an unreadable file.
    """
    read = (read_named(folder, "scripts.load", path) for path in scripts.files())
    files = tuple(Asset(f"own-{number}.js", data) for number, data in enumerate(read, 1))
    addresses = tuple(scripts.addresses())
    return OwnScripts(scripts.host, files, addresses, scripts.attributes, scripts.frames)


def shown() -> OwnScripts:
    """Return the scripts of the page of this request.

    Frames have none unless the owner says so. Previews have none: their addresses are secret.
    """
    found = services().own_scripts
    is_without = PREVIEWED.get() or (is_frame() and not found.are_in_frames)
    return NONE if is_without else found


def install(app: Flask) -> None:
    """Add the scripts of a page to the templates."""
    app.jinja_env.globals["own_scripts"] = shown
