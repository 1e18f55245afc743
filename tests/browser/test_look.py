"""What a reader sees: everything in its place, on phones, wide screens and in print."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import overflow, violations
from tests.browser.test_slides import TOTAL
from tests.support.places import STORY

ContextOf = Callable[..., BrowserContext]
Serve = Callable[..., str]

LONG = (
    "A village that nobody could have found on a map took the largest maker of cars to court, "
    "and after eleven years of waiting it won"
)
EXTREMES = f"""Extremes

{LONG}
One

{LONG}

A short text.

One

Another.
"""

CATALOGUE = 'msgid "Title"\nmsgstr "Title"\n'


@pytest.fixture
def extremes(serve: Serve, tmp_path: Path) -> str:
    """A story whose first headline is very long and whose second is one word."""
    (tmp_path / "extremes.en.txt").write_text(EXTREMES)
    return f"{serve(tmp_path)}/en/extremes"


def inner_start(page: Page, selector: str) -> float:
    """Return where the text of an element starts, in pixels from the left."""
    return float(page.locator(selector).first.evaluate("e => e.getBoundingClientRect().left"))


def test_the_masthead_stands_in_line_with_the_text(page: Page, bundled: str) -> None:
    for path in ("", f"{STORY}/", f"{STORY}/8/"):
        page.goto(f"{bundled}/en/{path}")
        for width in (320, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert inner_start(page, ".site") == inner_start(page, "h1"), (path, width)


def test_a_cover_shows_where_to_start(page: Page, bundled: str) -> None:
    for width, height in ((320, 640), (360, 640), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{bundled}/fr/{STORY}/")
        begin = page.get_by_role("link", name="Commencer")
        expect(begin, f"{width}x{height}").to_be_in_viewport(ratio=1)


def test_next_is_always_in_sight(page: Page, bundled: str) -> None:
    for width, height in ((320, 568), (640, 360), (667, 375), (1280, 720), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{bundled}/fr/{STORY}/8/")
        expect(page.locator("#next"), f"{width}x{height}").to_be_in_viewport(ratio=1)
        expect(page.locator("h1"), f"{width}x{height}").to_be_in_viewport(ratio=1)


def test_a_very_long_headline_leaves_room_for_the_text(page: Page, extremes: str) -> None:
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    for width, height in ((360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{extremes}/1/")
        long = page.locator("h1").evaluate(size)
        expect(page.get_by_text("A short text."), f"{width}").to_be_in_viewport(ratio=1)
        page.goto(f"{extremes}/2/")
        assert page.locator("h1").evaluate(size) > long, width


def test_the_languages_stand_in_one_order_on_every_page(page: Page, bundled: str) -> None:
    """WCAG 3.2.3: on the shelf and in a story, whatever its source language."""
    orders = []
    for path in ("fr/", f"fr/{STORY}/", f"en/{STORY}/3/", f"en/{STORY}/all/"):
        page.goto(f"{bundled}/{path}")
        orders.append(page.locator("#languages a[hreflang]").all_inner_texts())

    assert orders == [["English", "Français"]] * 4


def test_a_slide_does_without_the_styles_of_the_other_pages(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "plain.en.txt").write_text("Title\n\nHeadline\n\nText.\n")
    page.goto(f"{serve(tmp_path)}/en/plain/1/")

    assert page.locator("link[rel=stylesheet]").count() == 0
    assert page.locator("head style").count() == 1


def test_a_screen_across_the_room_shows_everything_large(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(viewport={"width": 3840, "height": 2160}).new_page()
    page.goto(f"{bundled}/en/{STORY}/8/")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"

    large = [page.locator(each).evaluate(size) for each in (".site", ".position", "article p")]
    page.set_viewport_size({"width": 1920, "height": 1080})

    assert min(large) >= 20
    assert page.locator(".position").evaluate(size) == 16


def test_the_menu_hangs_below_its_button(page: Page, bundled: str) -> None:
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(f"{bundled}/fr/{STORY}/8/")

        page.locator("#more").click()
        page.locator("#fullscreen").wait_for()

        button, menu = (page.locator(each).bounding_box() for each in ("#more", "#more-menu"))
        assert button
        assert menu
        assert menu["y"] >= button["y"] + button["height"] - 1, width
        assert menu["x"] >= 0, width
        assert abs(menu["x"] + menu["width"] - button["x"] - button["width"]) < 1, width


@pytest.fixture(scope="module")
def many_languages(module_serve: Serve, module_path: Path) -> str:
    """Serve a story in thirteen languages; give the address."""
    (module_path / "one.en.txt").write_text("Title\n\nOne\n\nText.\n\nTwo\n\nText.\n")
    for locale in ("de", "el", "es", "it", "nl", "pl", "pt_BR", "ru", "sv", "tr", "uk", "zh_Hans"):
        folder = module_path / "translations" / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "one.po").write_text(CATALOGUE)
    return module_serve(module_path)


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("en/one/1/", 320),
        ("en/one/1/", 768),
        ("en/one/1/", 1280),
        ("en/one/", 320),
        ("en+de/one/1/", 320),
        ("embed/en/one/1/", 320),
    ],
)
def test_many_languages_stand_in_a_menu(
    many_languages: str, page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{many_languages}/{path}")
    masthead = page.locator("header.masthead").bounding_box()
    assert masthead
    assert masthead["height"] <= 2 * 48
    assert overflow(page) == 0
    site = page.locator(".site, .frame .story")
    assert site.evaluate("e => e.scrollWidth <= e.clientWidth")

    language = page.get_by_role("navigation", name="Languages").get_by_role("link", name="Español")
    expect(language).to_be_hidden()
    page.locator("#languages button").click()
    expect(language).to_be_in_viewport(ratio=1)
    assert violations(page) == []
    language.click()

    # A frame changes in place, at its own address.
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#languages button")).to_have_text("Español")


def test_many_languages_need_no_script(many_languages: str, context_of: ContextOf) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{many_languages}/en/one/2/")

    page.locator("#languages button").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/de/one/2-"))


def test_in_a_low_window_the_menu_ends_with_it_and_scrolls(page: Page, bundled: str) -> None:
    for width, height in ((320, 256), (740, 240)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{bundled}/fr/{STORY}/8/")
        page.locator("#more").click()
        page.locator("#fullscreen").wait_for()

        page.locator("#fullscreen").focus()

        menu = page.locator("#more-menu").bounding_box()
        assert menu
        assert menu["y"] + menu["height"] <= height
        expect(page.locator("#fullscreen"), f"{height}").to_be_in_viewport(ratio=1)
        expect(page.locator("#more"), f"{height}").to_be_in_viewport(ratio=1)


def test_nothing_moves_when_the_slides_begin_to_play(page: Page, bundled: str) -> None:
    for width in (320, 390, 560):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(f"{bundled}/fr/{STORY}/8/")
        before = page.locator("h1").bounding_box()

        page.locator("#play").click()

        expect(page.locator("#play .left"), f"{width}").not_to_be_empty()
        assert page.locator("h1").bounding_box() == before, width


WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def test_a_title_of_one_very_long_word_widens_no_list_of_stories(
    serve: Serve, tmp_path: Path, page: Page
) -> None:
    (tmp_path / "long.en.txt").write_text(f"{WORD * 2}\n\nH\n\nP.\n")
    (tmp_path / "short.en.txt").write_text("Short\n\nH\n\nP.\n")
    address = serve(tmp_path)

    for path in ("/en/", "/en/short/1/"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address + path)
            expect(page.get_by_text(WORD)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == width, path


def test_the_date_of_a_story_stays_with_its_text_beside_a_tall_picture(
    page: Page, bundled: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(f"{bundled}/en/")
    summary, date = page.locator("li:has(> .thumbnail)").first.locator("> p").all()
    above, below = summary.bounding_box(), date.bounding_box()

    assert above
    assert below
    assert below["y"] - above["y"] - above["height"] < above["height"]


# How long the lines of a button are, and how far from its edge.
LINES = """e => {
  const words = document.createRange();
  words.selectNodeContents(e);
  const { top, bottom } = words.getBoundingClientRect();
  const button = e.getBoundingClientRect();
  return [
    [...words.getClientRects()].map(({ width }) => width),
    Math.min(top - button.top, button.bottom - bottom),
  ];
}"""


def test_what_the_end_offers_is_broken_into_even_lines(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/{TOTAL}/")

    for width in (320, 768, 1920):
        page.set_viewport_size({"width": width, "height": 1080})
        lines, room = page.locator(".end .button", has_text="one page").evaluate(LINES)
        assert min(lines) > max(lines) / 3, width
        assert room >= 3, width


def test_on_paper_a_list_is_as_large_as_a_paragraph(
    serve: Serve, tmp_path: Path, page: Page
) -> None:
    (tmp_path / "list.en.md").write_text("# T\n\n## H\n\nA paragraph.\n\n- An item\n")
    address = serve(tmp_path)
    page.emulate_media(media="print")

    for path in ("/en/list/all/", "/en/list/1/"):
        page.goto(address + path)
        sizes = [
            page.locator(f"main {each}").first.evaluate("e => getComputedStyle(e).fontSize")
            for each in ("p", "li")
        ]
        assert sizes[0] == sizes[1]
