"""Films, charts and maps of other sites, whose address is alone in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from slideshow.story.model import Block, Text
from slideshow.story.showing import Showing

_ALONE = re.compile(r"<?(https?://[^\s<>\[\]()]+(?:\([^\s<>\[\]()]*\))?)>?")
_LINKED = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s<>()]+)\)")
_MAP = re.compile(r"map=(\d+)/(-?[\d.]+)/(-?[\d.]+)")
DEGREES_ACROSS = 360  # of a map of the world, which halves with each zoom


@dataclass(frozen=True, slots=True)
class Service:
    """A film, a chart or a map at another site: the site's name, and the address of its frame."""

    name: str
    frame: str

    @property
    def host(self) -> str:
        """The host of the frame."""
        return urlsplit(self.frame).hostname or ""


def service_of(address: str) -> Service | None:
    """Recognise the address of a film, a chart or a map; None for any other address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    for find in (_youtube, _vimeo, _peertube, _datawrapper, _flourish, _map):
        found = find(host, parts.path, parts.query, parts.fragment)
        if found:
            return found
    return None


def _youtube(host: str, path: str, query: str, fragment: str) -> Service | None:
    name = ""
    if host == "youtu.be":
        name = path.strip("/")
    elif host in ("youtube.com", "youtube-nocookie.com"):
        found = re.fullmatch(r"/(?:embed|shorts|live)/([\w-]+)/?", path)
        name = found[1] if found else parse_qs(query).get("v", [""])[0]
    if not re.fullmatch(r"[\w-]{11}", name):
        return None
    return Service("YouTube", f"https://www.youtube-nocookie.com/embed/{name}")


def _vimeo(host: str, path: str, query: str, fragment: str) -> Service | None:
    found = re.fullmatch(r"/(?:video/)?(\d{6,12})(?:/([0-9a-f]+))?/?", path)
    if host not in ("vimeo.com", "player.vimeo.com") or not found:
        return None
    key = f"&h={found[2]}" if found[2] else ""
    return Service("Vimeo", f"https://player.vimeo.com/video/{found[1]}?dnt=1{key}")


def _peertube(host: str, path: str, query: str, fragment: str) -> Service | None:
    found = re.fullmatch(r"/(?:w|videos/watch|videos/embed)/([\w-]{20,36})/?", path)
    is_host = re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", host)
    if not found or not is_host:
        return None
    return Service(f"PeerTube ({host})", f"https://{host}/videos/embed/{found[1]}")


def _datawrapper(host: str, path: str, query: str, fragment: str) -> Service | None:
    found = re.fullmatch(r"/(?:_/)?(\w{5})(?:/\d*)?/?", path)
    if host not in ("datawrapper.dwcdn.net", "datawrapper.de") or not found:
        return None
    return Service("Datawrapper", f"https://datawrapper.dwcdn.net/{found[1]}/")


def _flourish(host: str, path: str, query: str, fragment: str) -> Service | None:
    found = re.fullmatch(r"/(visualisation|story)/(\d{4,12})(?:/(?:embed)?)?", path)
    if host not in ("public.flourish.studio", "flo.uri.sh") or not found:
        return None
    return Service("Flourish", f"https://flo.uri.sh/{found[1]}/{found[2]}/embed")


def _map(host: str, path: str, query: str, fragment: str) -> Service | None:
    found = _MAP.search(fragment) or _MAP.search(query)
    if host != "openstreetmap.org" or not found:
        return None
    zoom, latitude, longitude = min(int(found[1]), 19), float(found[2]), float(found[3])
    across = DEGREES_ACROSS / 2**zoom
    box = (longitude - across, latitude - across / 2, longitude + across, latitude + across / 2)
    sides = "%2C".join(f"{side:.5f}" for side in box)
    frame = f"https://www.openstreetmap.org/export/embed.html?bbox={sides}&layer=mapnik"
    return Service("OpenStreetMap", frame)


def address_in(value: str) -> tuple[str, str]:
    """Split a paragraph that is nothing but a link into its address and its words."""
    value = value.strip()
    if found := _ALONE.fullmatch(value):
        return found[1], ""
    if found := _LINKED.fullmatch(value):
        return found[2], found[1]
    return "", ""


@dataclass(frozen=True, slots=True)
class Elsewhere(Block):
    """A film, a chart or a map of another site; ``text`` is the link as it is written."""

    text: Text

    @property
    def address(self) -> str:
        """The address that the article links to."""
        return address_in(self.text.value)[0]

    @property
    def words(self) -> str:
        """The words of the link, empty if there are none."""
        return address_in(self.text.value)[1]

    @property
    def service(self) -> Service | None:
        """The site; None if a translation links to another one."""
        return service_of(self.address)

    @property
    def is_illustrated(self) -> bool:
        """Whether it is a film, a chart or a map: always."""
        return True

    def texts(self) -> Iterator[Text]:
        """Yield the link."""
        yield self.text

    def translated(self, translate: Callable[[Text], Text]) -> Elsewhere:
        """Translate the link, which may lead to another film."""
        return replace(self, text=translate(self.text))

    def html(self, showing: Showing) -> str:
        """Render the link as a paragraph."""
        return self.text.html(showing)


def elsewhere(text: Text) -> Elsewhere | None:
    """Wrap a paragraph that links to a film, a chart or a map; None for any other."""
    if "://" not in text.value:
        return None
    address, _ = address_in(text.value)
    return Elsewhere(text) if address and service_of(address) else None
