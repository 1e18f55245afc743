"""The basis of every file of an export: the program, its settings and the look of the site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from slideshow.library.freshness.identities import digest_of
from slideshow.paths import PACKAGE, shipped
from slideshow.web.crawl import Site

BYTECODE = "__pycache__"


def basis_of(site: Site) -> str:
    """Compute the digest of everything that may change any file: then all are rendered anew.

    That is Python, the files of this package, the versions of all others, the settings, and the
    files and templates of the site's owner.
    """
    return digest_of("\n".join(_basis(site)).encode(errors="surrogatepass"))


def _basis(site: Site) -> Iterator[str]:
    yield sys.version
    yield repr(site.settings)
    # Named after the version; to read their metadata would take longer than everything else here.
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    yield from sorted(path.name for place in places for path in place.glob("*-info"))
    ours = [path for folder in (PACKAGE, shipped("static")) for path in sorted(folder.rglob("*"))]
    for path in (*ours, *site.sources):
        if BYTECODE not in path.parts:
            yield f"{path} {digest_of(path.read_bytes()) if path.is_file() else path.exists()}"
