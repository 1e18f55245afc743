"""Clicks with Ctrl, Cmd, Shift and the middle button open links beside the page (check B16)."""

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_slides import at
from tests.support.places import STORY

Modifier = Literal["Control", "Meta", "Shift"]


@pytest.mark.parametrize(
    "how", [{"modifiers": ["Control"]}, {"modifiers": ["Shift"]}, {"button": "middle"}], ids=str
)
@pytest.mark.parametrize("path", ["{}/{}/5/", "embed/{}/{}/5/"])
def test_next_opens_beside_the_slide_and_moves_nothing(
    page: Page, bundled: str, how: dict[str, Any], path: str
) -> None:
    """Modified clicks open links in a new tab and move nothing (B16)."""
    page.goto(f"{bundled}/{path.format('en', STORY)}", wait_until="networkidle")

    with page.context.expect_page() as opened:
        page.locator("#next").click(**how)

    expect(opened.value.locator("#slide")).to_have_attribute("data-position", "6")
    at(page, 5)
    page.keyboard.press("ArrowRight")
    at(page, 6)


@pytest.mark.parametrize("modifier", ["metaKey", "ctrlKey", "shiftKey"])
@pytest.mark.parametrize("path", ["{}/{}/5/", "embed/{}/{}/5/"])
def test_a_modified_click_is_left_to_the_browser(
    page: Page, bundled: str, modifier: str, path: str
) -> None:
    """Cmd opens a tab on a Mac alone: here the click must only not be taken (B16)."""
    page.goto(f"{bundled}/{path.format('en', STORY)}", wait_until="networkidle")

    taken = page.locator("#next").evaluate(
        """(link, modifier) => {
          const how = { bubbles: true, cancelable: true, [modifier]: true };
          const click = new MouseEvent("click", how);
          link.dispatchEvent(click);
          return [click.defaultPrevented, Boolean(document.querySelector(".htmx-request"))];
        }""",
        modifier,
    )

    assert taken == [False, False]


def test_a_headline_of_the_contents_opens_beside_the_slide(page: Page, bundled: str) -> None:
    """Modified clicks open links in a new tab and move nothing (B16)."""
    page.goto(f"{bundled}/en/{STORY}/5/")
    page.locator("#open-contents").click()

    with page.context.expect_page() as opened:
        page.locator("#contents-panel li a").nth(8).click(modifiers=["Control"])

    expect(opened.value.locator("#slide")).to_have_attribute("data-position", "9")
    at(page, 5)
    expect(page.locator("#contents-panel")).to_be_visible()
