"""Scripts of a site's owner, as ``[scripts]`` in the file of settings has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from slideshow.errors import SettingError

# An origin, which goes into a header unchanged; HTTP is for trying things out on one machine.
_NAME = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
HOST = re.compile(
    rf"(?:https://{_NAME}|http://(?:localhost|127\.0\.0\.1))(?::[0-9]+)?", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"id|data-(?!hx-)[a-z0-9_.-]+")
PATH = re.compile(r"/(?!/)[\w./~%+=&?@:,!*()$-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scripts:
    """Scripts that pages load, such as statistics, and the one host that these may use.

    Raises SettingError for an invalid value.
    """

    host: str = ""  # where scripts come from and send to, such as https://stats.example
    load: tuple[str, ...] = ()  # files, and paths at the host, which start with a slash
    attributes: Mapping[str, str] = field(default_factory=dict)  # of the scripts from the host
    frames: bool = False  # whether frames load them too

    def __post_init__(self) -> None:
        """Refuse values that no policy or page could contain."""
        if self.host and not HOST.fullmatch(self.host):
            raise SettingError(
                f"host={self.host!r} is not the address of a host",
                "write it as https://stats.example, without a path",
            )
        for name in self.load:
            is_path = PATH.fullmatch(name) if name.startswith("/") else name.endswith(".js")
            if not is_path:
                raise SettingError(
                    f"{name!r} in load is neither a file nor a path at the host",
                    "write look/own.js for a file, /script.js for a path",
                )
        for name in self.attributes:
            if not ATTRIBUTE.fullmatch(name):
                raise SettingError(f"the attribute {name!r} is not allowed", "use data-… or id")

    def files(self) -> Iterator[str]:
        """Yield the path of each file."""
        yield from (name for name in self.load if not name.startswith("/"))

    def addresses(self) -> Iterator[str]:
        """Yield the address of each script at the host; without a host, at the site's own."""
        yield from (self.host + name for name in self.load if name.startswith("/"))
