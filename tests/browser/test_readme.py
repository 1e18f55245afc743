"""What the manual says to embed a slideshow, word for word, in pages of another site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.host import Host, slide_in
from tests.conftest import Serve
from tests.readme import MANUAL, blocks, fenced

SCRIPT, IFRAME, ANALYTICS, BUTTON = fenced(MANUAL["embed"], "html")


@pytest.fixture(scope="module")
def site(module_serve: Serve, module_path: Path) -> str:
    """Return the address of a server of the manual's own article."""
    (article,) = (each for each in blocks("Plain text", story="write") if "Platform nine" in each)
    path = module_path / "night-train.en.txt"
    path.write_text(article)
    return module_serve(path)


def shown(page: Page, position: int) -> FrameLocator:
    frame = page.frame_locator("iframe")
    slide_in(frame, position)
    return frame


def at(site: str, example: str) -> str:
    assert "https://slides.example" in example
    return example.replace("https://slides.example", site)


@pytest.mark.parametrize("example", [SCRIPT, IFRAME], ids=["script", "iframe"])
def test_what_is_pasted_shows_the_slide(page: Page, site: str, host: Host, example: str) -> None:
    page.goto(host.show(at(site, example)))

    expect(shown(page, 1).locator("h1")).to_have_text("A ticket for one")
    expect(page.locator("iframe")).to_have_attribute("title", "The night train")


def test_analytics_hear_of_each_slide(page: Page, site: str, host: Host) -> None:
    page.route("**/analytics", lambda route: route.fulfill())
    page.goto(host.show(at(site, SCRIPT) + ANALYTICS))

    with page.expect_request("**/analytics") as sent:
        shown(page, 1).get_by_role("link", name="Next").click()

    told = json.loads(sent.value.post_data or "")
    assert told == {"story": "night-train", "position": 2, "total": 2, "lang": "en"}


def test_a_button_of_the_host_page_goes_on_and_the_frame_is_as_high_as_its_text(
    page: Page, site: str, host: Host
) -> None:
    page.goto(host.show(at(site, BUTTON)))
    shown(page, 1)
    page.wait_for_function("() => document.getElementById('slides').height !== '480'")

    page.get_by_role("button", name="Go on").click()

    expect(shown(page, 2).locator("h1")).to_have_text("Platform nine")
    inside = page.frames[1]
    inside.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
