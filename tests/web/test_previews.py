"""Previews: one story as it is written, for whoever has the signed address, and for a time."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from slideshow.library.opening import open_library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.middleware.preview import signed
from tests.web.conftest import write
from tests.web.test_publishing import BOTH, WORDS, catalogue, place_of, put, zebra

SECRET = "a long random text"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return place_of(tmp_path, zebra=zebra("draft: true\n"), french=catalogue(WORDS))


def client_of(place: Path, **settings: object) -> FlaskClient:
    given = {"preview_secret": SECRET, "refresh": 0, **settings}
    return create_app(Settings(stories=str(place), **given)).test_client()  # type: ignore[arg-type]


def root(slug: str = "zebra", secret: str = SECRET) -> str:
    return f"/preview/{signed(slug, Settings(preview_secret=secret))}"


@pytest.mark.parametrize(
    "path",
    [
        "/en/zebra/",
        "/fr/zebra/1-rayures/",
        "/en/zebra/all/",
        "/embed/fr/zebra/1-rayures/",
        "/en+fr/zebra/1-stripes/",
        "/en/zebra/1-stripes/card.png",
    ],
)
def test_a_draft_is_shown_at_its_signed_address_alone(place: Path, path: str) -> None:
    client = client_of(place)

    answer = client.get(root() + path)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "ETag" not in answer.headers
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/en/zebra/", "Preview"),
        ("/fr/zebra/1-rayures/", "Aperçu"),
        ("/en/zebra/all/", "Preview"),
        ("/embed/fr/zebra/1-rayures/", "Aperçu"),
        ("/en+fr/zebra/1-stripes/", "Preview"),
    ],
)
def test_the_pages_of_a_preview_are_marked_alone(place: Path, path: str, word: str) -> None:
    client = client_of(place)
    mark = f'<strong class="preview">{word}</strong>'

    assert client.get(root() + path).text.count(mark) == 1

    put(place, "zebra", zebra())
    assert mark not in client.get(path).text


def test_each_link_of_a_preview_stays_in_it(place: Path) -> None:
    client = client_of(place)

    text = client.get(f"{root()}/en/zebra/1-stripes/").text

    links = re.findall(r'(?:href|src|data-[\w-]+)="(/[^"]+)"', text)
    assert len(links) > 10
    assert [each for each in links if not each.startswith(f"{root()[:20]}")] == []
    assert "data-worker" not in text


@pytest.mark.parametrize(
    "forged", ["nothing", "empty", "other secret", "other story", "cut", "no secret"]
)
def test_no_other_address_shows_it(place: Path, forged: str) -> None:
    start = {
        "nothing": "/preview",
        "empty": "/preview/",
        "other secret": root(secret="another"),
        "other story": root("lion"),
        "cut": root()[:-1],
        "no secret": root(secret=""),
    }[forged]

    answer = client_of(place).get(f"{start}/en/zebra/", follow_redirects=True)

    assert "Black" not in answer.text


def test_an_address_expires(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(place, preview_hours=2)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(time.time()) - 7190)
    young = root()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(time.time()) - 7210)
    old = root()
    monkeypatch.undo()

    assert client.get(f"{young}/en/zebra/").status_code == 200
    assert client.get(f"{old}/en/zebra/").status_code == 404


def test_without_a_secret_there_are_no_previews(place: Path) -> None:
    address = root(secret="")

    assert client_of(place, preview_secret="").get(f"{address}/en/zebra/").status_code == 404


def test_nothing_of_a_preview_shows_elsewhere(place: Path) -> None:
    client = client_of(place, refresh=60)
    for path in ("/en/zebra/", "/fr/zebra/", "/", "/en/", "/en/feed.xml", "/sitemap.xml"):
        client.get(root() + path)

    assert client.get("/en/zebra/").status_code == 404
    for path in ("/en/", "/fr/", "/en/feed.xml", "/sitemap.xml"):
        assert "/zebra/" not in client.get(path).text


def test_once_it_is_public_the_address_leads_to_the_story(place: Path) -> None:
    client = client_of(place)
    put(place, "zebra", zebra())

    answer = client.get(f"{root()}/fr/zebra/1-rayures/")

    assert (answer.status_code, answer.location) == (302, "/fr/zebra/1-rayures/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_edit_that_waits_is_shown(place: Path) -> None:
    put(place, "zebra", zebra(BOTH))
    client = client_of(place)
    assert "Noir, blanc." in client.get("/fr/zebra/all/").text

    put(place, "zebra", zebra(BOTH, "White, black."))
    english, french = (client.get(f"{root()}/{tag}/zebra/all/") for tag in ("en", "fr"))

    assert (english.status_code, french.status_code) == (200, 200)
    assert "White, black." in english.text
    assert "White, black." in french.text
    assert "Noir, blanc." in client.get("/fr/zebra/all/").text


def test_below_a_path_too(place: Path) -> None:
    client = client_of(place, base_url="https://news.example/slides")

    answer = client.get(f"{root()}/en/zebra/")

    assert answer.status_code == 200
    assert 'href="https://news.example/slides/en/zebra/"' in answer.text  # the canonical address
    assert f'href="/slides{root()}'[:24] in answer.text


def preview(place: Path, slug: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "slideshow", "preview", slug, str(place)]
    write(place, {"slideshow.toml": f'preview_secret = "{secret}"\n'})
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_command_prints_an_address_that_works(place: Path) -> None:
    address = preview(place, "zebra").stdout.strip()
    client = create_app(open_library(Settings(stories=str(place))).settings).test_client()

    assert address.startswith("http://127.0.0.1:8000/preview/")
    assert "Black, white." in client.get(f"{urlsplit(address).path}all/").text


@pytest.mark.parametrize(
    ("slug", "secret", "message"),
    [
        ("zebra", "", "previews are off (set SLIDESHOW_PREVIEW_SECRET"),
        ("gnu", SECRET, "no story has the slug 'gnu' (give one of these: lion, zebra)"),
    ],
)
def test_the_command_says_what_is_missing(
    place: Path, slug: str, secret: str, message: str
) -> None:
    found = preview(place, slug, secret)

    assert found.returncode == 1
    assert message in found.stderr
