"""Stylesheets and scripts: joined, fingerprinted, compressed once, kept by browsers for ever."""

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
from flask import Response, request
from markupsafe import Markup

from slideshow.web.compression import IDENTITY, WORTH_COMPRESSING, chosen

# What a page loads is one file of each kind: a request saved is a round trip saved. The files
# stay apart on the disk, one behaviour each; what is asked for at first use is not in here.
BUNDLES = {
    "slideshow.css": (
        "css/tokens.css",
        "css/base.css",
        "css/slide.css",
        "css/picture.css",
        "css/lists.css",
        "css/panel.css",
        "css/menu.css",
        "css/print.css",
    ),
    "slideshow.js": (
        "vendor/htmx.min.js",
        "js/failure.js",
        "js/head.js",
        "js/language.js",
        "js/new-tab.js",
        "js/unseen.js",
        "js/ahead.js",
        "js/steps.js",
        "js/focus.js",
        "js/keys.js",
        "js/touch-screen.js",
        "js/missing.js",
        "js/load.js",
        "js/offline.js",
    ),
    "touch.js": ("js/drag.js", "js/touch.js"),
    "cover.js": ("js/begin.js", "js/offline.js"),
    "worker.js": ("js/worker-kept.js", "js/worker-story.js", "js/worker.js"),
    "frame.css": (
        "css/tokens.css",
        "css/base.css",
        "css/slide.css",
        "css/picture.css",
        "css/menu.css",
        "css/print.css",
        "css/frame.css",
    ),
    "frame.js": (
        "vendor/htmx.min.js",
        "js/failure.js",
        "js/head.js",
        "js/new-tab.js",
        "js/unseen.js",
        "js/ahead.js",
        "js/steps.js",
        "js/touch-screen.js",
        "js/embed-keys.js",
        "js/embed-languages.js",
        "js/embed-messages.js",
        "js/embed-wordpress.js",
        "js/embed-height.js",
    ),
}
# These stand in the page itself, which costs bytes and saves the first headline a round trip.
INLINED = ("slideshow.css", "css/cover.css", "frame.css")

# Python's own table is that of the machine: an old one has scripts in a type nobody compresses.
TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is served; ``address`` is its name with a fingerprint of its bytes."""

    name: str
    data: bytes
    _encoded: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def address(self) -> str:
        """Give ``stem.fingerprint.suffix``, which changes whenever the bytes do."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{stem}.{hashlib.sha256(self.data).hexdigest()[:10]}.{suffix}"

    @cached_property
    def type(self) -> str:
        """Give the media type, as IANA registers it; that of plain text for a licence."""
        return TYPES.get(self.name.rpartition(".")[2], "text/plain")

    @property
    def is_compressible(self) -> bool:
        """Tell whether the bytes become fewer by compressing them."""
        return self.type.startswith(WORTH_COMPRESSING)

    def encoded(self, coding: str) -> bytes:
        """Give the bytes in a content coding, made at the first call."""
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
        self.styles = {name: _Style(self.by_name[name].data) for name in INLINED}


@cache
def assets_of(folder: Path) -> Assets:
    """Return the assets of a folder, made once in each process: they ship with the package."""
    return Assets(folder)


class _Style:
    """A stylesheet that stands in the page, and the source by which a policy lets it pass."""

    def __init__(self, data: bytes) -> None:
        self.element = Markup(f"<style>{data.decode()}</style>")
        self.source = f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


def _shortened(path: Path) -> bytes:
    """Give a file without what only its authors read; publishers read ``embed.js`` too."""
    data = path.read_bytes()
    if path.parent.name == "vendor" or path.name == "embed.js":
        return data
    if path.suffix == ".css":
        return bytes(rcssmin.cssmin(data))
    return bytes(rjsmin.jsmin(data)) if path.suffix == ".js" else data


def send(asset: Asset) -> Response:
    """Return a file as a response, in the coding that the browser likes best."""
    accepted = request.headers.get("Accept-Encoding", "")
    coding = chosen(accepted) if asset.is_compressible else IDENTITY
    response = Response(asset.encoded(coding), mimetype=asset.type)
    if coding != IDENTITY:
        response.content_encoding = coding
    if asset.is_compressible:
        response.vary.add("Accept-Encoding")
    return response
