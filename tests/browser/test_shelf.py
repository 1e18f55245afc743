"""Finding a story on a long shelf, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextOf
from tests.conftest import Serve
from tests.web.conftest import write


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_pages_and_finds_a_story(
    tmp_path: Path, serve: Serve, context_of: ContextOf, has_script: bool
) -> None:
    files = {f"t-{number:02}.fr.txt": f"Été {number}\n\nH\n\nP.\n" for number in range(1, 61)}
    base = serve(write(tmp_path, files))
    page = context_of(java_script_enabled=has_script).new_page()
    page.goto(f"{base}/fr/")

    page.locator("nav.pages a[rel=next]").click()
    expect(page.locator(".stories a")).to_have_count(10)
    page.get_by_role("searchbox").fill("ete 42")
    page.keyboard.press("Enter")
    page.locator(".stories a").click()

    expect(page.locator("h1")).to_have_text("Été 42")
