"""Every kind of page, loaded and gone through: no complaint of the browser (check D2)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.places import STORY

pytestmark = pytest.mark.worker

# Breaches of a policy are errors in the console, but not all of them in every browser.
WATCH = """
window.breaches = [];
addEventListener("securitypolicyviolation", (event) => breaches.push(event.violatedDirective));
"""
KINDS = [
    "",
    "{}/",
    "{}/3/",
    "{}/all/",
    "{}/embed/?slide=3",
    "make-a-slideshow/",
    "make-a-slideshow/1/",
]
PATHS = [
    *(f"/{language}/{kind.format(STORY)}" for language in ("fr", "en") for kind in KINDS),
    *(f"/{pair}/{STORY}/{end}" for pair in ("fr+en", "en+fr") for end in ("", "3/", "all/")),
    *(f"/embed/{language}/{STORY}/3/" for language in ("fr", "en")),
    "/embed/fr/make-a-slideshow/1/?theme=dark",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_browser_has_nothing_to_complain_of(page: Page, bundled: str, path: str) -> None:
    page.add_init_script(WATCH)
    page.goto(bundled + path, wait_until="networkidle")
    following = page.locator("a[rel=next][href]")
    if following.count():
        position = int(page.locator("#slide").get_attribute("data-position") or "")

        following.click()

        expect(page.locator("#slide")).to_have_attribute("data-position", str(position + 1))
        page.wait_for_load_state("networkidle")
    assert page.evaluate("breaches") == []


@pytest.mark.parametrize("path", ["/nothing/", f"/fr/{STORY}/99/", f"/embed/en/{STORY}/99/"])
def test_a_page_for_what_is_missing_says_only_that(
    page: Page, console: list[str], bundled: str, path: str
) -> None:
    page.goto(bundled + path, wait_until="networkidle")

    (message,) = console
    assert "404" in message
    console.clear()
