"""What a slide loads stays light: it is read on phones, on slow networks."""

import gzip

from slideshow.library.stories import shipped
from slideshow.web.assets import BUNDLES


def weight(bundle: str, without: str = "vendor/") -> int:
    """Give the bytes of a bundle's own files, compressed."""
    names = [name for name in BUNDLES[bundle] if not name.startswith(without)]
    return len(gzip.compress(b"\n".join((shipped("static") / name).read_bytes() for name in names)))


def test_our_scripts_weigh_less_than_4_kb() -> None:
    assert weight("slideshow.js") < 4096


def test_our_stylesheets_weigh_less_than_5_kb() -> None:
    assert weight("slideshow.css") < 5120
