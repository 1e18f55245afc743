"""A legal notice is two clicks away, whatever page or frame one is on, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from slideshow.commands.pages import write as write_templates
from tests.browser.host import Host
from tests.browser.test_accessibility import ContextOf, overflow, violations
from tests.conftest import Serve
from tests.web.conftest import ARTICLE, CATALOGUE, write

NOTICE = {"en": "Legal notice", "fr": "Mentions légales"}
FILES = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}


@pytest.fixture(scope="module")
def site(module_path: Path, module_serve: Serve) -> str:
    """The address of a site with a story and three pages in two languages."""
    stories = write(module_path / "stories", FILES)
    assert list(write_templates(stories, ["en", "fr"]))
    return module_serve(stories)


@pytest.mark.parametrize("language", NOTICE)
def test_the_notice_is_two_clicks_from_every_page(page: Page, site: str, language: str) -> None:
    for path in ("", "essai/", "essai/1/", "essai/3/", "essai/all/"):
        page.goto(f"{site}/{language}/{path}")
        link = page.get_by_role("link", name=NOTICE[language])

        if not link.is_visible():
            page.locator("#more").click()
        link.click()

        expect(page.get_by_role("heading", level=1), path).to_have_text(NOTICE[language])
        expect(page.locator("html"), path).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", NOTICE)
@pytest.mark.parametrize(
    "sandbox", ["", 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"']
)
def test_the_notice_is_two_clicks_from_a_frame(
    page: Page, site: str, host: Host, language: str, sandbox: str
) -> None:
    address = f"{site}/embed/{language}/essai/2/"
    page.goto(host.show(f'<iframe src="{address}" height="400" {sandbox}></iframe>'))
    frame = page.frame_locator("iframe")

    frame.locator(".about").click()
    with page.expect_popup() as opened:
        frame.get_by_role("link", name=NOTICE[language]).click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text(NOTICE[language])


def test_the_menu_follows_the_language_of_a_slide(page: Page, site: str) -> None:
    page.goto(f"{site}/fr/essai/2/")

    page.locator("#languages a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#more").click()

    expect(page.get_by_role("link", name=NOTICE["en"])).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_with_a_foot(
    context_of: ContextOf, site: str, scheme: str
) -> None:
    page = context_of(color_scheme=scheme).new_page()

    for path in ("/fr/accessibility.html", "/fr/", "/fr/essai/", "/embed/fr/essai/1/"):
        page.goto(site + path)
        if "embed" in path:
            page.locator(".about").click()
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert (violations(page), overflow(page)) == ([], 0), (path, width)
