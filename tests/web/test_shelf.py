"""A long shelf: its pages, and the search for a story."""

import json
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.settings import Settings
from slideshow.web.crawl import Site
from slideshow.web.paging import STORIES_PER_PAGE
from slideshow.web.search import MAX_STORIES
from slideshow.web.shelf import SEARCH_ABOVE
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, page, settle, texts, write

TOTAL = 2 * STORIES_PER_PAGE + 1
TITLES = "//ul[@class='stories']/li/a"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of stories in English, one of them in French with an English translation."""
    files = {
        f"town-{number:03}.en.txt": f"The café of town {number}\n\nH\n\nP.\n"
        for number in range(1, TOTAL)
    }
    files |= {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    return write(tmp_path_factory.mktemp("many"), files)


@pytest.fixture(scope="module")
def shelf(many: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(many, refresh=60)


def test_the_pages_of_the_shelf_hold_every_story_once(shelf: FlaskClient) -> None:
    paths = ["/en/", "/en/page-2.html", "/en/page-3.html"]

    lengths = [len(texts(shelf, path, TITLES)) for path in paths]
    shown = [title for path in paths for title in texts(shelf, path, TITLES)]

    assert lengths == [STORIES_PER_PAGE, STORIES_PER_PAGE, 1]
    assert len({*shown}) == TOTAL


def test_each_page_leads_to_the_next_and_the_one_before(shelf: FlaskClient) -> None:
    path, seen = "/fr/", ["/fr/"]
    while found := page(shelf, path).xpath("//nav[@class='pages']/a[@rel='next']/@href"):
        path = found[0]
        seen.append(path)
    back = page(shelf, path).xpath("//nav[@class='pages']/a[@rel='prev']/@href")

    assert seen == ["/fr/", "/fr/page-2.html", "/fr/page-3.html"]
    assert back == ["/fr/page-2.html"]


def test_a_page_of_the_shelf_has_a_title_and_twins_of_its_own(shelf: FlaskClient) -> None:
    tree = page(shelf, "/fr/page-2.html")
    twins = {
        link.get("hreflang"): link.get("href")
        for link in tree.xpath("//head/link[@rel='alternate'][@hreflang]")
    }

    assert tree.xpath("string(//title)").startswith("Diaporamas, page 2")
    assert tree.xpath("string(//link[@rel='canonical']/@href)").endswith("/fr/page-2.html")
    assert twins["en"].endswith("/en/page-2.html")
    assert tree.xpath("//nav[@class='pages']//a[@aria-current]/text()") == ["2"]


@pytest.mark.parametrize("path", ["page-0.html", "page-1.html", "page-4.html", "page-02.html"])
def test_no_page_has_a_second_spelling(shelf: FlaskClient, path: str) -> None:
    assert shelf.get(f"/en/{path}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [("CAFE 100", 1), ("town café", TOTAL - 1), ("tow 100", 1), ("a title", 1), ("zeppelin", 0)],
)
def test_words_find_stories_whatever_their_case_and_accents(
    shelf: FlaskClient, words: str, found: int
) -> None:
    tree = page(shelf, f"/en/search?q={words}")

    assert len(tree.xpath("//ul[@class='stories']/li")) == min(found, MAX_STORIES)
    told = tree.xpath("string(//p[@class='found'])")
    assert (str(found) in told) is (found > 0)


def titles(client: FlaskClient, path: str) -> list[str]:
    """Return the titles of the stories on a page, with their marks."""
    return [str(each.text_content()) for each in page(client, path).xpath(TITLES)]


def test_a_title_is_found_in_the_language_that_it_is_shown_in(shelf: FlaskClient) -> None:
    assert titles(shelf, "/fr/search?q=titre") == ["Un titre"]
    assert titles(shelf, "/en/search?q=titre") == []


def test_a_changed_title_is_found(tmp_path: Path, client_of: ClientOf) -> None:
    files = {f"{name}.en.txt": f"Story {name}\n\nH\n\nP.\n" for name in "ab"}
    client = client_of(write(tmp_path, files))
    before = titles(client, "/en/search?q=zebra")
    article = tmp_path / "b.en.txt"
    article.write_text("The zebra\n\nH\n\nP.\n")
    os.utime(article, (1_000_000_000, 1_000_000_000))  # nobody is writing it

    assert (before, titles(client, "/en/search?q=zebra")) == ([], ["The zebra"])


def test_a_story_that_cannot_be_read_is_not_found(tmp_path: Path, client_of: ClientOf) -> None:
    broken = "A zebra\n\n"
    client = client_of(write(tmp_path, {"a.en.txt": broken, "b.en.txt": "T\n\nH\n\nP.\n"}))

    found = page(client, "/en/search?q=zebra").xpath("string(//*[@id='found'])")

    assert found.strip() == "No stories match."


def test_what_was_looked_for_is_shown_as_text_and_kept_in_the_field(shelf: FlaskClient) -> None:
    tree = page(shelf, "/fr/search?q=%3Cb%3E%25s%22")

    assert tree.xpath("string(//h1)") == 'Résultats pour «\u00a0<b>%s"\u00a0»'
    assert tree.xpath("string(//input[@name='q']/@value)") == '<b>%s"'
    assert tree.xpath("string(//nav[@id='languages']//a[@lang='en']/@href)") == (
        "/en/search?q=%3Cb%3E%25s%22"
    )


def test_a_search_is_no_page_for_search_engines(shelf: FlaskClient) -> None:
    assert shelf.get("/en/search?q=town").headers["X-Robots-Tag"] == "noindex"


def test_a_search_for_nothing_leads_to_the_shelf(shelf: FlaskClient) -> None:
    answer = shelf.get("/fr/search?q=+")

    assert (answer.status_code, answer.location) == (303, "/fr/")


def test_only_the_shelf_may_send_a_form(shelf: FlaskClient) -> None:
    policies = [
        shelf.get(path).headers["Content-Security-Policy"]
        for path in ("/en/", "/en/page-2.html", "/en/search?q=town", "/en/town-001/")
    ]

    forms = [re.findall("form-action ([^;]+)", policy)[0] for policy in policies]
    assert forms == ["'self'", "'self'", "'self'", "'none'"]


def test_a_short_shelf_needs_neither_pages_nor_a_search(
    tmp_path: Path, client_of: ClientOf
) -> None:
    files = {f"{number}.en.txt": "T\n\nH\n\nP.\n" for number in range(SEARCH_ABOVE)}

    tree = page(client_of(write(tmp_path, files)), "/en/")

    assert tree.xpath("//form | //nav[@class='pages']") == []


def test_the_sitemap_names_the_pages_of_the_shelf(shelf: FlaskClient) -> None:
    text = shelf.get("/sitemap.xml").text

    assert "<loc>http://localhost/fr/page-3.html</loc>" in text
    assert "page-4.html" not in text


def test_the_export_has_the_pages_and_files_for_its_search(many: Path) -> None:
    site = Site(Settings(stories=str(many)))
    addresses = {*site.addresses}

    assert {"/en/page-2.html", "/fr/page-3.html"} <= addresses
    assert "/en/page-1.html" not in addresses
    found = {path.partition("/search/")[2] for path in addresses if path.startswith("/en/search")}
    assert found == {*(f"words-{n}.json" for n in range(6)), "stories-0.json", "stories-1.json"}
    assert b'<search class="scripted">' in site.body("/en/")
    assert len(json.loads(site.body("/en/search/stories-1.json"))) == TOTAL - 100


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No stories yet."),
        ("fr", "Aucun diaporama pour le moment."),
    ],
)
def test_an_empty_shelf_says_so(
    tmp_path: Path, client_of: ClientOf, language: str, said: str
) -> None:
    write(tmp_path, {"translations/README": "An entirely empty folder would count as lost."})
    client = client_of(write(tmp_path, {"essai.fr.txt": ARTICLE, "essay.en.txt": ARTICLE}))
    full = texts(client, f"/{language}/", "//div[@id='stories']/p")

    for article in tmp_path.glob("*.txt"):
        article.unlink()
    settle(tmp_path)
    tree = page(client, f"/{language}/")

    assert full == []
    assert [each.text for each in tree.xpath("//div[@id='stories']/*")] == [said]
