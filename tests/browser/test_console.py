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
PATHS = {
    "French": [f"/fr/{kind.format(STORY)}" for kind in KINDS],
    "English": [f"/en/{kind.format(STORY)}" for kind in KINDS],
    "pairs": [
        f"/{pair}/{STORY}/{end}" for pair in ("fr+en", "en+fr") for end in ("", "3/", "all/")
    ],
    "frames": [
        f"/embed/fr/{STORY}/3/",
        f"/embed/en/{STORY}/3/",
        "/embed/fr/make-a-slideshow/1/?theme=dark",
    ],
}


@pytest.mark.parametrize("paths", PATHS.values(), ids=PATHS)
def test_the_browser_has_nothing_to_complain_of(
    page: Page, console: list[str], bundled: str, paths: list[str]
) -> None:
    page.add_init_script(WATCH)

    for path in paths:
        page.goto(bundled + path, wait_until="networkidle")
        following = page.locator("a[rel=next][href]")
        if following.count():
            position = int(page.locator("#slide").get_attribute("data-position") or "")
            following.click()
            slide = page.locator("#slide")
            expect(slide, path).to_have_attribute("data-position", str(position + 1))
            page.wait_for_load_state("networkidle")
        assert (page.evaluate("breaches"), console) == ([], []), path


def test_a_page_for_what_is_missing_says_only_that(
    page: Page, console: list[str], bundled: str
) -> None:
    for path in ("/nothing/", f"/fr/{STORY}/99/", f"/embed/en/{STORY}/99/"):
        page.goto(bundled + path, wait_until="networkidle")
        (message,) = console
        assert "404" in message, path
        console.clear()
