"""The pictures of the bundled story: drawn by a script, and shown in both languages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from tests.support.showpiece import FOLDER, drawings, shells
from tests.web.conftest import ClientOf, page


@pytest.fixture(scope="module")
def client(client_of: ClientOf) -> FlaskClient:
    return client_of()


def test_the_pictures_are_those_of_the_script() -> None:
    assert {name: (FOLDER / name).read_text() for name, _ in drawings()} == dict(drawings())
    with Image.open(FOLDER / "shells.png") as saved:
        assert ImageChops.difference(saved.convert("RGB"), shells()).getbbox() is None


@pytest.mark.parametrize(("language", "word"), [("fr", "Pékin"), ("en", "Beijing")])
def test_each_language_has_a_drawing_of_its_own(
    client: FlaskClient, language: str, word: str
) -> None:
    (image,) = page(client, f"/{language}/pyongyang-moscou/14/").xpath("//article//img")

    assert word in client.get(image.get("src")).text
    assert image.get("alt")
    assert image.get("lang") is None


def test_the_cover_is_filled_by_its_picture(client: FlaskClient) -> None:
    found = page(client, "/en/pyongyang-moscou/")

    assert found.xpath("//div[contains(@class, 'poster')]//img/@alt") == [""]
    assert found.xpath("//div[@class='words']//h1")


def test_the_list_of_stories_shows_their_pictures(client: FlaskClient) -> None:
    found = page(client, "/en/")

    assert found.xpath("//li[.//a[contains(@href, 'pyongyang')]]//img/@alt") == [""]
    assert not found.xpath("//li[.//a[contains(@href, 'manual-2')]]//img")
