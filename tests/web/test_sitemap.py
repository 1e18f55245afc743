"""What search engines crawl by: the sitemap, robots.txt, and what they leave out."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree

from slideshow.library.filecache import BusyError
from slideshow.settings import Settings
from slideshow.web import paging
from slideshow.web.crawl import Site
from slideshow.web.services import services
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, page, write
from tests.web.test_pagecache import counting

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def found(node: Any, query: str, **values: str) -> Any:
    """Return the nodes that an XPath finds in a sitemap."""
    return node.xpath(query, namespaces=SPACES, **values)


def entries(
    client: FlaskClient, path: str = "/sitemap.xml"
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield address and alternates of each page in a sitemap."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    tree = etree.fromstring(answer.data)
    for url in found(tree, "/s:urlset/s:url"):
        links = found(url, "x:link[@rel='alternate']")
        yield (
            found(url, "string(s:loc)"),
            {link.get("hreflang"): link.get("href") for link in links},
        )


def test_every_page_is_there_in_every_language_once(client: FlaskClient, stories: Path) -> None:
    addresses = [address for address, _ in entries(client)]

    exported = {
        f"http://localhost{path}"
        for path in Site(Settings(stories=str(stories))).addresses
        if re.match(r"/(fr|en)/", path) and path.endswith("/") and not path.endswith("/embed/")
    }
    assert set(addresses) == exported
    assert len(addresses) == len(exported)


def test_a_sitemap_is_sent_in_few_pieces(client: FlaskClient) -> None:
    pieces = list(client.get("/sitemap.xml").iter_encoded())

    assert b"".join(pieces).count(b"<url>") > 10
    assert len(pieces) < 10


def test_a_page_names_the_twins_that_it_names_itself(client: FlaskClient) -> None:
    for address, twins in entries(client):
        tree = page(client, address.removeprefix("http://localhost"))
        links = tree.xpath("//link[@rel='alternate'][@hreflang]")
        assert twins == {link.get("hreflang"): link.get("href") for link in links}
        assert tree.xpath("string(//link[@rel='canonical']/@href)") == address


def test_addresses_stand_below_the_base_url(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories, base_url="https://news.example/slides")

    addresses = [address for address, _ in entries(client)]

    assert addresses
    assert all(address.startswith("https://news.example/slides/") for address in addresses)


def lastmod(client: FlaskClient, address: str) -> str:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    query = "string(//s:url[s:loc=$address]/s:lastmod)"
    return str(found(tree, query, address=f"http://localhost{address}"))


def at(file: Path, moment: str) -> None:
    """Say that a file was changed at a moment."""
    seconds = datetime.fromisoformat(moment).timestamp()
    os.utime(file, (seconds, seconds))


def test_a_page_changed_with_its_article_whatever_its_date(
    tmp_path: Path, client_of: ClientOf
) -> None:
    text = "---\ndate: 2026-11-24\n---\n# T\n\n## A\n\nB\n"
    client = client_of(write(tmp_path, {"essai.fr.md": text}))
    at(tmp_path / "essai.fr.md", "2027-03-01T12:00:00+00:00")

    assert lastmod(client, "/fr/essai/1-a/") == "2027-03-01T12:00:00+00:00"
    assert lastmod(client, "/fr/") == ""


def test_a_page_changed_with_its_translation_too(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    catalogue = stories / "translations/en/LC_MESSAGES/essai.po"
    at(stories / "essai.fr.txt", "2026-03-01T12:00:00+00:00")
    at(catalogue, "2026-04-01T12:00:00+00:00")
    before = lastmod(client, "/en/essai/")
    catalogue.write_text(f'{CATALOGUE}\nmsgid "Trois"\nmsgstr "Three"\n')
    at(catalogue, "2026-05-01T12:00:00+00:00")

    assert before == "2026-04-01T12:00:00+00:00"
    assert lastmod(client, "/en/essai/") == "2026-05-01T12:00:00+00:00"
    assert lastmod(client, "/fr/essai/") == "2026-03-01T12:00:00+00:00"


def test_a_large_site_has_an_index_of_files_that_hold_it(
    tmp_path: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ADDRESSES_PER_SITEMAP", 20)
    files = {f"story-{number}.fr.txt": ARTICLE for number in range(10)}
    place = write(tmp_path, files)
    client = client_of(place)

    tree = etree.fromstring(client.get("/sitemap.xml").data)

    parts = found(tree, "/s:sitemapindex/s:sitemap/s:loc/text()")
    paths = [str(part).removeprefix("http://localhost") for part in parts]
    assert paths == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    listed = [[address for address, _ in entries(client, path)] for path in paths]
    assert [len(each) for each in listed] == [20, 20, 12]
    assert len({address for each in listed for address in each}) == 52
    assert client.get("/sitemap-4.xml").status_code == 404
    assert set(paths) <= set(Site(Settings(stories=str(place))).addresses)


def test_without_an_index_there_are_no_parts(client: FlaskClient) -> None:
    assert client.get("/sitemap-1.xml").status_code == 404
    assert client.get("/sitemap-2.xml").status_code == 404


def test_a_long_story_is_shared_out_too(
    tmp_path: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ADDRESSES_PER_SITEMAP", 100)
    slides = "".join(f"H{number}\n\nText {number}\n\n" for number in range(250))
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T\n\n{slides}"}))

    assert len(list(entries(client, "/sitemap-3.xml"))) == 54


def test_many_languages_make_a_file_hold_fewer_pages(
    stories: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "BYTES_PER_SITEMAP", 6000)
    client = client_of(write(stories, {"translations/de/LC_MESSAGES/essai.po": CATALOGUE}))

    sizes = [len(client.get(f"/sitemap-{number}.xml").data) for number in (1, 2)]

    assert len(list(entries(client, "/sitemap-1.xml"))) < 18
    assert max(sizes) < 6000


def test_a_broken_story_is_left_out(stories: Path, client_of: ClientOf) -> None:
    client = client_of(write(stories, {"broken.fr.txt": "\x00"}))

    assert {address.split("/")[4] for address, _ in entries(client)} == {"", "essai"}


def test_robots_are_told_of_the_sitemap(stories: Path, client_of: ClientOf) -> None:
    answer = client_of(stories, base_url="https://news.example/slides").get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert "Disallow" not in answer.text
    assert "Sitemap: https://news.example/slides/sitemap.xml" in answer.text.splitlines()


@pytest.mark.parametrize("path", ["/embed/fr/essai/1-un/", "/fr/?q=un"])
def test_frames_and_filtered_views_are_not_to_be_indexed(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


def test_a_frame_says_so_on_a_static_host_too(client: FlaskClient) -> None:
    assert page(client, "/embed/fr/essai/1-un/").xpath("//meta[@name='robots'][@content='noindex']")


@pytest.mark.parametrize("path", ["/fr/", "/fr/essai/", "/fr/essai/1-un/", "/fr/essai/1-un/?utm=x"])
def test_pages_are_to_be_indexed(client: FlaskClient, path: str) -> None:
    assert "X-Robots-Tag" not in client.get(path).headers
    assert not page(client, path).xpath("//meta[@name='robots']")


def test_a_sitemap_is_made_once_until_a_story_changes(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories, refresh=60)
    made = counting(client)

    answers = [client.get("/sitemap.xml", headers={"Accept-Encoding": "br"}) for _ in range(3)]

    assert len(made) == 1
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"br"}


def test_while_very_many_stories_are_read_the_sitemap_says_when_to_ask_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = services(client.application).index
    monkeypatch.setattr(index, "_current", lambda *_: raising(BusyError("index")))

    answers = [client.get(path) for path in ("/sitemap.xml", "/sitemap-9999.xml", "/fr/feed.xml")]

    assert [(each.status_code, each.headers["Retry-After"]) for each in answers] == [(503, "1")] * 3


def raising(error: Exception) -> None:
    raise error
