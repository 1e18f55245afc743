"""Writing with the page open, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Serve
from tests.web.conftest import ARTICLE, CATALOGUE, write


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
    assert page.url.endswith("/fr/essai/2/")

    write(tmp_path, {article: "Titre\n"})
    message = page.get_by_role("alert")
    expect(message).to_contain_text("essai.fr.txt:1: no slide (add a headline")
    expect(text).to_have_text("Nouvelle version.")

    write(tmp_path, {article: ARTICLE})
    expect(text).to_have_text("Deuxième.")
    expect(message).to_have_count(0)

    page.locator("#languages a[hreflang=en]").click()
    expect(page.locator("h1")).to_have_text("Two")
    write(tmp_path, {catalogue: CATALOGUE.replace('"Two"', '"The second"')})
    expect(page.locator("h1")).to_have_text("The second")
    assert page.url.endswith("/en/essai/2/")
