"""What an open page is told while its author writes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from slideshow.library.freshness.changes import version_of
from slideshow.settings import Settings
from slideshow.web.crawl import Site
from tests.web.conftest import ARTICLE, ClientOf, page, write


def save(path: Path, text: str, ago: float = 5) -> None:
    path.write_text(text)
    then = time.time() - ago
    os.utime(path, (then, then))


@pytest.fixture
def place(stories: Path) -> Path:
    for path in stories.rglob("*.*"):
        os.utime(path, (time.time() - 60,) * 2)
    return stories


@pytest.fixture
def writing(place: Path, client_of: ClientOf) -> FlaskClient:
    """A client of an app that serves ``place`` to its author."""
    return client_of(place, reload=True)


def told(client: FlaskClient, path: str = "/fr/essai/2-deux/") -> Any:
    answer = client.get("/reload.json", query_string={"path": path})
    assert answer.status_code == 200
    return answer.get_json()


def test_a_page_carries_the_version_it_was_made_from(writing: FlaskClient) -> None:
    (script,) = page(writing, "/fr/essai/2-deux/").xpath("//script[@data-version]")

    assert script.get("data-version") == told(writing)["version"]


@pytest.mark.parametrize("name", ["essai.fr.txt", "translations/en/LC_MESSAGES/essai.po", "a.png"])
def test_whatever_is_saved_changes_the_version(
    place: Path, writing: FlaskClient, name: str
) -> None:
    before = told(writing)["version"]

    save(place / name, ARTICLE if name.endswith("txt") else "")

    assert told(writing)["version"] not in (before, None)


def test_there_is_no_version_while_a_file_is_being_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slideshow.library.freshness.changes.SETTLES_WITHIN_SECONDS", 30)
    save(place / "essai.fr.txt", "half", ago=0)

    assert version_of([place]) is None


@pytest.mark.parametrize("name", [".essai.fr.txt.swp", ".git/index"])
def test_what_is_hidden_is_no_news(place: Path, name: str) -> None:
    before = version_of([place])

    write(place, {name: "notes"})

    assert version_of([place]) == before


def test_links_that_lead_round_are_followed_once(place: Path) -> None:
    before = version_of([place])

    for name in ("here", "there"):
        (place / "translations" / name).symlink_to(place)

    assert version_of([place]) == before


def test_what_is_saved_is_what_is_served(place: Path, writing: FlaskClient) -> None:
    page(writing, "/fr/essai/2-deux/")

    save(place / "essai.fr.txt", ARTICLE.replace("Deuxième", "Nouveau"))

    response = writing.get("/fr/essai/2-deux/")
    assert "Nouveau" in response.text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/fr/essai/2-deux/", "/en/essai/", "/fr/essai/all/"])
def test_a_mistake_is_told_until_it_is_mended(place: Path, writing: FlaskClient, path: str) -> None:
    page(writing, path)

    save(place / "essai.fr.txt", "Titre\n")
    broken = told(writing, path)["problems"]
    shown = page(writing, path)
    save(place / "essai.fr.txt", ARTICLE, ago=4)

    assert broken == [f"{place}/essai.fr.txt:1: no slides found (write the text below the title)"]
    assert shown.xpath("//h1")
    assert told(writing, path)["problems"] == []


def test_a_broken_catalogue_is_told(place: Path, writing: FlaskClient) -> None:
    path = place / "translations/en/LC_MESSAGES/essai.po"

    save(path, 'msgid "Un\n')

    (problem,) = told(writing)["problems"]
    assert problem.startswith(f"{path}:1: not a PO file")


@pytest.mark.parametrize("path", ["", "/", "/fr/", "/nowhere", "/fr/none/1/", "//x", "é" * 5000])
def test_elsewhere_there_is_nothing_to_tell(writing: FlaskClient, path: str) -> None:
    assert told(writing, path)["problems"] == []


def test_on_the_shelf_files_that_cannot_be_stories_are_told(
    place: Path, writing: FlaskClient
) -> None:
    write(place, {"a b.fr.txt": ARTICLE, "a-b.fr.txt": ARTICLE})

    (problem,) = told(writing, "/fr/")["problems"]

    assert "same name as a b.fr.txt: both would be published at /…/a-b/" in problem


def test_readers_never_get_any_of_it(client: FlaskClient, stories: Path) -> None:
    assert client.get("/reload.json", follow_redirects=True).status_code == 404
    assert "data-version" not in client.get("/fr/essai/1-un/").text
    exported = Site(Settings(stories=str(stories), reload=True))
    assert b"data-version" not in exported.body("/fr/essai/1-un/")
