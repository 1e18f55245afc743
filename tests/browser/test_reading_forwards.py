"""Who listens, or goes by Tab, meets a slide in the order in which it is read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_slides import TOTAL, at
from tests.conftest import Serve
from tests.support.places import STORY


@pytest.mark.parametrize("language", ["fr", "en+fr"])
def test_the_text_follows_the_steps_and_is_seen_above_them(
    page: Page, bundled: str, language: str
) -> None:
    page.goto(f"{bundled}/{language}/{STORY}/6/")

    page.locator("#next").press("Enter")
    at(page, 7)

    tree = page.locator("#slide").aria_snapshot()
    assert re.findall(r"^  - (navigation|article)\b", tree, re.MULTILINE) == [
        "navigation",
        "article",
    ]
    boxes = (page.locator(each).bounding_box() for each in ("#slide-text h1", ".steps"))
    headline, steps = boxes
    assert headline
    assert steps
    assert headline["y"] < steps["y"]


def test_tab_leads_from_next_into_the_text(page: Page, serve: Serve, tmp_path: Path) -> None:
    """Tab follows the page, and focus stays on the control that was used (B2)."""
    text = "A [note](https://example.org/a).\n\n"
    (tmp_path / "tale.en.md").write_text("# T\n\n" + f"## H\n\n{text}" * 3)
    page.goto(f"{serve(tmp_path)}/en/tale/1/")
    page.locator("#next").press("Enter")
    at(page, 2)
    expect(page.locator("#next")).to_be_focused()

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="note")).to_be_focused()


def test_from_the_contents_one_comes_to_the_text(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/6/")
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)

    page.locator("#contents-panel li a").nth(2).click()
    at(page, 3)

    expect(page.locator("#slide-text")).to_be_focused()
