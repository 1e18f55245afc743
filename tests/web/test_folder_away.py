"""A folder of stories that is moved away or unmounted: what was online stays online."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.pictures import photograph
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, age, settle, write

PATHS = (
    "/fr/", "/fr/feed.xml", "/sitemap.xml", "/fr/essai/", "/fr/essai/2-deux/", "/en/essai/",
    "/fr+en/essai/1-un/", "/fr/essai/feed.xml", "/fr/seen/1/",
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {
        "essai.fr.txt": ARTICLE,
        "seen.fr.md": "# Vu\n\n## Lampe\n\n![Une lampe](lamp.jpg)\n",
        "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
    }
    place = write(tmp_path / "stories", files)
    (place / "lamp.jpg").write_bytes(photograph())
    settle(place)
    return place


def bodies(client: FlaskClient) -> dict[str, bytes]:
    answers = {path: client.get(path) for path in PATHS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.data for path, answer in answers.items()}


@pytest.mark.parametrize("leaves", ["nothing", "an empty mount point", "a file"])
@pytest.mark.parametrize("pagecache_bytes", [0, 64_000_000])
def test_stories_stay_online_while_their_folder_is_away(
    place: Path, client_of: ClientOf, leaves: str, pagecache_bytes: int
) -> None:
    client = client_of(place, pagecache_bytes=pagecache_bytes)
    before = bodies(client)

    away = place.rename(place.with_name("away"))
    if leaves == "an empty mount point":
        place.mkdir()
    elif leaves == "a file":
        place.write_text("")

    assert bodies(client) == before
    assert "Un <mark>titre</mark>" in client.get("/fr/search?q=titre").text
    assert client.get("/fr/nowhere/").status_code == 404
    assert client.get("/healthz").status_code == 503

    if leaves == "an empty mount point":
        place.rmdir()
    elif leaves == "a file":
        place.unlink()
    away.rename(place)

    assert bodies(client) == before
    assert client.get("/healthz").status_code == 200


def test_changes_show_once_the_folder_is_back(
    place: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(place)
    bodies(client)
    away = place.rename(place.with_name("away"))
    bodies(client)
    assert caplog.text.count("the folder is missing or empty") == 1

    (away / "seen.fr.md").unlink()
    write(away, {"new.fr.txt": ARTICLE})
    age(away, 60)  # else somebody may still be writing into it
    away.rename(place)

    assert client.get("/fr/seen/").status_code == 404
    assert client.get("/fr/new/").status_code == 200


def test_a_story_that_is_removed_from_a_folder_that_is_there_is_gone(
    place: Path, client_of: ClientOf
) -> None:
    client = client_of(place)
    bodies(client)

    (place / "essai.fr.txt").unlink()
    settle(place)

    assert client.get("/fr/essai/").status_code == 404
    assert client.get("/healthz").status_code == 200
