"""The oEmbed provider (checks A1-A5)."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from lxml import html
from PIL import Image

from tests.web.conftest import ARTICLE, ClientOf, keyed, page, write

HOST = "http://localhost"
HARD = "Dire «\u00a0oui\u00a0»\u202f! <b>\"l'un\" & l'autre</b>"


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def ask(client: FlaskClient, url: str, **arguments: str) -> dict[str, Any]:
    response = client.get("/oembed", query_string={"url": url, **arguments})
    assert response.status_code == 200, response.status
    assert response.mimetype == "application/json"
    answer: dict[str, Any] = json.loads(response.data)
    return answer


def parts(answer: dict[str, Any]) -> tuple[html.HtmlElement, html.HtmlElement]:
    """Return the quotation and the frame of an answer, after checking that they are all."""
    elements = html.fragments_fromstring(answer["html"].replace("\n", ""))
    assert [element.tag for element in elements] == ["blockquote", "iframe"]
    quotation, frame = elements
    return quotation, frame


def iframe(answer: dict[str, Any]) -> html.HtmlElement:
    """Return the frame of an answer."""
    return parts(answer)[1]


@pytest.mark.parametrize(
    ("path", "position", "title"),
    [
        ("/fr/essai/2-deux/", 2, "Deux – Un titre"),
        ("/en/essai/2-two/", 2, "Two – A title"),
        ("/en/essai/2-two", 2, "Two – A title"),
        ("/EN/essai/2/?utm_source=x#y", 2, "Two – A title"),
        ("/fr/essai/", 1, "Un titre"),
        ("/fr/essai/all/", 1, "Un titre"),
        ("/fr+en/essai/2-deux/", 2, "Deux – Un titre"),
        ("/en+fr/essai/", 1, "A title"),
        ("/en+FR/essai/all", 1, "A title"),
        ("/en/essai/embed/", 1, "A title"),
        ("/en/essai/embed/?slide=3-trois", 3, "Trois – A title"),
        ("/en/essai/3-trois/embed/", 3, "Trois – A title"),
        ("/embed/fr/essai/3-trois/?theme=dark", 3, "Trois – Un titre"),
    ],
)
def test_an_address_of_the_site_gives_a_frame(
    client: FlaskClient, path: str, position: int, title: str
) -> None:
    """The answer has the right types, integer sizes and exactly one iframe (A1)."""
    answer = ask(client, HOST + path)
    frame = iframe(answer)

    assert {name: answer[name] for name in ("version", "type", "title", "provider_name")} == {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Slideshow",
    }
    assert answer["provider_url"] == f"{HOST}/"
    assert type(answer["width"]) is type(answer["height"]) is int
    language = path.replace("/embed", "")[1:3].lower()
    assert frame.get("src") == HOST + keyed(f"/embed/{language}/essai/{position}/")
    assert (frame.get("width"), frame.get("height"), frame.get("title")) == (
        "100%",
        str(answer["height"]),
        title,
    )
    assert client.get(frame.get("src")).status_code == 200
    assert "style" not in frame.attrib


@pytest.mark.parametrize("path", ["/en/essai/2-two/", "/en/essai/", "/en/essai/all/"])
def test_a_hidden_quotation_links_to_the_page(client: FlaskClient, path: str) -> None:
    """WordPress loads its script for it alone; other systems show the frame alone (A12)."""
    quotation, _ = parts(ask(client, HOST + path))

    [link] = quotation
    assert quotation.get("class") == "wp-embedded-content"
    assert "hidden" in quotation.attrib
    assert link.get("href") == HOST + path.removesuffix("all/")
    assert link.text == ask(client, HOST + path)["title"]


def test_a_smaller_frame_is_given_where_asked_for(client: FlaskClient) -> None:
    """The asker's limits are obeyed, and nonsense never ends with 500 (A2)."""
    answer = ask(client, f"{HOST}/fr/essai/1-un/", maxwidth="300", maxheight="200")

    assert (answer["width"], answer["height"]) == (300, 200)
    assert (iframe(answer).get("width"), iframe(answer).get("height")) == ("300", "200")


