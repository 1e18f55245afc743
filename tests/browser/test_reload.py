"""Writing with the page open, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Serve
from tests.pictures import saved, two_colours
from tests.web.conftest import ARTICLE, CATALOGUE, write

pytestmark = pytest.mark.worker


def test_what_is_saved_shows_at_once_and_a_mistake_until_it_is_mended(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    article = "essai.fr.txt"
    catalogue = "translations/en/LC_MESSAGES/essai.po"
    write(tmp_path, {article: ARTICLE, catalogue: CATALOGUE})
    page.goto(f"{serve(tmp_path, '--reload')}/fr/essai/1/")
    page.get_by_role("link", name="Suivant").click()
    text = page.locator("#slide article p").first
    expect(text).to_have_text("Deuxième.")

    write(tmp_path, {article: ARTICLE.replace("Deuxième", "Nouvelle version")})
    expect(text).to_have_text("Nouvelle version.")
    assert page.url.endswith("/fr/essai/2-deux/")

    write(tmp_path, {article: "Titre\n"})
    message = page.get_by_role("alert")
    expect(message).to_contain_text("essai.fr.txt:1: no slides found (write the text")
    expect(text).to_have_text("Nouvelle version.")

    write(tmp_path, {article: ARTICLE})
    expect(text).to_have_text("Deuxième.")
    expect(message).to_have_count(0)

    page.locator("#languages a[hreflang=en]").click()
    expect(page.locator("h1")).to_have_text("Two")
    write(tmp_path, {catalogue: CATALOGUE.replace('"Two"', '"The second"')})
    expect(page.locator("h1")).to_have_text("The second")
    assert page.url.endswith("/en/essai/2-the-second/")


def test_a_picture_and_a_mistake_in_a_catalogue_show_at_once_too(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    text = "# Lampe\n\n## Un\n\n![Une lampe](lampe.png)\n\nTexte.\n"
    catalogue = "translations/en/LC_MESSAGES/lampe.po"
    wide, high = (saved(two_colours(*size), "PNG") for size in ((40, 30), (30, 40)))
    translated = CATALOGUE.replace("Un titre", "Lampe")
    write(tmp_path, {"lampe.fr.md": text, "lampe.png": wide, catalogue: translated})
    page.goto(f"{serve(tmp_path, '--reload')}/en/lampe/1/")
    picture, message = page.locator("article img"), page.get_by_role("alert")
    expect(picture).to_have_attribute("width", "40")

    write(tmp_path, {"lampe.png": high})
    expect(picture).to_have_attribute("width", "30")

    write(tmp_path, {"lampe.png": b"no picture"})
    expect(message).to_contain_text("lampe.fr.md:5: picture 'lampe.png': not a picture")

    write(tmp_path, {"lampe.png": wide, catalogue: f'{translated}\nmsgid "Deux\n'})
    expect(message).to_contain_text("lampe.po:17: not a PO file")
    expect(page.locator("h1")).to_have_text("One")

    write(tmp_path, {catalogue: translated})
    expect(message).to_have_count(0)
    expect(picture).to_have_attribute("width", "40")
