"""Figures on the pages: rows, captions, drawings, and files under any name."""

from __future__ import annotations

import os
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from slideshow.commands.export import Site
from slideshow.library.pictures import renditions
from slideshow.library.stories import Library
from slideshow.settings import Settings
from tests.pictures import photograph, saved, two_colours
from tests.web.conftest import ClientOf, page, write

HEIC = (Path(__file__).parent.parent / "data" / "lamp.heic").read_bytes()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h9v9z"/></svg>'
ARTICLE = """# Voyage

## Un

![Une tour](tour.png "Dessin : Bea")
La tour *haute*.

Texte.

## Deux

Appuyez sur ![la roue](roue.png).

![Avant](avant.jpg)
![Après](apres.jpg)
Les deux rives.

Suite.

- ![Un plan](plan.svg)

## Trois {.bleed}

![La mer](avant.jpg "Photo : Ada")

Sur la mer.
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "La tour *haute*."
msgstr "The *high* tower."

msgid "Les deux rives."
msgstr "Both banks."
"""


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    return write(
        tmp_path / "stories",
        {
            "voyage.fr.md": ARTICLE,
            "translations/en/LC_MESSAGES/voyage.po": CATALOGUE,
            "tour.png": saved(two_colours(300, 400), "PNG"),
            "roue.png": saved(two_colours(24, 24), "PNG"),
            "avant.jpg": photograph(1500, 1000),
            "apres.jpg": photograph(1000, 1500),
            "plan.svg": SVG.encode(),
        },
    )


def test_the_order_is_picture_caption_credit(client: FlaskClient) -> None:
    (figure,) = page(client, "/fr/voyage/1/").xpath("//article//figure")

    assert figure.xpath("name(*[1])") == "picture"
    parts = figure.xpath("figcaption/*")
    assert [each.text_content().strip() for each in parts] == ["La tour haute.", "Dessin : Bea"]
    assert [each.tag for each in parts] == ["div", "div"]  # WebKitGTK says no span that is a block
    assert (figure.get("role"), figure.get("aria-label")) == ("figure", "La tour haute.")


def test_a_caption_is_translated_and_its_figure_named_by_it(client: FlaskClient) -> None:
    (figure,) = page(client, "/en/voyage/1/").xpath("//article//figure")

    assert figure.get("aria-label") == "The high tower."
    assert figure.xpath("string(.//em)") == "high"
    assert figure.xpath(".//*[@class='credit']/@lang") == ["fr"]


def test_pictures_of_a_row_are_in_one_figure_with_their_caption(client: FlaskClient) -> None:
    (row,) = page(client, "/fr/voyage/2/").xpath("//article//figure[.//figure]")

    assert row.xpath(".//figure//img/@alt") == ["Avant", "Après"]
    assert row.xpath("string(figcaption)").strip() == "Les deux rives."
    classes = [each.get("class") for each in row.xpath(".//figure")]
    assert ["ratio-150" in classes[0], "ratio-67" in classes[1]] == [True, True]


@pytest.mark.parametrize(
    ("credits", "shown"),
    [
        (("Ada", "Ada"), ["Both. Ada"]),
        (("Ada", "Bea"), ["Ada", "Bea", "Both."]),
        (("", "Bea"), ["Bea", "Both."]),
    ],
)
def test_a_credit_that_all_pictures_of_a_row_have_follows_their_caption(
    tmp_path: Path, client_of: ClientOf, credits: tuple[str, str], shown: list[str]
) -> None:
    pictures = " ".join(f'![A](a.png "{credit}")' for credit in credits)
    files = {"a.en.md": f"# A\n\n## B\n\n{pictures}\nBoth.\n"}
    write(tmp_path, {**files, "a.png": saved(two_colours(300, 400), "PNG")})

    words = page(client_of(tmp_path), "/en/a/1/").xpath("//article//figcaption")

    assert [" ".join(each.text_content().split()) for each in words] == shown


def test_pictures_in_a_sentence_and_in_a_list_are_shown_there(client: FlaskClient) -> None:
    found = page(client, "/fr/voyage/2/")

    assert found.xpath("//p/span[contains(@class, 'icon')]//img/@alt") == ["la roue"]
    (sign,) = found.xpath("//p/span[contains(@class, 'icon')]//img")
    assert sign.tail is None  # no space between the sign and the full stop
    assert found.xpath("//li//img/@alt") == ["Un plan"]


def test_the_text_over_a_picture_across_the_screen_precedes_it(client: FlaskClient) -> None:
    (article,) = page(client, "/fr/voyage/3/").xpath("//article[contains(@class, 'bleeding')]")

    assert article.xpath("div[@class='panel']//h1")
    assert article.xpath("div[@class='panel']/following-sibling::figure//img/@alt") == ["La mer"]


@pytest.mark.parametrize("path", ["/fr+en/voyage/2/", "/fr+en/voyage/all/", "/en+fr/voyage/1/"])
def test_side_by_side_each_figure_is_shown_once(client: FlaskClient, path: str) -> None:
    alts = page(client, path).xpath("//main//figure//img/@alt")

    assert alts
    assert sorted(alts) == sorted(set(alts))


def test_side_by_side_a_caption_is_in_both_languages(client: FlaskClient) -> None:
    found = page(client, "/fr+en/voyage/1/")

    (caption,) = found.xpath("//figcaption/div[@class='caption']")
    assert " ".join(caption.text_content().split()) == "La tour haute. The high tower."
    assert caption.xpath(".//div[@class='twin']//*[@lang]/@lang") == ["en"]


