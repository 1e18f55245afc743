"""The contents of a very long story over a slide."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ContextOf
from tests.browser.test_accessibility import overflow, violations
from tests.conftest import Serve
from tests.web.test_long_story import TOTAL, long_story


@pytest.fixture(scope="module")
def story(module_path: Path, module_serve: Serve) -> str:
    """The address of a story whose contents have three pages."""
    return f"{module_serve(long_story(module_path))}/fr/long/"


def test_the_contents_fill_up_and_know_the_slide(page: Page, story: str) -> None:
    page.goto(f"{story}{TOTAL - 3}/")
    title = page.title()

    page.locator("#open-contents").click()

    links = page.locator("#contents-panel .contents a")
    expect(links).to_have_count(TOTAL)
    expect(page.locator("#contents-panel .contents [aria-current]")).to_have_text(
        f"Vue {TOTAL - 3}"
    )
    expect(page.locator("#contents-panel .contents [aria-current]")).to_be_in_viewport()
    expect(page.locator("#contents-panel .pages")).to_be_hidden()
    assert page.title() == title
    assert page.locator("link[rel=canonical]").get_attribute("href") == page.url


def test_any_headline_is_found_by_a_word(page: Page, story: str) -> None:
    page.goto(f"{story}1/")
    page.locator("#open-contents").click()

    page.get_by_role("searchbox").fill(str(TOTAL - 1))

    shown = page.locator("#contents-panel .contents a:visible")
    expect(shown).to_have_text([f"Vue {TOTAL - 1}"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{TOTAL - 1}-[^/]+/$"))


def test_without_scripts_the_contents_go_on_page_by_page(context_of: ContextOf, story: str) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{story}1/")

    page.locator("#open-contents").click()
    page.get_by_role("link", name="Suivant").click()
    page.get_by_role("link", name="Vue 777").click()

    assert page.url == f"{story}777-vue-777/"


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_a_page_of_the_contents(
    context_of: ContextOf, story: str, width: int
) -> None:
    """Axe finds nothing, in any theme, language or width (B1, B6)."""
    page = context_of(viewport={"width": width, "height": 640}).new_page()

    page.goto(f"{story}contents-3.html")

    assert violations(page) == []
    assert overflow(page) == 0
