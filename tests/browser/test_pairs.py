"""Two languages side by side, as a reader sees and moves through them (checks B1, B4, B6)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import overflow, violations
from tests.browser.test_slides import at
from tests.support.places import STORY, place

ContextOf = Callable[..., BrowserContext]

ROWS = """() => [...document.querySelectorAll(".row")].map((row) =>
  [...row.children].map((cell) => {
    const { left, top, bottom } = cell.firstElementChild.getBoundingClientRect();
    return { left, top, bottom };
  }))"""


def test_the_language_menu_opens_the_pair_and_steps_and_keys_keep_it(
    page: Page, bundled: str
) -> None:
    page.goto(f"{bundled}/fr/{STORY}/4/")
    page.get_by_role("link", name="Français + anglais").click()
    page.wait_for_url(f"**/fr+en/{STORY}/4-*/")
    page.evaluate("window.isSamePage = true")

    page.locator("a[rel=next]").click()
    at(page, 5)
    page.keyboard.press("ArrowRight")
    at(page, 6)
    page.keyboard.press("End")
    at(page, 17)

    assert page.url.endswith(f"/fr+en/{STORY}/{place('fr', 17)}/")
    assert page.evaluate("window.isSamePage")
    page.get_by_role("link", name="Français", exact=True).click()
    page.wait_for_url(f"**/fr/{STORY}/17-*/")


def test_the_contents_keep_the_pair_and_find_words_of_both(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr+en/{STORY}/2/")
    page.locator("#open-contents").click()
    page.locator("#contents-panel li a").first.wait_for()
    page.get_by_role("searchbox").fill("shortages")

    page.get_by_role("searchbox").press("Enter")

    at(page, 8)
    page.wait_for_url(f"**/fr+en/{STORY}/8-*/")


def test_without_javascript_the_pair_is_read_by_its_links(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{bundled}/en+fr/{STORY}/")

    page.get_by_role("link", name="Start reading").click()
    page.locator("a[rel=next]").click()

    page.wait_for_url(f"**/en+fr/{STORY}/2-*/")
    expect(page.locator(".twin [lang=fr]").first).to_be_visible()


@pytest.mark.parametrize("kind", ["8/", "", "all/"])
def test_what_belongs_together_stands_side_by_side_where_there_is_room(
    page: Page, bundled: str, kind: str
) -> None:
    page.goto(f"{bundled}/fr+en/{STORY}/{kind}")

    wide = page.evaluate(ROWS)
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = page.evaluate(ROWS)

    assert wide
    for first, second in wide:
        assert abs(first["top"] - second["top"]) < 1
        assert first["left"] < second["left"]
    for first, second in narrow:
        assert first["bottom"] <= second["top"]


@pytest.mark.parametrize("pair", ["fr+en", "en+fr"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_pair_is_for_everyone(
    context_of: ContextOf, bundled: str, pair: str, width: int, scheme: str
) -> None:
    """Axe finds nothing, in any theme, language or width (B1, B6)."""
    context = context_of(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page = context.new_page()

    for kind in ("8/", "", "all/"):
        page.goto(f"{bundled}/{pair}/{STORY}/{kind}")
        assert violations(page) == []
        assert overflow(page) == 0


def test_from_right_to_left_the_first_language_stands_on_the_right(
    page: Page, serve: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "sipur.he.txt").write_text("סיפור\n\nכותרת\n\nפסקה.\n")
    catalogue = tmp_path / "translations/en/LC_MESSAGES/sipur.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "כותרת"\nmsgstr "Headline"\n')
    page.goto(f"{serve(tmp_path)}/he+en/sipur/1/")

    [first, second] = page.evaluate(ROWS)[0]

    assert first["left"] > second["left"]
    expect(page.locator(".twin [lang=en]")).to_have_text("Headline")
