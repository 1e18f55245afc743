"""Finding a story on a long shelf, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ContextOf
from tests.browser.test_accessibility import overflow, violations
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


@pytest.fixture(scope="module")
def shelf(module_path: Path, module_serve: Serve) -> str:
    """The address of a shelf of two pages."""
    files = {f"t-{number:02}.fr.txt": f"Été {number}\n\nH\n\nP.\n" for number in range(1, 61)}
    return f"{module_serve(write(module_path, files))}/fr/"


def test_what_is_typed_narrows_the_shelf_and_can_be_passed_on(page: Page, shelf: str) -> None:
    page.goto(shelf)
    page.evaluate("window.isSame = true")

    page.get_by_role("searchbox").press_sequentially("ETE 12")

    expect(page.locator(".stories a")).to_have_text(["Été 12"])
    expect(page.get_by_role("status")).to_have_text("1 diaporama trouvé.")
    expect(page.locator("h1")).to_have_text("Résultats pour «\u00a0ETE 12\u00a0»")
    expect(page).to_have_title("Résultats pour «\u00a0ETE 12\u00a0» – Slideshow")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.evaluate("window.isSame")
    page.reload()
    expect(page.locator(".stories a")).to_have_text(["Été 12"])


def test_an_emptied_field_shows_all_again(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}search?q=zzz")
    expect(page.get_by_role("status")).to_have_text("Aucun diaporama ne correspond.")

    page.get_by_role("searchbox").fill("")

    expect(page.locator(".stories a")).to_have_count(50)
    expect(page.get_by_role("status")).to_have_text("")


def test_a_search_that_fails_leaves_the_shelf_as_it_is(
    page: Page, shelf: str, console: list[str]
) -> None:
    page.goto(shelf)
    page.route("**/search?q=*", lambda route: route.fulfill(status=500, body="<p id=stories>"))

    with page.expect_response("**/search?q=*"):
        page.get_by_role("searchbox").fill("12")

    expect(page.locator(".stories a")).to_have_count(50)
    console.clear()


@pytest.mark.parametrize("path", ["page-2.html", "search?q=ete", "search?q=zzz"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_a_long_shelf(
    context_of: ContextOf, shelf: str, path: str, width: int
) -> None:
    """Axe finds nothing, in any theme, language or width (B1, B6)."""
    page = context_of(viewport={"width": width, "height": 640}).new_page()

    page.goto(shelf + path)

    assert violations(page) == []
    assert overflow(page) == 0
