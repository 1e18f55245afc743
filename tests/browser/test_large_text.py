"""Readers who have set twice the usual size of text, on a phone (WCAG 1.4.4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS
from tests.browser.install import find_browser
from tests.browser.test_slides import TOTAL
from tests.support.places import STORY

TWICE = "--blink-settings=defaultFontSize=32"
OVERFLOW = "e => e.scrollWidth - e.clientWidth"


@pytest.fixture(scope="module")
def enlarging(browser: Browser) -> Iterator[Browser]:
    """A browser whose text is twice as large as usual."""
    launched = browser.browser_type.launch(executable_path=find_browser(), args=[*FLAGS, TWICE])
    yield launched
    launched.close()


@pytest.fixture(params=[(390, 844), (320, 640)], ids=str)
def large(enlarging: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of such a browser, on a phone."""
    width, height = request.param
    page = enlarging.new_page(viewport={"width": width, "height": height})
    yield page
    page.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_masthead_leaves_most_of_the_window_to_the_slide(
    large: Page, bundled: str, language: str
) -> None:
    large.goto(f"{bundled}/{language}/{STORY}/{TOTAL}/")
    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"

    masthead = large.locator(".masthead").bounding_box()

    assert masthead
    assert masthead["height"] < large.evaluate("innerHeight") * 0.4
    assert large.locator("html").evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_contents_need_no_sideways_scroll(large: Page, bundled: str, language: str) -> None:
    large.goto(f"{bundled}/{language}/{STORY}/{TOTAL}/")

    large.locator("#open-contents").click()
    expect(large.locator("#contents-panel li a")).to_have_count(TOTAL)

    assert large.locator("#contents-panel").evaluate(OVERFLOW) == 0
    assert large.locator("#contents-panel nav").evaluate(OVERFLOW) == 0
