"""A story of very many slides: what its pages hold, and what they do not."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.settings import Settings
from slideshow.web.crawl import Site
from slideshow.web.paging import HEADLINES_PER_PAGE
from tests.web.conftest import ClientOf, page, texts, write
from tests.web.test_pagecache import counting

TOTAL = 2 * HEADLINES_PER_PAGE + 7
PAGES = ["/fr/long/", "/fr/long/contents-2.html", "/fr/long/contents-3.html"]
HEADLINES = "//*[@id='contents']/ol/li/a"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "T"\nmsgstr "A"\n'


def long_story(folder: Path, total: int = TOTAL) -> Path:
    """Write a story of so many slides in French, its title in English too."""
    slides = (f"Vue {position}\n\nTexte {position}." for position in range(1, total + 1))
    text = "\n\n".join(["T", *slides])
    files = {"long.fr.txt": text + "\n", "translations/en/LC_MESSAGES/long.po": PO}
    return write(folder, files)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_story(tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module")
def client(place: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(place, refresh=60)


def test_every_headline_stands_on_one_page_of_the_contents(client: FlaskClient) -> None:
    found = [headline for path in PAGES for headline in texts(client, path, HEADLINES)]

    assert found == [f"Vue {position}" for position in range(1, TOTAL + 1)]


@pytest.mark.parametrize("root", ["/fr/long/", "/en/long/", "/fr+en/long/"])
def test_each_page_of_the_contents_leads_to_the_next(client: FlaskClient, root: str) -> None:
    path, seen = root, [root]
    while found := page(client, path).xpath("//nav[@class='pages']/a[@rel='next']/@href"):
        path = found[0]
        seen.append(path)

    assert seen == [root, f"{root}contents-2.html", f"{root}contents-3.html"]
    last = page(client, path).xpath("string(//ol/li[last()]/a/@data-position)")
    assert last == ("1,007" if root == "/en/long/" else "1\u202f007")


def test_a_page_of_the_contents_names_itself_and_its_twins(client: FlaskClient) -> None:
    tree = page(client, PAGES[1])

    assert tree.xpath("string(//title)") == "Sommaire, page 2 – T – Slideshow"
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == f"http://localhost{PAGES[1]}"
    twins = tree.xpath("//link[@hreflang='en']/@href")
    assert twins == ["http://localhost/en/long/contents-2.html"]


@pytest.mark.parametrize("number", ["0", "1", "4", "02"])
def test_no_page_of_the_contents_has_a_second_spelling(client: FlaskClient, number: str) -> None:
    assert client.get(f"/fr/long/contents-{number}.html").status_code == 404


def test_usual_contents_have_no_pages(tmp_path: Path, client_of: ClientOf) -> None:
    tree = page(client_of(long_story(tmp_path, 17)), "/fr/long/")

    assert not tree.xpath("//nav[@class='pages'] | //*[@data-hx-get]")


def test_a_slide_is_no_larger_than_one_of_a_usual_story(
    client: FlaskClient, tmp_path: Path, client_of: ClientOf
) -> None:
    usual = client_of(long_story(tmp_path, 17)).get("/fr/long/9/").data

    assert len(client.get("/fr/long/9/").data) < len(usual) + 100


@pytest.mark.parametrize("root", ["/fr/long/", "/fr+en/long/"])
def test_the_whole_story_is_shown_in_pages_that_are_kept(
    place: Path, client_of: ClientOf, root: str
) -> None:
    client = client_of(place, refresh=60)
    made = counting(client)
    paths = [f"{root}all/", f"{root}all-2.html", f"{root}all-3.html"]

    trees = [page(client, path) for path in (*paths, *paths)][:3]

    assert len(made) == 3
    ids = [str(each) for tree in trees for each in tree.xpath("//section//h2/@id")]
    assert ids == [f"slide-{position}" for position in range(1, TOTAL + 1)]
    leads_to = [tree.xpath("string(//a[@rel='next']/@href)") for tree in trees]
    assert leads_to == [*paths[1:], ""]
    assert client.get(f"{root}all-4.html").status_code == 404


def test_a_page_of_the_whole_story_names_itself_and_its_twins(client: FlaskClient) -> None:
    tree = page(client, "/fr/long/all-2.html")

    assert tree.xpath("string(//title)") == "Tout le diaporama, page 2 – T – Slideshow"
    twins = tree.xpath("//link[@hreflang='en']/@href")
    assert twins == ["http://localhost/en/long/all-2.html"]


def test_the_export_and_the_sitemap_have_the_pages_of_the_contents(
    client: FlaskClient, place: Path
) -> None:
    site = Site(Settings(stories=str(place)))
    addresses = {*site.addresses}

    assert {*PAGES, "/en/long/contents-2.html", "/en+fr/long/contents-3.html"} <= addresses
    assert {"/en/long/all-2.html", "/en+fr/long/all-3.html"} <= addresses
    assert site.body("/fr/long/all-3.html").count(b"<section") == TOTAL - 2 * HEADLINES_PER_PAGE
    assert site.unreachable() == []
    sitemap = client.get("/sitemap.xml").text
    assert "/fr/long/contents-3.html</loc>" in sitemap
    assert "/fr/long/all-3.html</loc>" in sitemap
