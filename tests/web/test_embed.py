"""The frame and the script for host pages, by their URLs (checks A16, C12)."""

import re
from typing import Any

import pytest
from flask import url_for
from flask.testing import FlaskClient

from slideshow.paths import shipped
from slideshow.story.keys import parse_place
from tests.web.conftest import keyed, page

SCRIPT = (shipped("static") / "embed.js").read_text()


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_frame_shows_the_slide_and_leads_to_its_page(client: FlaskClient, language: str) -> None:
    frame = page(client, f"/embed/{language}/essai/2/")
    whole = page(client, f"/{language}/essai/2/")

    for place in ("//h1", "//article", "//p[@class='position']"):
        assert frame.xpath(place)[0].text_content() == whole.xpath(place)[0].text_content()
    assert frame.xpath("//a[@id='whole']/@href") == [
        "http://localhost" + keyed(f"/{language}/essai/2/")
    ]
    assert "Slideshow" in frame.xpath("//a[@id='whole']")[0].text_content()
    assert frame.xpath("//link[@rel='canonical']/@href") == [
        "http://localhost" + keyed(f"/{language}/essai/2/")
    ]


def test_its_own_links_stay_in_the_frame_and_others_open_elsewhere(client: FlaskClient) -> None:
    """The switch of language leads to the same slide (C12)."""
    frame = page(client, "/embed/fr/essai/2-deux/")

    assert frame.xpath("//base/@target") == ["_blank"]
    inside = frame.xpath("//a[@target='_self']/@href")
    assert sorted(inside) == [
        "/embed/en/essai/2-two/",
        "/embed/fr/essai/1-un/",
        "/embed/fr/essai/2-deux/",
        "/embed/fr/essai/3-trois/",
        "/embed/fr/essai/contents/",
    ]


@pytest.mark.parametrize(
    ("asked", "given"), [("dark", "dark"), ("light", "light"), ("auto", None), ("<x>", None)]
)
def test_the_theme_is_kept_in_every_link_of_the_frame(
    client: FlaskClient, asked: str, given: str | None
) -> None:
    frame = page(client, f"/embed/fr/essai/2-deux/?theme={asked}")

    assert frame.get("data-theme") == given
    query = f"?theme={given}" if given else ""
    links = frame.xpath("//a[starts-with(@href, '/embed/')]/@href")
    assert links
    assert all(link.endswith(f"/{query}") for link in links)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/embed/FR/essai/1/?theme=dark", "/embed/fr/essai/1-un/?theme=dark"),
        ("/embed/fr/essai/1-un?theme=dark", "/embed/fr/essai/1-un/?theme=dark"),
    ],
)
def test_another_spelling_leads_to_the_one_there_is(
    client: FlaskClient, path: str, location: str
) -> None:
    response = client.get(path)

    assert response.status_code == 308
    assert response.location == location


@pytest.mark.parametrize(
    ("endpoint", "slide"),
    [
        ("slides.cover", None),
        ("slides.whole", None),
        ("slides.slide", "2-deux"),
        ("slides.slide", "2"),
        ("embed.frame", "2-deux"),
    ],
)
def test_the_script_makes_the_address_of_a_frame_as_the_router_does(
    client: FlaskClient, endpoint: str, slide: str | None
) -> None:
    """A host page has nothing but the address of a page: the script knows the shape of ours."""
    pattern, form = (
        re.search(each, SCRIPT) for each in (r"ADDRESS = /(.*)/i;", r"pathname: `(.*)`")
    )
    assert pattern
    assert form
    assert form[1] == '${path}/embed${story}/${slide.toLowerCase() === "all" ? 1 : slide}/'
    story: dict[str, Any] = {"language": "fr", "slug": "essai"}
    with client.application.test_request_context(base_url="http://localhost/below"):
        place: dict[str, Any] = {"slide": parse_place(slide)} if slide else {}
        address = url_for(endpoint, **story, **place)
        frame = url_for("embed.frame", **story, slide=parse_place(slide or "1"))

    found = re.match(pattern[1], address, re.IGNORECASE)

    assert found
    path, place_of_story, shown = found.groups("all")
    assert f"{path}/embed{place_of_story}/{1 if shown == 'all' else shown}/" == frame


@pytest.mark.parametrize("path", ["/embed/fr/essai/4/", "/embed/fr/x/1/", "/embed/fr/essai/0/"])
def test_a_frame_of_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_script_is_served_at_an_address_that_stays(client: FlaskClient) -> None:
    response = client.get("/embed.js", headers={"Accept-Encoding": "identity"})

    assert response.data == (shipped("static") / "embed.js").read_bytes()
    assert response.mimetype == "text/javascript"
    assert response.cache_control.max_age == 3600


@pytest.mark.parametrize("path", ["/embed/fr/essai/1-un/", "/oembed", "/embed.js"])
def test_below_a_prefix_every_address_is_below_it(client: FlaskClient, path: str) -> None:
    query = {"url": "http://localhost/news/fr/essai/1-un/"}

    response = client.get(path, base_url="http://localhost/news", query_string=query)

    assert response.status_code == 200
    assert "localhost/embed" not in response.text
    assert '"/embed' not in response.text
    assert '"/static' not in response.text


@pytest.mark.parametrize("asked", ["", "?theme=dark"])
def test_the_address_of_any_slide_stands_in_the_frame(client: FlaskClient, asked: str) -> None:
    (first,) = page(client, f"/embed/fr/essai/2-deux/{asked}").xpath("//a[@rel='first']")
    address = first.get("data-address")

    assert address is not None
    assert first.get("data-slides") == "1-un 2-deux 3-trois"
    assert address.replace("{slide}", "1-un") == first.get("href")
    assert client.get(address.replace("{slide}", "3-trois")).status_code == 200


def test_every_language_to_embed_comes_with_its_addresses(client: FlaskClient) -> None:
    options = page(client, "/fr/essai/embed/?slide=2-deux").xpath(
        "//select[@name='language']/option"
    )

    found = [
        [
            option.get(f"data-{name}").replace("{slide}", option.get("data-slides").split()[1])
            for name in ("preview", "frame")
        ]
        for option in options
        if option.get("value") != "auto"
    ]

    assert found == [
        [keyed(f"/{tag}/essai/2/"), "http://localhost" + keyed(f"/embed/{tag}/essai/2/")]
        for tag in ("fr", "en")
    ]
    assert {client.get(address).status_code for each in found for address in each} == {200}
