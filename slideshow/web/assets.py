"""Stylesheets and scripts: bundled, fingerprinted, compressed once, cached by browsers for ever."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import brotli
import rcssmin
import rjsmin
from markupsafe import Markup

from slideshow.web.compression import IDENTITY, WORTH_COMPRESSING

# A page loads one file of each kind, since each request costs a round trip. The sources
# stay separate, one behaviour each; scripts loaded on first use are not listed here.
_PAGE_STYLES = ("css/tokens.css", "css/base.css", "css/slide.css", "css/picture.css")
_PAGE_SCRIPTS = (
    "vendor/htmx.min.js",
    "js/failure.js",
    "js/head.js",
    "js/language.js",
    "js/new-tab.js",
    "js/unseen.js",
    "js/ahead.js",
    "js/steps.js",
)
BUNDLES = {
    "slideshow.css": (
        *_PAGE_STYLES,
        "css/lists.css",
        "css/panel.css",
        "css/menu.css",
        "css/print.css",
    ),
    "slideshow.js": (
        *_PAGE_SCRIPTS,
        "js/focus.js",
        "js/keys.js",
        "js/touch-screen.js",
        "js/missing.js",
        "js/load.js",
        "js/offline.js",
    ),
    "touch.js": ("js/drag.js", "js/touch.js"),
    "cover.js": ("js/begin.js", "js/continue.js", "js/page-language.js", "js/offline.js"),
    "worker.js": ("js/worker-kept.js", "js/worker-story.js", "js/worker.js"),
    "frame.css": (*_PAGE_STYLES, "css/menu.css", "css/print.css", "css/frame.css"),
    "frame.js": (
        *_PAGE_SCRIPTS,
        "js/touch-screen.js",
        "js/load.js",
        "js/embed-sandbox.js",
        "js/embed-keys.js",
        "js/embed-languages.js",
        "js/embed-controls.js",
        "js/embed-messages.js",
        "js/embed-wordpress.js",
        "js/embed-height.js",
    ),
}
# Inlined in the page, which costs bytes and saves the first headline a round trip.
INLINED = ("slideshow.css", "css/cover.css", "css/figures.css", "frame.css")

# Python uses the system's table, and an old one has a type for scripts that is not compressed.
TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """A served file; ``address`` is its name with a fingerprint of its bytes."""

    name: str
    data: bytes
    _encoded: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def address(self) -> str:
        """The name ``stem.fingerprint.suffix``, which changes whenever the bytes do."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{stem}.{hashlib.sha256(self.data).hexdigest()[:10]}.{suffix}"

    @cached_property
    def integrity(self) -> str:
        """The hash of the bytes, as HTML's ``integrity`` has it (Subresource Integrity)."""
        digest = base64.b64encode(hashlib.sha384(self.data).digest()).decode()
        return f"sha384-{digest}"

    @cached_property
    def type(self) -> str:
        """The media type, as registered by IANA; plain text for a licence."""
        return TYPES.get(self.name.rpartition(".")[2], "text/plain")

    @property
    def is_compressible(self) -> bool:
        """Whether compression makes the bytes smaller."""
        return self.type.startswith(WORTH_COMPRESSING)

    def encoded(self, coding: str) -> bytes:
        """Encode the bytes in a content coding, on the first call."""
        if coding == IDENTITY:
            return self.data
        known = self._encoded.get(coding)
        if known is None:
            known = (
                brotli.compress(self.data) if coding == "br" else gzip.compress(self.data, mtime=0)
            )
            self._encoded[coding] = known
        return known


class Assets:
    """Every file of ``static/`` and every bundle, by name and by address."""

    def __init__(self, folder: Path) -> None:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        data = {path.relative_to(folder).as_posix(): _shortened(path) for path in files}
        for bundle, names in BUNDLES.items():
            data[bundle] = b"\n".join(data[name] for name in names)
        self.by_name = {name: Asset(name, content) for name, content in data.items()}
        self.by_address = {asset.address: asset for asset in self.by_name.values()}
        self.styles = {name: Style(self.by_name[name].data) for name in INLINED}


@cache
def assets_of(folder: Path) -> Assets:
    """Load the assets of a folder, once in each process: they ship with the package."""
    return Assets(folder)


class Style:
    """An inlined stylesheet, and the source expression that allows it in a policy."""

    def __init__(self, data: bytes) -> None:
        self.element = Markup(f"<style>{data.decode()}</style>")
        self.source = f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


def _shortened(path: Path) -> bytes:
    """Minify a file, except ``embed.js``, which publishers read too."""
    data = path.read_bytes()
    if path.parent.name == "vendor" or path.name == "embed.js":
        return data
    if path.suffix == ".css":
        return bytes(rcssmin.cssmin(data))
    return bytes(rjsmin.jsmin(data)) if path.suffix == ".js" else data
