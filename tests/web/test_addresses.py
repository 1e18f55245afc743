"""Addresses of slides: whatever becomes of a story, a link once given leads to its slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, page, settle, write

KINDS = ("/{}/", "/{}/card.png")


def slides(*headlines: str) -> str:
    """Write an article with a text of its own below each headline."""
    return "A title\n\n" + "".join(f"{each}\n\nThe text of {each}.\n\n" for each in headlines)


def led(client: FlaskClient, path: str) -> str:
    """Follow an address that leads on once, and return where it led."""
    response = client.open(path, follow_redirects=False)
    assert response.status_code == 308, (path, response.status)
    assert response.location
    assert client.get(response.location).status_code == 200, response.location
    return unquote(response.location)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write(tmp_path / "stories", {"a.en.txt": slides("One", "Two", "Three")})


def plain(place: Path, **settings: object) -> FlaskClient:
    """Return a client that follows nothing by itself."""
    return create_app(Settings(stories=str(place), refresh=0, **settings)).test_client()  # type: ignore[arg-type]


def edit(place: Path, text: str) -> None:
    (place / "a.en.txt").write_text(text)
    settle(place / "a.en.txt")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/en/a/2/", "/en/a/2-two/"),
        ("/en/a/2", "/en/a/2-two/"),
        ("/EN/a/2", "/en/a/2-two/"),
        ("/en/a/1-two/", "/en/a/2-two/"),
        ("/en/a/99-two/", "/en/a/2-two/"),
        ("/en/a/2-TWO/", "/en/a/2-two/"),
        ("/en/a/2-unheard-of/", "/en/a/2-two/"),
        ("/embed/en/a/2/?theme=dark", "/embed/en/a/2-two/?theme=dark"),
        ("/embed/en/a/1-two", "/embed/en/a/2-two/"),
        ("/en/a/2/card.png", "/en/a/2-two/card.png"),
        ("/en/a/1-two/embed/", "/en/a/embed/?slide=2-two"),
    ],
)
def test_the_key_decides_and_the_position_is_a_hint(place: Path, path: str, to: str) -> None:
    assert led(plain(place), path) == to


@pytest.mark.parametrize("path", ["/en/a/4/", "/en/a/99-unheard-of/", "/en/b/1-one/"])
def test_a_slide_that_never_was_is_not_found(place: Path, path: str) -> None:
    assert plain(place).get(path).status_code == 404


@pytest.mark.parametrize(
    "headline",
    [
        "Part",
        "The lamp above the harbour that nobody had lit in years",
        "Questions of our readers about the new night train",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    ],
)
def test_slides_of_one_headline_have_addresses_of_their_own(tmp_path: Path, headline: str) -> None:
    text = "# T\n\n" + "".join(f"## {headline}\n\nText {n}.\n\n" for n in range(1, 13))
    client = plain(write(tmp_path / "stories", {"a.en.md": text}))

    for position in range(1, 13):
        address = led(client, f"/en/a/{position}/")
        assert f'data-position="{position}"' in client.get(address).text
        assert address.startswith(f"/en/a/{position}-")


def test_a_key_of_another_language_leads_to_the_slide(stories: Path) -> None:
    client = plain(stories)

    assert led(client, "/en/essai/2-deux/") == "/en/essai/2-two/"
    assert led(client, "/fr/essai/2-two/") == "/fr/essai/2-deux/"
    assert led(client, "/en+fr/essai/1-un/") == "/en+fr/essai/1-one/"


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize(
    ("after", "to"),
    [
        (slides("Zero", "One", "Two", "Three"), "3-two"),
        (slides("Two", "Three", "One"), "1-two"),
        (slides("One", "Two").replace("Two\n", "Anything else\n"), "2-anything-else"),
        (slides("Zero", "One", "Two").replace("Two\n", "Anything else\n"), "3-anything-else"),
    ],
)
def test_after_an_edit_a_link_leads_to_the_same_slide(
    place: Path, after: str, to: str, restarts: bool
) -> None:
    client = plain(place)
    assert client.get("/en/a/2-two/").status_code == 200

    edit(place, after)
    client = plain(place) if restarts else client

    for kind in KINDS:
        assert led(client, "/en/a" + kind.format("2-two")) == "/en/a" + kind.format(to)
    assert led(client, "/embed/en/a/2-two/") == f"/embed/en/a/{to}/"
    assert led(client, "/en/a/2-two/embed/") == f"/en/a/embed/?slide={to}"
    dialog = page(client, "/en/a/embed/?slide=2-two")
    assert dialog.xpath("//input[@name='position']/@value") == [to.partition("-")[0]]


def test_headline_then_text_then_headline_may_change(place: Path) -> None:
    client = plain(place)
    text = slides("Zero", "One", "Two", "Three")
    for change in (
        ("\nTwo\n", "\nA second\n"),
        ("The text of Two", "Another text"),
        ("\nA second\n", "\nQuite another\n"),
    ):
        client.get("/en/a/")
        text = text.replace(*change)
        edit(place, text)

    assert led(client, "/en/a/2-two/") == "/en/a/3-quite-another/"
    client.get("/en/a/")
    assert led(plain(place), "/en/a/1-a-second/") == "/en/a/3-quite-another/"


def test_a_removed_slide_leads_to_its_story(place: Path) -> None:
    client = plain(place)
    client.get("/en/a/")

    edit(place, slides("One", "Three"))

    assert led(client, "/en/a/2-two/") == "/en/a/"
    assert led(client, "/en/a/2-two/embed/") == "/en/a/"
    assert led(client, "/embed/en/a/2-two/") == "/embed/en/a/1-one/"
    assert led(client, "/en/a/2-two/card.png") == "/en/a/card.png"


def test_a_removed_slide_leads_to_no_other_of_a_similar_headline(place: Path) -> None:
    edit(place, slides("Day one", "Day two", "Day three"))
    client = plain(place)
    client.get("/en/a/")

    edit(place, slides("Day one", "Day three"))

    assert led(client, "/en/a/2-day-two/") == "/en/a/"


def test_a_rewritten_slide_is_found_among_similar_headlines(place: Path) -> None:
    edit(place, slides("Day one", "Day two", "Day three"))
    client = plain(place)
    client.get("/en/a/")

    edit(place, slides("Day one", "A second day", "Day three"))

    assert led(client, "/en/a/2-day-two/") == "/en/a/2-a-second-day/"


def test_an_edited_translation_leads_on(stories: Path) -> None:
    client = plain(stories)
    client.get("/en/essai/")
    catalogue = stories / "translations/en/LC_MESSAGES/essai.po"

    catalogue.write_text(CATALOGUE.replace('"Two"', '"The other one"'))
    settle(catalogue)

    assert led(client, "/en/essai/2-two/") == "/en/essai/2-the-other-one/"
    assert led(client, "/embed/en/essai/2-two/") == "/embed/en/essai/2-the-other-one/"


def test_the_record_may_lie_beside_the_stories(place: Path, tmp_path: Path) -> None:
    (place / "addresses").mkdir()
    cache = tmp_path / "cache"
    plain(place, filecache_folder=str(cache)).get("/en/a/")
    edit(place, slides("Zero", "One", "Two").replace("Two\n", "Anything else\n"))

    assert (place / "addresses" / "a.jsonl").exists()
    assert not (cache / "addresses").exists()
    assert led(plain(place), "/en/a/2-two/") == "/en/a/3-anything-else/"


@pytest.mark.parametrize("content", [b"\xff\xfe{", b"<<<<<<< HEAD\n[]\n{}\n", b"1\n" * 9])
def test_a_broken_record_breaks_nothing(place: Path, content: bytes) -> None:
    write(place, {"addresses/a.jsonl": content})
    client = plain(place)

    assert client.get("/en/a/2-two/").status_code == 200
    assert led(client, "/en/a/9-two/") == "/en/a/2-two/"
    assert client.get("/en/a/9-nothing/").status_code == 404


def test_without_a_place_for_the_record_stories_are_served(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(place, {"addresses/a.jsonl/x": ""})

    assert plain(place).get("/en/a/2-two/").status_code == 200
    assert "addresses are not recorded" in caplog.text


def test_a_story_is_recorded_once_for_each_change(place: Path) -> None:
    (place / "addresses").mkdir()
    client = plain(place)
    for path in ("/en/a/", "/en/a/1-one/", "/en/a/all/", "/embed/en/a/2-two/"):
        client.get(path)
    plain(place).get("/en/a/3-three/")

    assert len((place / "addresses" / "a.jsonl").read_text().splitlines()) == 1


def test_each_slide_is_recorded_in_each_language(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    (stories / "addresses").mkdir()
    client = client_of(stories)

    for path in ("/fr/essai/", "/en/essai/"):
        page(client, path)

    text = (stories / "addresses" / "essai.jsonl").read_text()
    assert re.findall(r'"(\d-[^"]+)"', text) == [
        *("1-un", "2-deux", "3-trois"),
        *("1-one", "2-two", "3-trois"),
    ]


def links_of(client: FlaskClient, path: str) -> Iterator[str]:
    """Yield the addresses of slides on a page."""
    for address in re.findall(r'(?:href|action)="([^"#?]+)', client.get(path).text):
        if re.search(r"/\d", address):
            yield urlsplit(address).path


def test_every_link_is_canonical(stories: Path) -> None:
    """No link of ours leads on first."""
    client = plain(write(stories, {"autre.fr.txt": ARTICLE}))
    pages = ["/fr/essai/", "/en/essai/all/", "/fr/essai/3-trois/", "/embed/en/essai/2-two/"]
    pages += ["/fr+en/essai/2-deux/", "/fr/essai/embed/?slide=2-deux"]

    found = {address for path in pages for address in links_of(client, path)}

    assert len(found) > 10
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(
        found, 200
    )
