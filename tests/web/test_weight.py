"""What a slide loads stays light: it is read on phones, on slow networks."""

import base64
import gzip
import hashlib
import mimetypes
import re

import pytest
from flask.testing import FlaskClient

from slideshow.paths import shipped
from slideshow.web.assets import BUNDLES, assets_of
from tests.web.conftest import page

ASSETS = assets_of(shipped("static")).by_name


def weight(bundle: str) -> int:
    """Return the bytes of a bundle's own files as they are served, compressed."""
    names = [name for name in BUNDLES[bundle] if not name.startswith("vendor/")]
    return len(gzip.compress(b"\n".join(ASSETS[name].data for name in names)))


def test_our_scripts_weigh_less_than_4_kb() -> None:
    assert weight("slideshow.js") < 4096


def test_touch_screens_alone_load_what_is_for_them_and_it_is_light(client: FlaskClient) -> None:
    found = page(client, "/fr/essai/1-un/")

    assert not any("touch" in each for each in found.xpath("//script/@src | //link/@href"))
    assert found.xpath("string(//body/@data-touch)") == "/static/" + ASSETS["touch.js"].address
    assert weight("touch.js") < 2048


def test_our_stylesheets_weigh_less_than_5_kb() -> None:
    assert weight("slideshow.css") < 5120


def test_stylesheets_are_served_without_their_comments() -> None:
    served = {name: asset.data for name, asset in ASSETS.items() if name.endswith(".css")}

    assert served
    assert [name for name, data in served.items() if b"/*" in data or b"*/" in data] == []
    assert b"--paper:" in served["slideshow.css"]


def test_scripts_are_compressed_whatever_the_machine_takes_them_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_: ("application/javascript", None))

    response = client.get("/embed.js", headers={"Accept-Encoding": "br"})

    assert response.mimetype == "text/javascript"
    assert response.content_encoding == "br"


def test_scripts_are_served_without_their_comments_but_the_vendored_as_it_came() -> None:
    vendored = (shipped("static") / "vendor" / "htmx.min.js").read_bytes()

    assert b"// " not in ASSETS["js/ahead.js"].data
    assert ASSETS["slideshow.js"].data.startswith(vendored)


@pytest.mark.parametrize("path", ["/fr/essai/", "/fr/essai/1-un/", "/fr/", "/embed/fr/essai/1-un/"])
def test_the_first_headline_waits_for_nothing_but_its_page(client: FlaskClient, path: str) -> None:
    found = page(client, path)

    assert found.xpath("//link[@rel='stylesheet'] | //script[@src][not(@defer)]") == []
    assert found.xpath("//head/style")


@pytest.mark.parametrize(
    "path", ["/fr/essai/", "/fr/essai/1-un/", "/embed/fr/essai/1-un/", "/fr/x/"]
)
def test_the_policy_passes_the_styles_of_the_page_by_their_hash(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)

    styles = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    assert styles
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
