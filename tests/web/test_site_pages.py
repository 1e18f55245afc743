"""The pages of a site besides its stories: in every language, two clicks away, exported."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.commands.check import check
from slideshow.commands.export import Site, export
from slideshow.commands.pages import languages
from slideshow.commands.pages import write as write_templates
from slideshow.library.opening import open_library
from slideshow.settings import Settings
from tests.web.conftest import ClientOf, age, page, write

LEGAL = "# Impressum\n\n## Verlag\n\nVerlag der Nacht\n"
ABOUT = "# About us\n\nWe write. See [the notice](legal.de.md) and [essai](../essai.fr.txt).\n"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "About us"\nmsgstr "Qui sommes-nous"\n'  # noqa: E501


@pytest.fixture
def site(stories: Path) -> Path:
    """A site with a story and two pages: one in two files, one translated by a catalogue."""
    return write(
        stories,
        {
            "pages/legal.de.md": LEGAL,
            "pages/legal.fr.md": LEGAL.replace("Impressum", "Mentions légales"),
            "pages/about.en.md": ABOUT,
            "translations/fr/LC_MESSAGES/pages.about.po": PO,
        },
    )


@pytest.fixture
def client(site: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(site)


EVERYWHERE = [
    "/fr/", "/fr/essai/", "/fr/essai/1/", "/fr/essai/all/", "/fr+en/essai/", "/fr+en/essai/1/",
    "/fr/essai/embed/", "/fr/about.html", "/fr/offline.html", "/fr/nothing/",
    "/embed/fr/essai/1/",
]  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_page_links_to_them_in_the_readers_language(client: FlaskClient, path: str) -> None:
    found = html.fromstring(client.get(path).text)

    about, legal = ([each.text for each in found.findall(f".//a[@href='/fr/{name}.html']")]
                    for name in ("about", "legal"))  # fmt: skip

    assert about[-1:] == ["Qui sommes-nous"]
    assert legal[-1:] == ["Mentions légales"]


def test_a_page_shows_its_own_file_in_a_language_or_the_translation(client: FlaskClient) -> None:
    assert page(client, "/fr/legal.html").xpath("string(//h1)") == "Mentions légales"
    assert page(client, "/fr/about.html").xpath("string(//h1)") == "Qui sommes-nous"


def test_a_page_that_is_not_translated_says_its_language(client: FlaskClient) -> None:
    found = page(client, "/en/legal.html")

    assert found.xpath("string(//main/@lang)") == "de"
    assert found.xpath("string(//html/@lang)") == "en"
    assert page(client, "/fr/legal.html").xpath("//main/@lang") == []
    (link,) = page(client, "/en/").xpath("//footer//a[@lang]")
    assert (link.text, link.get("lang")) == ("Impressum", "de")


def test_the_links_of_a_page_lead_to_pages_and_stories(client: FlaskClient) -> None:
    links = page(client, "/en/about.html").xpath("//main//p//a/@href")

    assert links == ["/en/legal.html", "/en/essai/"]
    assert client.get(links[1]).status_code == 200


def test_a_story_links_to_a_page_by_its_file(site: Path, client_of: ClientOf) -> None:
    write(site, {"b.fr.md": "# T\n\n## H\n\n[Mentions](pages/legal.fr.md)\n"})

    assert page(client_of(site), "/fr/b/1/").xpath("//article//a/@href") == ["/fr/legal.html"]


@pytest.mark.parametrize("path", ["/fr/nothing.html", "/fr/pages.legal.html", "/xx/legal.html"])
def test_another_name_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_change_while_they_are_served(site: Path, client_of: ClientOf) -> None:
    client = client_of(site)
    client.get("/fr/")

    write(site, {"pages/legal.fr.md": LEGAL.replace("Impressum", "Mentions")})
    age(site / "pages" / "legal.fr.md", 60)

    footer = page(client, "/fr/").xpath("//footer//a/text()")
    assert footer == ["Qui sommes-nous", "Mentions"]


def test_the_first_page_appears_while_the_site_is_served(
    stories: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(stories)
    assert page(client, "/fr/").xpath("//footer") == []

    write(stories, {"pages/legal.fr.md": LEGAL})
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)

    assert page(client, "/fr/").xpath("//footer//a/text()") == ["Impressum"]


def test_an_unreadable_page_leaves_the_others(site: Path, client_of: ClientOf) -> None:
    write(site, {"pages/privacy.fr.md": b"# P\n\0"})
    client = client_of(site)

    assert page(client, "/fr/").xpath("count(//footer//a)") == 2
    assert client.get("/fr/privacy.html").status_code == 503
    findings = check(open_library(Settings(stories=str(site))).library, lambda done: None)
    assert [Path(each.path).name for each in findings.errors] == ["privacy.fr.md"]


def test_the_export_has_every_page_in_every_language(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    export(Site(Settings(stories=str(site))), out, lambda done: None)

    assert {path.parent.name for path in out.glob("*/legal.html")} == {"en", "fr"}
    assert "Qui sommes-nous" in (out / "fr" / "about.html").read_text()


def test_names_of_other_addresses_and_doubled_pages_are_problems(site: Path) -> None:
    write(site, {"pages/offline.en.md": ABOUT, "pages/about.en.txt": "T\n\nH\n\nText.\n"})

    findings = check(open_library(Settings(stories=str(site))).library, lambda done: None)

    said = [f"{Path(each.path).name}: {each.message}" for each in findings.errors]
    assert said == [
        "about.en.txt: about.en.md is this page too",
        "offline.en.md: 'offline' is the name of another address",
    ]


def test_the_templates_are_written_once_and_name_what_is_to_be_filled_in(stories: Path) -> None:
    written = dict(write_templates(stories, languages()))
    legal = stories / "pages" / "legal.fr.md"
    legal.write_text(LEGAL)

    again = dict(write_templates(stories, languages()))

    assert {path.name for path in written} == {
        f"{name}.{tag}.md" for name in ("accessibility", "legal", "privacy") for tag in ("en", "fr")
    }
    assert (set(written.values()), set(again.values())) == ({True}, {False})
    assert legal.read_text() == LEGAL
    findings = check(open_library(Settings(stories=str(stories))).library, lambda done: None)
    left = {Path(each.path).name for each in findings.warnings if "to be filled in" in each.message}
    assert left == {path.name for path in written} - {"legal.fr.md"}
    others = [each for each in findings.warnings if "/pages/" in each.path]
    assert all("to be filled in" in each.message for each in others)
