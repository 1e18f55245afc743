"""Reading without a network: what the server has to do with it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.web.assets import BUNDLES
from tests.web.conftest import ClientOf, page
from tests.web.test_weight import ASSETS

SCRIPTED = [
    "/fr/essai/",
    "/fr/essai/2-deux/",
    "/en/essai/all/",
    "/fr+en/essai/",
    "/fr+en/essai/2-deux/",
]

STARTER = "js/offline.js"
STARTERS = {STARTER, *(name for name, files in BUNDLES.items() if STARTER in files)}


def worker_of(client: FlaskClient, path: str) -> str | None:
    """Return the address of the worker that a page starts."""
    found = page(client, path)
    scripts = {str(source) for source in found.xpath("//script/@src")}
    starters = {f"/static/{ASSETS[name].address}" for name in STARTERS}
    return found.get("data-worker") if scripts & starters else None


@pytest.mark.parametrize("path", SCRIPTED)
def test_a_page_of_a_story_names_the_worker(client: FlaskClient, path: str) -> None:
    assert worker_of(client, path) == "/sw.js"


def test_below_a_path_the_worker_stands_there(client: FlaskClient) -> None:
    answer = client.get("/fr/essai/1-un/", environ_overrides={"SCRIPT_NAME": "/news"})

    assert html.document_fromstring(answer.text).get("data-worker") == "/news/sw.js"


def test_the_worker_is_asked_for_again_each_time(client: FlaskClient) -> None:
    answer = client.get("/sw.js")

    assert answer.mimetype == "text/javascript"
    assert "no-cache" in answer.headers["Cache-Control"]
    assert answer.data == ASSETS["worker.js"].data


def test_the_worker_is_small(client: FlaskClient) -> None:
    answer = client.get("/sw.js", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 2304  # fetched after the page, so no first headline waits for it


def test_a_frame_names_no_worker(client: FlaskClient) -> None:
    assert "data-worker" not in client.get("/embed/fr/essai/1-un/").text


@pytest.mark.parametrize("setting", [{"offline": False}, {"reload": True}])
def test_switched_off_no_page_names_it_and_it_takes_itself_back(
    client_of: ClientOf, stories: Path, setting: dict[str, bool]
) -> None:
    client = client_of(stories, **setting)

    assert "data-worker" not in client.get("/fr/essai/1-un/").text
    assert client.get("/sw.js").data == ASSETS["js/worker-off.js"].data


@pytest.mark.parametrize(
    ("language", "headline"), [("fr", "Pas de connexion"), ("en", "No connection")]
)
def test_the_page_for_what_was_not_kept_speaks_its_language(
    client: FlaskClient, language: str, headline: str
) -> None:
    found = page(client, f"/{language}/offline.html")

    assert found.get("lang") == language
    assert found.xpath("string(//h1)") == headline
    assert found.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    assert found.xpath(f"//main//a[@href='/{language}/']")
