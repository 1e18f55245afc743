"""The cards, as chats, feeds and searches get them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import fontpkg_amiri
import pytest
from flask.testing import FlaskClient
from PIL import Image

from slideshow.library.cards import drawing
from slideshow.library.cards.fonts import FONT
from slideshow.library.filecache import FileCache
from slideshow.web.services import install, services
from tests.pictures import photograph
from tests.web.conftest import ClientOf, page, write

SLIDE = "/fr/essai/1-un/card.png"
PAGES = [
    "/fr/",
    "/en/",
    "/fr/essai/",
    "/en/essai/",
    "/fr/essai/2-deux/",
    "/en/essai/3-trois/",
    "/fr/essai/all/",
]


def said(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the contents of a page's meta elements, by name or property."""
    found = page(client, path).xpath("//meta[@property or @name]")
    return {each.get("property") or each.get("name"): each.get("content") for each in found}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_its_card_and_it_is_as_said(client: FlaskClient, path: str) -> None:
    """Every page has its Open Graph tags, its picture with sizes and its alternates (A6)."""
    about = said(client, path)
    answer = client.get(about["og:image"].removeprefix("http://localhost"))

    assert about["og:image"].startswith("http://localhost/")
    image = Image.open(BytesIO(answer.data))
    image.load()
    assert about["og:image:type"] == answer.mimetype == "image/png"
    assert (about["og:image:width"], about["og:image:height"]) == ("1200", "630")
    assert image.size == (1200, 630)
    assert len(answer.data) <= 80_000
    assert about["og:image:alt"]
    assert about["twitter:card"] == "summary_large_image"


def test_a_slide_says_its_own_words_in_its_own_language(client: FlaskClient) -> None:
    french, english = said(client, "/fr/essai/1-un/"), said(client, "/en/essai/1-one/")

    assert french["og:image"] == "http://localhost/fr/essai/1-un/card.png"
    assert (french["og:image:alt"], english["og:image:alt"]) == ("Un – Un titre", "One – A title")
    assert client.get(SLIDE).data != client.get("/en/essai/1-one/card.png").data
    # What is not translated yet is the same, but for the title.
    assert (
        client.get("/fr/essai/3-trois/card.png").data
        != client.get("/fr/essai/2-deux/card.png").data
    )


def test_a_card_is_asked_for_again_only_when_it_changed(client: FlaskClient) -> None:
    answer = client.get(SLIDE)

    again = client.get(SLIDE, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (again.status_code, again.data) == (304, b"")


def test_a_card_is_drawn_once(
    stories: Path, client_of: ClientOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    before = client.get(SLIDE).data
    monkeypatch.setattr("slideshow.web.views.cards.draw", lambda *_: pytest.fail("drawn again"))

    assert client.get(SLIDE).data == before
    # Another process finds it too.
    other = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    assert other.get(SLIDE).data == before


@pytest.mark.parametrize(
    "path",
    ["/fr/essai/4/card.png", "/fr/essai/0/card.png", "/fr/essai/01/card.png", "/fr/autre/card.png",
     "/de/card.png", "/fr/essai/all/card.png", "/fr/essai/1-un/card.jpg"],
)  # fmt: skip
def test_what_is_no_slide_has_no_card(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_card_has_one_address(client: FlaskClient) -> None:
    answer = client.get("/FR/essai/1/card.png")

    assert (answer.status_code, answer.headers["Location"]) == (308, SLIDE)


def test_a_slide_with_a_picture_has_it_on_its_card(tmp_path: Path, client_of: ClientOf) -> None:
    article = "# T\n\n## A\n\n![x](a.jpg)\n\nText.\n\n## B\n\n![x](half.jpg)\n\nText.\n"
    whole = photograph(1600, 1200)
    files: dict[str, str | bytes] = {
        "t.fr.md": article,
        "a.jpg": whole,
        "half.jpg": whole[: len(whole) * 2 // 3],
    }
    client = client_of(write(tmp_path / "stories", files))

    images = [
        Image.open(BytesIO(client.get(f"/fr/t/{place}/card.png").data)).convert("RGB")
        for place in (1, 2)
    ]

    # Red on the left is lighter than blue on the right; a picture that is broken is left out.
    lights = [[image.convert("L").getpixel((x, 120)) for x in (20, 1180)] for image in images]
    assert lights[0][0] != lights[0][1]
    assert lights[1][0] == lights[1][1]


def test_the_operators_font_draws_what_ours_lacks(tmp_path: Path, client_of: ClientOf) -> None:
    text = "قطار الليل\n\nالمحطة الأولى\n\nنص.\n\nالمحطة الثانية\n\nنص.\n"
    place = write(tmp_path / "stories", {"train.ar.txt": text})
    font = Path(fontpkg_amiri.__file__).parent / "files" / "Amiri-Bold.ttf"
    without, with_font = client_of(place), client_of(place, card_font=(str(FONT), str(font)))

    lacking = [without.get(f"/ar/train/{each}/card.png").data for each in (1, 2)]
    drawn = [with_font.get(f"/ar/train/{each}/card.png").data for each in (1, 2)]

    assert without.get("/ar/train/1/").status_code == 200
    assert all(len(few) < len(many) for few, many in zip(lacking, drawn, strict=True))


def test_the_size_on_the_page_is_that_of_the_card() -> None:
    assert (drawing.WIDTH, drawing.HEIGHT) == (1200, 630)


def test_who_asks_for_more_cards_than_can_be_drawn_at_once_may_ask_again(
    client: FlaskClient, tmp_path: Path
) -> None:
    busy = FileCache(tmp_path / "cards", 1_000_000, waiting=0)
    install(client.application, replace(services(client.application), filecache=busy))

    answer = client.get(SLIDE)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert client.get("/fr/essai/1-un/").status_code == 200
