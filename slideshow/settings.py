"""The settings of a site: defaults, the environment, the command line, in that order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from threading import TIMEOUT_MAX
from typing import Any, cast
from urllib.parse import urlsplit

from slideshow.errors import SettingError, variable_of
from slideshow.story.languages import tag_of
from slideshow.story.model import Limits, PictureLimits

SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
NUMBERS: dict[type, str] = {int: "a whole number", float: "a number"}
POSITIVE = (
    "filecache_bytes", "article_bytes", "article_slides", "article_characters", "catalogue_bytes",
    "picture_bytes", "picture_pixels",
)  # fmt: skip

# The part of CSP, section 2.3.1, for frame-ancestors: it goes into a header unchanged.
_SOURCE = (
    r"(?:\*|'self'|[a-z]+:|(?:[a-z]+://)?(?:\*\.)?[a-zA-Z0-9.-]*[a-zA-Z0-9](?::(?:[0-9]+|\*))?)"
)
SOURCES = re.compile(rf"'none'|{_SOURCE}(?: {_SOURCE})*")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that an operator can change; each field is ``SLIDESHOW_<NAME>`` too.

    Raises SettingError for an invalid value.
    """

    stories: str = ""  # file, folder or URL of the stories; empty: the bundled ones
    lang: str = ""  # language of articles that do not name theirs
    base_url: str = ""  # address of the site for absolute links, such as https://example.org
    site_name: str = "Slideshow"  # name of the site in titles and cards
    refresh: float = 1.0  # seconds after which a changed file is noticed
    bucket_refresh: float = 10.0  # seconds after which a bucket is listed again
    pagecache_bytes: int = 64_000_000  # bytes of finished pages that each process keeps; 0: none
    reload: bool = False  # show saved changes in the open browser at once
    offline: bool = True  # let browsers keep the stories that were opened
    frame_ancestors: str = "* file:"  # who may show the frames: a CSP source list
    filecache_folder: str = ""  # folder of the picture cache; empty: the user's cache
    filecache_bytes: int = 512_000_000  # bytes of that folder at most
    follow_links: bool = False  # read files that links lead to outside the folder
    article_bytes: int = Limits().bytes  # bytes of an article's file at most
    article_slides: int = Limits().slides  # slides of an article at most
    article_characters: int = Limits().characters  # characters of one text of an article at most
    catalogue_bytes: int = Limits().catalogue_bytes  # bytes of a catalogue's file at most
    picture_bytes: int = PictureLimits().bytes  # bytes of a picture's file at most
    picture_pixels: int = PictureLimits().pixels  # pixels of a picture at most
    card_font: str = ""  # font file for cards in scripts that the bundled one lacks
    proxies: int = 0  # number of trusted proxies in front of the server
    trusted_hosts: tuple[str, ...] = ()  # trusted host names; empty: any

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **given: Any) -> Settings:
        """Read the settings in ``environment``; those in ``given`` that are not None win.

        Raises SettingError, with the variable's name, for a value of the wrong kind.
        """
        values: dict[str, Any] = {}
        for setting in fields(cls):
            variable = variable_of(setting.name)
            if variable in environment:
                values[setting.name] = _parsed(variable, environment[variable], setting.default)
        values.update({name: value for name, value in given.items() if value is not None})
        return cls(**values)

    def to_environment(self) -> dict[str, str]:
        """Format the variables that ``from_environment`` can read, for worker processes."""
        return {
            variable_of(setting.name): _written(getattr(self, setting.name))
            for setting in fields(self)
        }

    @property
    def article_limits(self) -> Limits:
        """The limits of an article."""
        return Limits(
            self.article_bytes,
            self.article_slides,
            self.article_characters,
            self.catalogue_bytes,
        )

    @property
    def largest_file_bytes(self) -> int:
        """The size limit, in bytes, of any file of a story."""
        return max(self.article_bytes, self.picture_bytes)

    @property
    def picture_limits(self) -> PictureLimits:
        """The limits of a picture."""
        return PictureLimits(self.picture_bytes, self.picture_pixels)

    def __post_init__(self) -> None:
        """Refuse invalid values before anything starts; normalise the language tag."""
        if self.lang:
            tag = tag_of(self.lang)
            if tag is None:
                raise SettingError(f"{self.lang!r} is not a language", "give a tag, as fr or pt-BR")
            object.__setattr__(self, "lang", tag)
        if self.base_url and not _is_address(self.base_url):
            raise SettingError(
                f"base URL {self.base_url!r} is not an address",
                "write it with its scheme, as https://example.org, and without ? and #",
            )
        if not SOURCES.fullmatch(self.frame_ancestors) or self.frame_ancestors == "none":
            raise SettingError(
                f"frame ancestors {self.frame_ancestors!r} are no CSP source list",
                "write * or 'none' or hosts with spaces between: 'self' https://news.example",
            )
        if self.proxies < 0:
            raise SettingError(f"{self.proxies} proxies", "give 0 or the number of proxies")
        for name in POSITIVE:
            if getattr(self, name) < 1:
                raise SettingError(f"{name} of {getattr(self, name)}", "give 1 or more")
        if self.pagecache_bytes < 0:
            raise SettingError(
                f"a page cache of {self.pagecache_bytes} bytes", "give 0 or more bytes"
            )
        if not 0 <= self.refresh <= TIMEOUT_MAX:
            raise SettingError(f"refresh of {self.refresh} s", "give 0 or more seconds")
        if not 0 < self.bucket_refresh <= TIMEOUT_MAX:
            raise SettingError(
                f"bucket refresh of {self.bucket_refresh} s", "give more than 0 seconds"
            )


def _is_address(url: str) -> bool:
    """Check whether a URL is suitable as the start of all pages' URLs."""
    try:
        parts = urlsplit(url)
        is_whole = bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:  # UnicodeError, for names that no DNS can hold
        return False
    has_more = any(mark in url for mark in ' \t\n\r"<>\\?#')
    return is_whole and not has_more and url.startswith(("http://", "https://"))


def _parsed(variable: str, value: str, default: object) -> Any:
    if not value and isinstance(default, int | float):  # so are on and off
        return default  # such as a variable passed on unset
    if isinstance(default, bool):
        if value.lower() not in SWITCH:
            raise SettingError(f"{variable}={value!r} is neither on nor off", "set it to on or off")
        return SWITCH[value.lower()]
    try:
        if isinstance(default, int | float):
            return type(default)(value)
    except ValueError as error:
        raise SettingError(
            f"{variable}={value!r} is not {NUMBERS[type(default)]}",
            f"set it to something like {_written(default)}, or leave it out",
        ) from error
    if isinstance(default, tuple):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(cast("tuple[str, ...]", value))
    return str(value).lower() if isinstance(value, bool) else str(value)