@pytest.mark.parametrize("value", ["0", "-1", "abc", str(10**30), "", "1.5", "٣٠٠", "3e2", " 5"])
def test_a_size_that_is_none_is_passed_over(client: FlaskClient, value: str) -> None:
    """The asker's limits are obeyed, and nonsense never ends with 500 (A2)."""
    plain = ask(client, f"{HOST}/fr/essai/1-un/")

    assert ask(client, f"{HOST}/fr/essai/1-un/", maxwidth=value, maxheight=value) == plain


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/fr/essai/1-un/",
        "https://localhost/fr/essai/1-un/",
        "http://localhost@evil.example/fr/essai/1-un/",
        "http://user@localhost/fr/essai/1-un/",
        "http://localhost:81/fr/essai/1-un/",
        "//localhost/fr/essai/1-un/",
        "javascript:alert(1)",
        "/fr/essai/1-un/",
        "http://[",
        "http://localhost\\@evil.example/fr/essai/1-un/",
        f"{HOST}/fr/essai/99/",
        f"{HOST}/fr/essai/0/",
        f"{HOST}/fr/nothing/",
        f"{HOST}/de/essai/1/",
        f"{HOST}/fr+de/essai/1/",
        f"{HOST}/fr+en/essai/9/",
        f"{HOST}/fr+en/nothing/",
        f"{HOST}/fr/",
        f"{HOST}/",
        f"{HOST}/healthz",
        f"{HOST}/fr/../fr/essai/1-un/x",
        f"{HOST}//fr/essai/1-un/",
        "x" * 10_000,
        "\x00",
        "http://localhost/fr/%00/1/",
    ],
)
def test_an_address_of_no_slide_is_not_found(client: FlaskClient, url: str) -> None:
    """Unknown addresses are 404, a missing one 400, other formats 501 (A3)."""
    response = client.get("/oembed", query_string={"url": url})

    assert response.status_code == 404
    assert "evil" not in response.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        (f"url={HOST}/fr/essai/1-un/&format=foo", 501),
        (f"url={HOST}/fr/essai/1-un/&format=JSON", 501),
        (f"url={HOST}/fr/essai/1-un/&format=xml", 200),
        (f"url={HOST}/fr/essai/1-un/&format=json&dnt=1&maxwidth=500&maxwidth=400&x=%00", 200),
    ],
)
def test_errors_are_those_of_the_specification(
    client: FlaskClient, query: str, status: int
) -> None:
    """Unknown addresses are 404, a missing one 400, other formats 501 (A3, A4)."""
    assert client.get(f"/oembed?{query}").status_code == status


def test_the_xml_says_what_the_json_says(client: FlaskClient) -> None:
    """Unknown addresses are 404, a missing one 400, other formats 501 (A3)."""
    url = f"{HOST}/en/essai/2-two/"

    response = client.get("/oembed", query_string={"url": url, "format": "xml"})

    assert response.mimetype == "text/xml"
    root = ElementTree.fromstring(response.data)
    assert root.tag == "oembed"
    written = {name: str(value) for name, value in ask(client, url).items()}
    assert {element.tag: element.text for element in root} == written


def test_hard_texts_come_through(client_of: ClientOf, tmp_path: Path) -> None:
    """JSON, XML and the frame's title, to the character (A4)."""
    files = {"dur.fr.txt": f"{HARD}\n\n{HARD} 1\n\nTexte.\n\nDeux\n\nTexte \ufffe.\n"}
    client = client_of(write(tmp_path / "stories", files))
    url = f"{HOST}/fr/dur/1/"

    answer = ask(client, url)
    xml = client.get("/oembed", query_string={"url": url, "format": "xml"})

    title = f"{HARD} 1 – {HARD}"
    assert answer["title"] == title
    assert iframe(answer).get("title") == title
    assert ElementTree.fromstring(xml.data).findtext("title") == title
    assert page(client, "/fr/dur/1/").xpath("//link[contains(@type, 'oembed')]/@title") == [
        title,
        title,
    ]