@pytest.mark.parametrize("path", ["/fr/voyage/1/", "/fr/voyage/2/", "/fr/voyage/all/"])
def test_every_file_of_every_figure_is_answered(client: FlaskClient, path: str) -> None:
    addresses = page(client, path).xpath("//img/@src")

    assert addresses
    assert {client.get(each).status_code for each in addresses} == {200}


def test_a_drawing_is_an_image_that_can_do_nothing(client: FlaskClient) -> None:
    (address,) = page(client, "/fr/voyage/2/").xpath("//li//img/@src")

    answer = client.get(address)

    assert answer.mimetype == "image/svg+xml"
    assert answer.text == SVG
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'"} <= {*policy}
    assert not [each for each in policy if each.startswith("script-src")]
    assert (
        "M0 0h9v9z"
        not in client.get("/fr/voyage/2/").text.split("<article", 1)[1].split("steps")[0]
    )


def test_an_export_has_the_files_of_every_figure(stories: Path) -> None:
    site = Site(Settings(stories=str(stories)))

    pictures = [each.rpartition("/")[2] for each in site.addresses if "/pictures/" in each]
    names = {name.partition(".")[0] for name in pictures}

    assert names == {"tour", "roue", "avant", "apres", "plan"}


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("l'été.jpg", "l'été.jpg"),
        (unicodedata.normalize("NFD", "l'été.jpg"), unicodedata.normalize("NFC", "l'été.jpg")),
        (unicodedata.normalize("NFC", "l'été.jpg"), unicodedata.normalize("NFD", "l'été.jpg")),
        ("Photos/Lampe.JPG", "photos/lampe.jpg"),
        ("my lamp (1).jpg", "my lamp (1).jpg"),
        ('my lamp (1).jpg "Photo: Ada"', "my lamp (1).jpg"),
        ("Ada's lamp.jpg", "Ada's lamp.jpg"),
        ("my lamp.jpg", "my\u00a0lamp.jpg"),
        ("my%20lamp.jpg", "my lamp.jpg"),
    ],
)
def test_a_picture_is_found_in_any_spelling_of_its_name(
    tmp_path: Path, client_of: ClientOf, written: str, file: str
) -> None:
    write(tmp_path, {"a.en.md": f"# A\n\n## One\n\n![Lamp]({written})\n", file: photograph()})
    client = client_of(tmp_path)

    (image,) = page(client, "/en/a/1/").xpath("//article//img")

    assert client.get(image.get("src")).status_code == 200


def test_a_picture_that_appears_under_another_spelling_is_shown(
    tmp_path: Path, client_of: ClientOf
) -> None:
    write(tmp_path, {"a.en.md": "# A\n\n## One\n\n![Lamp](lamp.jpg)\n"})
    client = client_of(tmp_path)
    assert not page(client, "/en/a/1/").xpath("//article//img")

    write(tmp_path, {"Lamp.JPG": photograph()})
    os.utime(tmp_path, (1, 1))  # not this very moment

    assert page(client, "/en/a/1/").xpath("//article//img")


@pytest.mark.parametrize("format", ["TIFF", "BMP", "HEIF"])
def test_pictures_of_cameras_and_scanners_are_shown(
    tmp_path: Path, client_of: ClientOf, format: str
) -> None:
    data = HEIC if format == "HEIF" else saved(two_colours(64, 48), format)
    write(tmp_path, {"a.en.md": "# A\n\n## One\n\n![Lamp](lamp.x)\n", "lamp.x": data})
    client = client_of(tmp_path)

    (image,) = page(client, "/en/a/1/").xpath("//article//img")

    shown = Image.open(BytesIO(client.get(image.get("src")).data))
    assert shown.size == (64, 48)


def test_without_their_package_pictures_of_cameras_are_named_with_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renditions, "READ", ["JPEG", "PNG"])
    write(tmp_path, {"a.en.md": "# A\n\n## One\n\n![Lamp](lamp.heic)\n", "lamp.heic": HEIC})

    (problem,) = Library(tmp_path).problems()

    assert "HEIC" in problem.message
    assert "[media]" in problem.fix


def test_a_text_shows_the_picture_that_a_line_names(tmp_path: Path, client_of: ClientOf) -> None:
    text = "A\n\nOne\n\nText of the slide.\n\nLamp.jpg\nThe lamp at noon.\nPhoto: Ada\n"
    write(tmp_path, {"a.en.txt": text, "lamp.jpg": photograph()})

    (figure,) = page(client_of(tmp_path), "/en/a/1/").xpath("//article//figure")

    assert figure.xpath(".//img/@alt") == ["The lamp at noon."]
    assert [each.text_content().strip() for each in figure.xpath("figcaption/*")] == [
        "The lamp at noon.",
        "Photo: Ada",
    ]


def test_a_picture_may_have_a_version_for_a_language(stories: Path, client_of: ClientOf) -> None:
    write(stories, {"tour.en.png": saved(two_colours(200, 100), "PNG")})
    client = client_of(stories)

    french, english = (
        page(client, f"/{language}/voyage/1/").xpath("//article//img")[0]
        for language in ("fr", "en")
    )

    assert (french.get("width"), english.get("width")) == ("300", "200")
    assert client.get(english.get("src")).status_code == 200
    names = [each for each in Site(Settings(stories=str(stories))).addresses if "tour-en" in each]
    assert names
