"""The settings of a site: defaults, ``slideshow.toml``, the environment, the command line.

Each of these sources takes precedence over those before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from enum import Enum
from threading import TIMEOUT_MAX
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slideshow.brand import Brand
from slideshow.errors import PREFIX, Problem, SettingError, variable_of
from slideshow.scripts import Scripts
from slideshow.story.languages import tag_of
from slideshow.story.limits import Limits, PictureLimits
from slideshow.story.publishing import HOLD, SHOW, Policy
from slideshow.values import parsed, suggestion, written

# Kubernetes sets these for a service of our name: SLIDESHOW_SERVICE_HOST, SLIDESHOW_PORT_80_TCP,
# and SLIDESHOW_PORT=tcp://10.0.0.1:80, which is no port of ours.
FOREIGN_VARIABLES = re.compile(rf"{PREFIX}(?:SERVICE|PORT)_")
FOREIGN_VALUES = re.compile(r"(?:tcp|udp|sctp)://")
POSITIVE = (
    "filecache_bytes", "article_bytes", "article_slides", "article_characters", "catalogue_bytes",
    "picture_bytes", "picture_pixels", "recording_bytes", "preview_hours",
)  # fmt: skip

# The values of settings that have few; the first is the default.
CHOICES = {
    "log_level": ("info", "debug", "warning", "error"),
    "log_format": ("plain", "timed", "json"),
    "access_log": ("off", "combined", "json"),
    "incomplete": (HOLD, SHOW),
    "pairs": ("source", "all", "none"),
}
RANGES = {"port": (1, 65535), "workers": (1, 256)}
NOT_NEGATIVE = ("proxies", "pagecache_bytes", "max_age", "hsts")

# The part of CSP, section 2.3.1, for frame-ancestors: it goes into a header unchanged.
_SOURCE = (
    r"(?:\*|'self'|[a-z]+:|(?:[a-z]+://)?(?:\*\.)?[a-zA-Z0-9.-]*[a-zA-Z0-9](?::(?:[0-9]+|\*))?)"
)
SOURCES = re.compile(rf"'none'|{_SOURCE}(?: {_SOURCE})*")


class Source(Enum):
    """Where the value of a setting comes from, besides its default."""

    FILE = "slideshow.toml"
    ENVIRONMENT = "the environment"
    COMMAND_LINE = "the command line"


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a setting's value, and its place there: a variable, or a path with a line."""

    source: Source
    place: str = ""

    def __str__(self) -> str:
        return self.place or self.source.value


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that an operator can change.

    Each field is a name in ``slideshow.toml``, and all but its tables are ``SLIDESHOW_<NAME>`` too.
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
    embedded_hosts: tuple[str, ...] = ()  # hosts whose films and charts readers may open in a page
    filecache_folder: str = ""  # folder of the picture cache; empty: the user's cache
    filecache_bytes: int = 512_000_000  # bytes of that folder at most
    follow_links: bool = False  # read files that links lead to outside the folder
    cut: bool = False  # cut long sections into slides, where an article does not say
    article_bytes: int = Limits().bytes  # bytes of an article's file at most
    article_slides: int = Limits().slides  # slides of an article at most
    article_characters: int = Limits().characters  # characters of one text of an article at most
    catalogue_bytes: int = Limits().catalogue_bytes  # bytes of a catalogue's file at most
    picture_bytes: int = PictureLimits().bytes  # bytes of a picture's file at most
    picture_pixels: int = PictureLimits().pixels  # pixels of a picture at most
    recording_bytes: int = PictureLimits().recording_bytes  # bytes of a film or sound at most
    card_font: tuple[str, ...] = ()  # font files for cards in scripts that the bundled one lacks
    proxies: int = 0  # number of trusted proxies in front of the server
    trusted_hosts: tuple[str, ...] = ()  # trusted host names; empty: any
    host: str = "127.0.0.1"  # address that the server listens at
    port: int = 8000  # its port
    uds: str = ""  # path of a Unix socket in their place
    workers: int = 1  # number of server processes
    max_age: int = 1  # seconds for which browsers and CDNs may show a page without asking
    hsts: int = 31_536_000  # seconds for which browsers must use HTTPS for this host; 0: not said
    log_level: str = CHOICES["log_level"][0]  # least severe messages that are logged
    log_format: str = CHOICES["log_format"][0]  # form of the messages
    access_log: str = CHOICES["access_log"][0]  # form of a line for each request
    metrics: str = ""  # address of figures for Prometheus; empty: none
    counts: str = ""  # file for counts of reads; empty: none
    timezone: str = "UTC"  # zone of times of publication that name none, such as Europe/Paris
    languages: tuple[str, ...] = ()  # languages in which each story must be complete; empty: any
    incomplete: str = CHOICES["incomplete"][0]  # treatment of edits without translations
    pairs: str = CHOICES["pairs"][0]  # pairs of languages that are offered side by side
    preview_secret: str = ""  # secret that signs the addresses of previews; empty: no previews
    preview_hours: int = 72  # hours for which such an address is valid
    removed: tuple[str, ...] = ()  # names of the stories that were removed
    redirects: Mapping[str, str] = field(default_factory=dict)  # former names of stories
    # Front matter by the name of the story, for articles without any.
    details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    brand: Brand = field(default_factory=Brand)  # the look of the site; only a file can hold it
    scripts: Scripts = field(default_factory=Scripts)  # scripts of the owner; likewise
    # The source of each value that is not the default; those set in Python are not listed.
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **given: Any) -> Settings:
        """Read the settings in ``environment``; those in ``given`` that are not None win.

        Raises SettingError, with the variable's name, for a value of the wrong kind.
        """
        values: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for setting in variables():
            variable = variable_of(setting.name)
            value = environment.get(variable)
            if value is not None and not _is_foreign(variable, value):
                values[setting.name] = parsed(variable, value, setting.default)
                origins[setting.name] = Origin(Source.ENVIRONMENT, variable)
        named = {name: value for name, value in given.items() if value is not None}
        origins |= dict.fromkeys(named, Origin(Source.COMMAND_LINE))
        return cls(**values | named, origins=origins)

    def with_file(self, values: Mapping[str, Any], origins: Mapping[str, Origin]) -> Settings:
        """Apply the values of a file, in the place of those of its former version.

        Values from the command line, the environment or Python stay as they are.
        """
        former = {
            name.partition(".")[0]
            for name, origin in self.origins.items()
            if origin.source is Source.FILE
        }
        kept = {name for name in self._chosen() if name not in former}
        new = {setting.name: default_of(setting) for setting in settings_of(Settings)}
        new = {name: values.get(name, new[name]) for name in {*former, *values} - kept}
        others = {name: origin for name, origin in self.origins.items() if name in kept}
        ours = {name: origin for name, origin in origins.items() if name.partition(".")[0] in new}
        return replace(self, **new, origins=others | ours)

    def _chosen(self) -> Iterator[str]:
        """Yield the names of the settings that somebody chose, be it in Python."""
        for setting in settings_of(Settings):
            name = setting.name
            if name in self.origins or getattr(self, name) != default_of(setting):
                yield name

    def to_environment(self) -> dict[str, str]:
        """Format the variables that ``from_environment`` can read, for worker processes.

        Defaults and the values of a file are left out: workers read the file themselves.
        """
        of_file = {name for name, origin in self.origins.items() if origin.source is Source.FILE}
        known = {setting.name for setting in variables()}
        return {
            variable_of(name): written(getattr(self, name))
            for name in self._chosen()
            if name in known - of_file
        }

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the dotted name and the path of each file of the site that a table names."""
        yield from ((f"brand.{name}", path) for name, path in self.brand.files())
        yield from (("scripts.load", path) for path in self.scripts.files())

    @property
    def article_limits(self) -> Limits:
        """The limits of an article."""
        return Limits(
            self.article_bytes,
            self.article_slides,
            self.article_characters,
            self.catalogue_bytes,
            self.cut,
        )

    @property
    def largest_file_bytes(self) -> int:
        """The size limit, in bytes, of any file of a story."""
        return max(self.article_bytes, self.picture_bytes, self.recording_bytes)

    @property
    def picture_limits(self) -> PictureLimits:
        """The limits of a picture."""
        return PictureLimits(self.picture_bytes, self.picture_pixels, self.recording_bytes)

    @property
    def policy(self) -> Policy:
        """The rules of publication."""
        return Policy(
            ZoneInfo(self.timezone),
            tuple(str(tag_of(each)) for each in self.languages),
            self.incomplete == HOLD,
            frozenset(self.removed),
            dict(self.redirects),
            dict(self.details),
        )

    def __post_init__(self) -> None:
        """Refuse invalid values before anything starts; normalise the language tag."""
        if self.lang:
            tag = tag_of(self.lang)
            if tag is None:
                raise SettingError(
                    f"{self.lang!r} is not a language", "use a language code, such as fr or pt-BR"
                )
            object.__setattr__(self, "lang", tag)
        if self.base_url and not _is_address(self.base_url):
            raise SettingError(
                f"base URL {self.base_url!r} is not an address",
                "write it with its scheme, as https://example.org, and without ? and #",
            )
        if not SOURCES.fullmatch(self.frame_ancestors) or self.frame_ancestors == "none":
            raise SettingError(
                f"{self._label('frame_ancestors')} {self.frame_ancestors!r} is not valid",
                "use * for every site, 'none' for none, or list sites: 'self' https://news.example",
            )
        for name in POSITIVE:
            self._check(name, getattr(self, name) >= 1, "set it to 1 or more")
        for name in NOT_NEGATIVE:
            self._check(name, getattr(self, name) >= 0, "set it to 0 or more")
        for name, (least, most) in RANGES.items():
            is_within = least <= getattr(self, name) <= most
            self._check(name, is_within, f"set it to a number from {least} to {most}")
        for name, choices in CHOICES.items():
            self._check(name, getattr(self, name) in choices, f"use {' or '.join(choices)}")
        self._check("refresh", 0 <= self.refresh <= TIMEOUT_MAX, "set it to 0 or more seconds")
        is_time = 0 < self.bucket_refresh <= TIMEOUT_MAX
        self._check("bucket_refresh", is_time, "set it to more than 0")
        self._refuse_rules()

    def _check(self, name: str, is_valid: bool, fix: str) -> None:
        """Raise SettingError, with advice, if the value of a setting is not valid."""
        if not is_valid:
            raise SettingError(f"{self._label(name)} is {getattr(self, name)}", fix)

    def _refuse_rules(self) -> None:
        """Refuse invalid rules of publication."""
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingError(
                f"{self._label('timezone')} {self.timezone!r} is unknown",
                "use a name such as Europe/Paris or UTC",
            ) from error
        for name in self.languages:
            if tag_of(name) is None:
                raise SettingError(
                    f"{self._label('languages')}: {name!r} is not a language",
                    "use language codes, such as fr or pt-BR",
                )

    def _label(self, name: str) -> str:
        """Return the name of a setting where its value was set: a variable's, or its own."""
        origin = self.origins.get(name)
        return variable_of(name) if origin and origin.source is Source.ENVIRONMENT else name


