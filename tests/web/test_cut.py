"""Slides that share a headline, as readers see and hear them."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow import Settings, create_app
from slideshow.library.sitefile import NAME
from tests.story.test_cut import BODY
from tests.web.conftest import ClientOf, write

ARTICLE = f"---\ntitle: Le bac\ncut: true\n---\n## Marées\n\n{BODY}\n\n## Vent\n\nOuest.\n"
PARTS = ["1 sur 3", "2 sur 3", "3 sur 3"]


@pytest.fixture
def client(tmp_path: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(write(tmp_path, {"bac.fr.md": ARTICLE}))


def words(client: FlaskClient, address: str, path: str) -> list[str]:
    page = html.fromstring(client.get(address).text)
    return [" ".join(str(found.xpath("string()")).split()) for found in page.cssselect(path)]


def test_each_part_says_which_it_is(client: FlaskClient) -> None:
    found = [words(client, f"/fr/bac/{position}/", "article .part") for position in (1, 2, 3, 4)]

    assert found == [*([part] for part in PARTS), []]


def test_the_title_and_the_status_name_the_part(client: FlaskClient) -> None:
    assert words(client, "/fr/bac/2/", "title")[0].startswith("Marées (2 sur 3) – Le bac")
    assert words(client, "/fr/bac/2/", "#status") == ["Diapositive 2 sur 4 : Marées (2 sur 3)"]


def test_contents_name_each_part(client: FlaskClient) -> None:
    found = words(client, "/fr/bac/", ".contents a")

    assert found == [*(f"Marées {part}" for part in PARTS), "Vent"]


def test_cards_and_structured_data_name_the_part(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/fr/bac/2/").text)
    data = page.findtext(".//script[@type='application/ld+json']")

    cards = {client.get(f"/fr/bac/{position}/card.png").data for position in (1, 2, 3)}

    assert json.loads(str(data))["headline"] == "Marées (2 sur 3)"
    assert len(cards) == 3


def test_the_setting_of_the_site_cuts_articles(tmp_path: Path) -> None:
    write(tmp_path, {"bac.fr.md": ARTICLE.replace("cut: true\n", ""), NAME: "cut = true\n"})

    page = create_app(Settings(stories=str(tmp_path))).test_client().get("/fr/bac/")

    assert len(html.fromstring(page.text).cssselect(".contents a")) == 4


def test_the_whole_story_has_the_headline_once(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/fr/bac/all/").text)

    assert words(client, "/fr/bac/all/", "main h2") == ["Marées", "Vent"]
    assert [len(page.cssselect(f"#slide-{position}")) for position in (1, 2, 3, 4)] == [1] * 4