@pytest.mark.parametrize("path", ["/{}/essai/", "/{}/essai/1/", "/{}/essai/3/", "/{}/essai/all/"])
@pytest.mark.parametrize("language", ["fr", "en", "fr+en", "en+fr"])
def test_pages_lead_to_their_answers(client: FlaskClient, path: str, language: str) -> None:
    """The answer has the title, the language and the picture of the page (A5, A18)."""
    asked = page(client, path.format(language))
    links = asked.xpath("//head/link[contains(@type, 'oembed')]")
    [picture] = asked.xpath("//meta[@property='og:image']/@content")

    types = ["application/json+oembed", "text/xml+oembed"]
    assert [link.get("type") for link in links] == types
    for link in links:
        assert link.get("rel") == "alternate"
        response = client.get(f"{link.get('href')}&maxwidth=1300&maxheight=900&dnt=1")
        assert response.status_code == 200
        is_json = response.mimetype == "application/json"
        answer = (
            json.loads(response.data)
            if is_json
            else {each.tag: each.text for each in ElementTree.fromstring(response.data)}
        )
        assert answer["title"] == link.get("title")
        assert answer["thumbnail_url"] == picture
        assert iframe(answer).get("src").startswith(f"{HOST}/embed/{asked.get('lang')}/essai/")


@pytest.mark.parametrize("path", ["/fr/", "/embed/fr/essai/1-un/", "/fr/nothing/"])
def test_other_pages_have_no_answer(client: FlaskClient, path: str) -> None:
    assert b"oembed" not in client.get(path).data


def test_the_author_is_named_if_the_article_names_one(client_of: ClientOf, tmp_path: Path) -> None:
    text = "---\nauthor: Ada\n---\n# T\n\n## One\n\nText.\n\n## Two\n\nText.\n"
    files = {"a.en.md": text, "b.en.txt": ARTICLE}
    client = client_of(write(tmp_path / "stories", files))

    assert ask(client, f"{HOST}/en/a/1/")["author_name"] == "Ada"
    assert "author_name" not in ask(client, f"{HOST}/en/b/1/")


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("/fr/essai/1-un/", "/fr/essai/1-un/card.png"),
        ("/en/essai/3-trois/", "/en/essai/3-trois/card.png"),
        ("/en/essai/", "/en/essai/card.png"),
        ("/en/essai/all/", "/en/essai/card.png"),
    ],
)
def test_the_thumbnail_is_the_card(client: FlaskClient, path: str, card: str) -> None:
    answer = ask(client, HOST + path, maxwidth="1200", maxheight="630")

    assert answer["thumbnail_url"] == HOST + card
    with Image.open(BytesIO(client.get(card).data)) as image:
        assert image.size == (answer["thumbnail_width"], answer["thumbnail_height"])


@pytest.mark.parametrize("limit", [{"maxwidth": "1199"}, {"maxheight": "629"}])
def test_a_thumbnail_that_would_be_too_large_is_left_out_whole(
    client: FlaskClient, limit: dict[str, str]
) -> None:
    answer = ask(client, f"{HOST}/fr/essai/1-un/", **limit)

    assert not [name for name in answer if name.startswith("thumbnail")]


@pytest.mark.parametrize("prefix", ["", "/stories", "/a/b"])
def test_addresses_are_those_below_the_base_url(
    client_of: ClientOf, stories: Path, prefix: str
) -> None:
    base = f"https://news.example{prefix}"
    client = client_of(stories, base_url=base, site_name="News")
    url = quote(f"{base}/fr/essai/2-deux/", safe="")

    response = client.get(f"/oembed?url={url}", base_url=f"http://inside:8000{prefix}")
    answer = json.loads(response.data)

    assert iframe(answer).get("src") == f"{base}/embed/fr/essai/2-deux/"
    assert (answer["provider_name"], answer["provider_url"]) == ("News", f"{base}/")