def _is_address(url: str) -> bool:
    """Check whether a URL is suitable as the start of all pages' URLs."""
    try:
        parts = urlsplit(url)
        is_whole = bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:  # UnicodeError, for names that no DNS can hold
        return False
    has_more = any(mark in url for mark in ' \t\n\r"<>\\?#')
    return is_whole and not has_more and url.startswith(("http://", "https://"))


def _is_foreign(variable: str, value: str) -> bool:
    return variable == variable_of("port") and bool(FOREIGN_VALUES.match(value))


def settings_of(kind: type) -> tuple[Field[Any], ...]:
    """List the fields of a class of settings that are settings, its tables included."""
    return tuple(each for each in fields(kind) if each.name != "origins")


def variables() -> tuple[Field[Any], ...]:
    """List the settings that have an environment variable: all but tables."""
    return tuple(each for each in settings_of(Settings) if not is_table(default_of(each)))


def default_of(setting: Field[Any]) -> Any:
    """Return the default value of a setting."""
    if setting.default_factory is not MISSING:
        return setting.default_factory()
    return setting.default


def is_table(default: object) -> bool:
    """Check whether a setting is a table of ``slideshow.toml``: of known names, or of any."""
    return is_dataclass(default) or isinstance(default, dict)


def unknown_variables(environment: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each variable of ours that is no setting, such as a misspelt one."""
    known = {variable_of(setting.name) for setting in variables()}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known and not FOREIGN_VARIABLES.match(name):
            yield Problem(f"{name} is no setting", suggestion(name, sorted(known)))
