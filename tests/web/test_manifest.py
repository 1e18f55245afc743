"""The site as an app on a phone: icons, colours, manifest."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.paths import shipped
from slideshow.web.views.manifest import PAPER
from tests.web.conftest import CATALOGUE, ClientOf, page, write
from tests.web.test_slides import PAGES


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def manifest(client: FlaskClient, language: str) -> Any:
    answer = client.get(f"/{language}/manifest.webmanifest")
    assert (answer.status_code, answer.mimetype) == (200, "application/manifest+json")
    return json.loads(answer.data)


def size_of(png: bytes) -> str:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return f"{width}x{height}"


@pytest.mark.parametrize("path", [*PAGES, "/fr+en/essai/1-un/", "/index.html", "/fr/nothing/"])
def test_every_page_names_the_icons_and_the_manifest(client: FlaskClient, path: str) -> None:
    tree = html.document_fromstring(client.get(path).text)

    def href(rel: str) -> str:
        return str(tree.xpath(f"string(//head/link[@rel='{rel}']/@href)"))

    assert client.get(href("icon")).mimetype == "image/svg+xml"
    assert size_of(client.get(href("apple-touch-icon")).data) == "180x180"
    assert href("manifest") == f"/{tree.get('lang')}/manifest.webmanifest"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_manifest_is_in_its_language_and_starts_at_the_shelf(
    client: FlaskClient, language: str
) -> None:
    found = manifest(client, language)

    assert (found["lang"], found["dir"]) == (language, "ltr")
    assert found["start_url"] == f"/{language}/"
    assert found["scope"] == found["id"] == "/"
    for icon in found["icons"]:
        answer = client.get(icon["src"])
        assert (answer.mimetype, size_of(answer.data)) == (icon["type"], icon["sizes"])
    for use in ("any", "maskable"):
        sizes = {icon["sizes"] for icon in found["icons"] if icon["purpose"] == use}
        assert sizes == {"192x192", "512x512"}


def test_the_manifest_says_what_the_site_is(client: FlaskClient) -> None:
    assert manifest(client, "en")["description"] == "Articles told in slides."
    assert manifest(client, "fr")["description"].startswith("Des articles")


@pytest.mark.parametrize(
    "path", ["/favicon.ico", "/apple-touch-icon.png", "/apple-touch-icon-precomposed.png"]
)
def test_the_icon_is_where_programs_look_for_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert size_of(answer.data) == "180x180"


@pytest.mark.parametrize("path", ["/ads.txt", "/.well-known/security.txt", "/en/x.php", "/a.b"])
def test_a_file_that_there_is_none_of_is_not_found_at_once(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get("/fr/essai").status_code == 308


def test_the_manifest_stands_below_the_sites_path(client: FlaskClient) -> None:
    answer = client.get("/fr/manifest.webmanifest", environ_overrides={"SCRIPT_NAME": "/news"})
    found = json.loads(answer.data)

    assert (found["scope"], found["start_url"]) == ("/news/", "/news/fr/")
    assert all(icon["src"].startswith("/news/static/") for icon in found["icons"])


def test_a_language_from_right_to_left_says_so(stories: Path, client_of: ClientOf) -> None:
    place = write(stories, {"translations/ar/LC_MESSAGES/essai.po": CATALOGUE})

    assert manifest(client_of(place), "ar")["dir"] == "rtl"


def test_the_colours_of_the_bars_are_those_of_the_page(client: FlaskClient) -> None:
    metas = page(client, "/fr/").xpath("//meta[@name='theme-color']")
    colours = {meta.get("media"): meta.get("content") for meta in metas}

    assert colours == {
        f"(prefers-color-scheme: {scheme})": colour for scheme, colour in PAPER.items()
    }
    tokens = (shipped("static") / "css/tokens.css").read_text()
    light, dark = tokens.split("@media (prefers-color-scheme: dark)", 1)
    assert f"--paper: {PAPER['light']}" in light
    assert f"--paper: {PAPER['dark']}" in dark


def test_a_frame_is_no_app(client: FlaskClient) -> None:
    assert not page(client, "/embed/fr/essai/1-un/").xpath("//link[@rel='manifest']")
