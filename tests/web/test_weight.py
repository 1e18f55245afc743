"""What a slide loads stays light: it is read on phones, on slow networks."""

import gzip

from slideshow.library.stories import shipped
from slideshow.web.assets import BUNDLES, Assets

ASSETS = Assets(shipped("static")).by_name


def weight(bundle: str) -> int:
    """Give the bytes of a bundle's own files as they are served, compressed."""
    names = [name for name in BUNDLES[bundle] if not name.startswith("vendor/")]
    return len(gzip.compress(b"\n".join(ASSETS[name].data for name in names)))


def test_our_scripts_weigh_less_than_4_kb() -> None:
    assert weight("slideshow.js") < 4096


def test_our_stylesheets_weigh_less_than_5_kb() -> None:
    assert weight("slideshow.css") < 5120


def test_stylesheets_are_served_without_their_comments() -> None:
    served = {name: asset.data for name, asset in ASSETS.items() if name.endswith(".css")}

    assert served
    assert [name for name, data in served.items() if b"/*" in data or b"*/" in data] == []
    assert b"--paper:" in served["slideshow.css"]
