"""Stories that get another name, or none: their addresses, their catalogues, their authors."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.commands.check import check
from slideshow.commands.export import export
from slideshow.library.index import index
from slideshow.library.opening import open_library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.crawl import Site
from slideshow.web.services import services
from tests.web.conftest import CATALOGUE, settle, write

ESSAI = "# Un titre\n\n## Un\n\nPremier.\n\n## Deux\n\nDeuxième.\n"


def renamed(folder: Path, how: str) -> Path:
    """Write a story whose former name is told in a way of its own."""
    lines = {"alias": "aliases: [essai]", "path": "aliases: [/blog/essai/]", "slug": "slug: essai"}
    matter = f"---\n{lines[how]}\n---\n" if how in lines else ""
    files = {"neuf.fr.md": matter + ESSAI, "translations/en/LC_MESSAGES/neuf.po": CATALOGUE}
    if how == "redirect":
        files["slideshow.toml"] = '[redirects]\nessai = "neuf"\n'
    if how == "chain":
        files["slideshow.toml"] = '[redirects]\nessai = "milieu"\nmilieu = "neuf"\n'
    return write(folder, files)


def client_of(place: Path) -> FlaskClient:
    return create_app(Settings(stories=str(place), refresh=0)).test_client()


@pytest.mark.parametrize("how", ["alias", "path", "redirect", "chain", "slug"])
@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/fr/essai/", "/fr/neuf/"),
        ("/FR/essai", "/fr/neuf/"),
        ("/en/essai/2-two/", "/en/neuf/2-two/"),
        ("/en/essai/2/", "/en/neuf/2-two/"),
        ("/fr/essai/9-deux/", "/fr/neuf/2-deux/"),
        ("/embed/en/essai/1-one/?theme=dark", "/embed/en/neuf/1-one/?theme=dark"),
        ("/fr+en/essai/all/", "/fr+en/neuf/all/"),
        ("/fr/essai/1-un/card.png", "/fr/neuf/1-un/card.png"),
        ("/fr/essai/feed.xml", "/fr/neuf/feed.xml"),
    ],
)
def test_a_former_name_leads_on_by_one_redirect(
    tmp_path: Path, how: str, path: str, to: str
) -> None:
    client = client_of(renamed(tmp_path, how))

    answer = client.get(path)

    assert (answer.status_code, answer.location) == (308, to)
    assert client.get(to).status_code == 200


def test_a_story_that_exists_keeps_its_name(tmp_path: Path) -> None:
    place = write(renamed(tmp_path, "alias"), {"essai.fr.md": ESSAI})

    found = check(open_library(Settings(stories=str(place))).library, lambda done: None)

    assert client_of(place).get("/fr/essai/").status_code == 200
    assert "the alias 'essai' is the name of essai.fr.md" in [
        each.message for each in found.warnings
    ]


def test_redirects_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    toml = '[redirects]\nneuf = "other"\nx = "y"\ny = "z"\n'
    place = write(renamed(tmp_path, "alias"), {"slideshow.toml": toml})

    found = check(open_library(Settings(stories=str(place))).library, lambda done: None)

    assert [each.message for each in found.warnings if each.path.endswith(".toml")] == [
        "'neuf' is a story, and no former name",
        "the redirect from 'y' leads nowhere",
    ]


def test_redirects_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    toml = '[redirects]\nx = "y"\ny = "x"\n'
    client = client_of(write(renamed(tmp_path, "alias"), {"slideshow.toml": toml}))

    assert client.get("/fr/x/").status_code == 404


def test_oembed_knows_former_names(tmp_path: Path) -> None:
    client = client_of(renamed(tmp_path, "alias"))

    answer = client.get("/oembed?url=http://localhost/fr/essai/2-deux/")

    assert answer.status_code == 200
    assert "/embed/fr/neuf/2-deux/" in answer.json["html"]  # type: ignore[index]


def test_an_export_leads_former_names_on(tmp_path: Path) -> None:
    place, out = renamed(tmp_path / "stories", "alias"), tmp_path / "out"

    export(Site(Settings(stories=str(place))), out, lambda done: None)

    rows = (out / "_redirects").read_text().splitlines()
    for row in (
        "/fr/essai/ /fr/neuf/ 308",
        "/en/essai/2-two/ /en/neuf/2-two/ 308",
        "/en/essai/2/ /en/neuf/2-two/ 308",
        "/embed/fr/essai/1-un/ /embed/fr/neuf/1-un/ 308",
        "/fr/essai/all/ /fr/neuf/all/ 308",
    ):
        assert row in rows
    assert '"/fr/essai/" "/fr/neuf/";' in (out / "redirects.nginx").read_text()


def translate(place: Path) -> str:
    command = [sys.executable, "-m", "slideshow", "translate", str(place)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_catalogues_move_with_a_renamed_article(tmp_path: Path) -> None:
    place = renamed(tmp_path, "none")
    folder = place / "translations/en/LC_MESSAGES"
    (folder / "neuf.po").rename(folder / "essai.po")
    write(place, {"translations/de/LC_MESSAGES/essai.po": CATALOGUE})

    said = translate(place)

    assert "essai is called neuf now: 2 catalogues have moved along." in said
    assert "Write `aliases: [essai]`" in said
    assert not [*place.rglob("essai.po")]
    assert 'msgstr "Two"' in (folder / "neuf.po").read_text()
    assert "essai" not in translate(place)


def test_a_catalogue_of_another_text_stays(tmp_path: Path) -> None:
    place = renamed(tmp_path, "none")
    folder = place / "translations/en/LC_MESSAGES"
    (folder / "neuf.po").unlink()
    other = CATALOGUE.replace('msgid "Un', 'msgid "Zz').replace('msgid "P', 'msgid "Zz')
    write(folder, {"alt.po": other.replace('msgid "Deux"', 'msgid "Zzz"')})

    said = translate(place)

    assert "is called" not in said
    assert (folder / "alt.po").exists()


def test_an_alias_appears_with_an_edit(tmp_path: Path) -> None:
    place = renamed(tmp_path, "none")
    client = client_of(place)
    assert client.get("/fr/essai/").status_code == 404

    renamed(place, "alias")
    settle(place / "neuf.fr.md")

    assert client.get("/fr/essai/").status_code == 308


@pytest.mark.parametrize("path", ["/blog/essai/", "/blog/essai", "/blog/essai.html"])
def test_a_path_of_a_former_site_leads_to_the_cover(tmp_path: Path, path: str) -> None:
    client = client_of(renamed(tmp_path, "path"))

    answer = client.get(path, headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.location) == (308, "/en/neuf/")
    assert client.get("/blog/other/").status_code == 404


def test_nothing_is_said_to_be_gone_while_stories_are_first_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search engine would forget the address."""
    client = client_of(renamed(tmp_path, "path"))
    found = services(client.application)
    article, go = found.library.article, threading.Event()
    monkeypatch.setattr(found.library, "article", lambda slug: go.wait(60) and article(slug))
    monkeypatch.setattr(index, "SHORT_PATIENCE_SECONDS", 0.01)

    answer = client.get("/blog/essai/")

    go.set()
    found.index.read()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert client.get("/blog/essai/").status_code == 308


def test_no_cache_keeps_that_a_story_is_not_there(tmp_path: Path) -> None:
    client = client_of(renamed(tmp_path, "alias"))

    assert client.get("/fr/demain/").headers["Cache-Control"] == "no-cache"
