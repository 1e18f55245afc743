"""A search that leads to the slide with its words, marked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextOf
from tests.conftest import Serve
from tests.web.conftest import write

STORY = "# Town {0}\n\n## The river\n\nA boat, {0} boats.\n\n## B\n\nC.\n"
FILES = {f"t-{number:02}.en.md": STORY.format(number) for number in range(20)}


@pytest.mark.parametrize("has_script", [True, False])
def test_a_result_opens_its_slide_with_the_words_marked_until_the_next_step(
    tmp_path: Path, serve: Serve, context_of: ContextOf, has_script: bool
) -> None:
    base = serve(write(tmp_path, FILES))
    page = context_of(java_script_enabled=has_script).new_page()
    page.goto(f"{base}/en/")

    page.get_by_role("searchbox").fill('"7 boats"')
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["7 boats"])
    page.locator(".slides a").click()
    expect(page.locator("h1")).to_have_text("The river")
    page.wait_for_load_state("networkidle")
    text = page.get_by_text("A boat, 7 boats.")
    marked = text.screenshot()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text("B")
    address = page.url
    page.goto(f"{base}/en/t-07/1-the-river/")
    page.wait_for_load_state("networkidle")

    assert address == f"{base}/en/t-07/2-b/"
    assert marked != text.screenshot()
