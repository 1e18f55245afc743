"""The feeds, as feed readers and XML parsers take them."""

import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree
from PIL import Image

from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, page, write

BASE = "https://news.example/slides"
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HOSTILE = "Ah\u202f! <b>x</b> & ]]> \"'"


def read(client: FlaskClient, path: str) -> Any:
    """Return a feed as a feed reader understands it, after making sure that it finds no fault."""
    answer = client.get(path)
    assert answer.status_code == 200
    headers = {"content-type": answer.content_type, "content-location": f"{BASE}{path}"}
    feed = feedparser.parse(answer.data, response_headers=headers)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def tree(client: FlaskClient, path: str) -> Any:
    return etree.fromstring(client.get(path).data)


@pytest.fixture
def news(tmp_path: Path, client_of: ClientOf) -> FlaskClient:
    details = "---\nauthor: Ada\ndate: 2026-11-24\n---\n"
    files = {
        "essai.fr.txt": ARTICLE,
        "new.en.md": f"{details}# New & *bright*\n\n## A\n\nFirst **words**.\n\n## B\n\nMore.\n",
        "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
    }
    place = write(tmp_path, files)
    then = datetime.fromisoformat("2026-03-01T12:00:00+00:00").timestamp()
    os.utime(place / "essai.fr.txt", (then, then))
    return client_of(place, base_url=BASE)


def test_the_shelf_is_atom_with_the_newest_story_first(news: FlaskClient) -> None:
    feed = read(news, "/en/feed.xml")

    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == ["New & bright", "A title"]
    assert [entry.updated for entry in feed.entries] == [
        "2026-11-24T00:00:00+00:00",
        "2026-03-01T12:00:00+00:00",
    ]
    assert feed.feed.updated == feed.entries[0].updated
    assert feed.entries[0].author == "Ada"
    assert feed.entries[0].summary == "First words."
    assert [entry.link for entry in feed.entries] == [f"{BASE}/en/new/", f"{BASE}/en/essai/"]


def test_a_story_that_lacks_the_language_is_there_in_its_own(news: FlaskClient) -> None:
    entries = tree(news, "/fr/feed.xml").findall(f"{ATOM}entry")

    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(lang) for entry in entries] == ["en", "fr"]
    assert entries[0].findtext(f"{ATOM}id") == f"{BASE}/en/new/"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_atom_has_what_rfc_4287_requires(news: FlaskClient, language: str) -> None:
    feed = tree(news, f"/{language}/feed.xml")

    for each in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Slideshow"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}/{language}/feed.xml", "alternate": f"{BASE}/{language}/"}
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 3


def test_the_same_stories_make_the_same_feed(news: FlaskClient) -> None:
    for path in ("/fr/feed.xml", "/en/new/feed.xml"):
        assert news.get(path).data == news.get(path).data


def test_a_story_is_a_gallery_with_an_item_for_each_slide(news: FlaskClient) -> None:
    feed = read(news, "/en/essai/feed.xml")

    assert feed.version == "rss20"
    assert (feed.feed.title, feed.feed.language) == ("A title", "en")
    assert feed.feed.link == f"{BASE}/en/essai/"
    assert [item.title for item in feed.entries] == ["One", "Two", "Trois"]
    assert [item.link for item in feed.entries] == [
        f"{BASE}/en/essai/{place}/" for place in ("1-one", "2-two", "3-trois")
    ]
    assert [item.id for item in feed.entries] == [
        f"{BASE}/en/essai/#{key}" for key in ("one", "two", "trois")
    ]
    assert feed.entries[0].description == "<p>First.</p>"
    text = tree(news, "/en/essai/feed.xml").findall(".//item/description")[1].text
    assert text == '<p lang="fr" dir="ltr">Deuxième.</p>\n'
    assert feed.entries[0].published == "Sun, 01 Mar 2026 12:00:00 +0000"


def test_each_item_has_an_image_with_size_words_and_credit(news: FlaskClient) -> None:
    for content in tree(news, "/en/new/feed.xml").iter(f"{MEDIA}content"):
        assert content.get("medium") == "image"
        assert content.get("type").startswith("image/")
        assert min(int(content.get("width")), int(content.get("height"))) > 100
        assert content.get("url").startswith(f"{BASE}/")
        assert news.get(content.get("url").removeprefix(BASE)).mimetype == content.get("type")
        assert content.findtext(f"{MEDIA}title")
        assert content.findtext(f"{MEDIA}description")
        assert content.findtext(f"{MEDIA}credit") == "Ada"


@pytest.mark.parametrize("path", ["/fr/feed.xml", "/fr/essai/feed.xml"])
def test_any_text_is_escaped(tmp_path: Path, client_of: ClientOf, path: str) -> None:
    article = f"T {HOSTILE}\n\nH {HOSTILE}\n\nP {HOSTILE}\n"
    client = client_of(write(tmp_path, {"essai.fr.txt": article}))

    root = tree(client, path)

    titles = [each.text for each in root.iter() if str(each.tag).endswith("title")]
    assert f"T {HOSTILE}" in titles
    assert not list(root.iter("{*}b"))
    assert read(client, path).entries


def test_what_xml_cannot_hold_is_left_out(stories: Path, client_of: ClientOf) -> None:
    catalogue = CATALOGUE.replace("One", "O\x0bn\ufffee")
    client = client_of(write(stories, {"translations/en/LC_MESSAGES/essai.po": catalogue}))

    assert read(client, "/en/essai/feed.xml").entries[0].title == "One"


def test_a_picture_comes_with_its_words_and_its_credit(client_of: ClientOf) -> None:
    """The bundled guide has pictures."""
    client = client_of()
    contents = list(tree(client, "/en/make-a-slideshow/feed.xml").iter(f"{MEDIA}content"))

    pictured = [each for each in contents if "/pictures/" in each.get("url")]

    assert pictured
    for content in pictured:
        answer = client.get(content.get("url").removeprefix("http://localhost"))
        assert answer.status_code == 200
        with Image.open(BytesIO(answer.data)) as image:
            assert image.size == (int(content.get("width")), int(content.get("height")))
        assert content.findtext(f"{MEDIA}description")


def test_an_empty_shelf_is_a_feed_too(tmp_path: Path, client_of: ClientOf) -> None:
    feed = read(client_of(tmp_path), "/en/feed.xml")

    assert (feed.entries, feed.feed.updated) == ([], "1970-01-01T00:00:00+00:00")


def test_pages_name_their_feeds(client: FlaskClient) -> None:
    def feeds(path: str) -> list[str]:
        query = "//head/link[@rel='alternate'][starts-with(@type, 'application/')]/@href"
        return [href for href in page(client, path).xpath(query) if href.endswith("feed.xml")]

    assert feeds("/fr/") == feeds("/fr/essai/1-un/") == ["/fr/feed.xml"]
    assert (
        feeds("/en/essai/")
        == feeds("/en/essai/all/")
        == [
            "/en/feed.xml",
            "/en/essai/feed.xml",
        ]
    )
    link = page(client, "/fr/").xpath("//main//a[@type='application/atom+xml']")[0]
    assert (link.get("href"), link.text) == ("/fr/feed.xml", "Flux RSS")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/FR/feed.xml", 308), ("/fr/nothing/feed.xml", 404), ("/xx/feed.xml", 404)],
)
def test_a_feed_has_one_address(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status
