"""Turning slides by touch: the slide follows the finger, and can be let go (check B9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_slides import STORY, at
from tests.support.touch import Finger

Touch = tuple[Page, Finger]


@pytest.fixture
def touch(context_of: Callable[..., BrowserContext]) -> Touch:
    """A phone, and a finger on it."""
    context = context_of(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    page = context.new_page()
    return page, Finger(context.new_cdp_session(page))


@pytest.mark.parametrize(
    ("stops", "landing"),
    [
        ([(300, 300), (100, 310)], 6),
        ([(100, 300), (300, 290)], 4),
        ([(300, 300), (280, 300)], 5),
        ([(300, 300), (100, 300), (290, 300)], 5),
        ([(200, 500), (220, 200)], 5),
    ],
    ids=["leftwards", "rightwards", "too short", "taken back", "scrolling"],
)
def test_a_swipe_turns_the_slide_or_is_let_go(
    touch: Touch, bundled: str, stops: list[tuple[float, float]], landing: int
) -> None:
    page, finger = touch
    page.goto(f"{bundled}/fr/{STORY}/5/")

    finger.swipe(*stops)
    expect(page.locator(".dragged")).to_have_count(0)
    page.keyboard.press("ArrowRight")

    at(page, landing + 1)


def test_the_slide_follows_the_finger(touch: Touch, bundled: str) -> None:
    page, finger = touch
    page.goto(f"{bundled}/fr/{STORY}/5/")

    finger.down(300)
    finger.move(280)
    finger.move(240)

    expect(page.locator("article")).to_have_css("translate", "-60px")
    finger.up()
    expect(page.locator(".dragged")).to_have_count(0)


@pytest.mark.parametrize(("x", "landing"), [(370, 6), (20, 4), (195, 5)])
def test_a_tap_at_a_side_turns_the_slide(touch: Touch, bundled: str, x: int, landing: int) -> None:
    page, _ = touch
    page.goto(f"{bundled}/en/{STORY}/5/")

    page.touchscreen.tap(x, 520)
    page.keyboard.press("ArrowRight")

    at(page, landing + 1)


def test_a_tap_beside_the_open_menu_closes_it_and_turns_nothing(touch: Touch, bundled: str) -> None:
    page, _ = touch
    page.goto(f"{bundled}/fr/{STORY}/5/")
    page.locator("#more").tap()
    expect(page.locator("#more-menu")).to_be_visible()

    page.touchscreen.tap(30, 500)
    expect(page.locator("#more-menu")).to_be_hidden()
    page.keyboard.press("ArrowRight")

    at(page, 6)


def test_a_click_of_the_mouse_at_a_side_turns_nothing(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/5/")

    page.mouse.click(1200, 500)
    page.keyboard.press("ArrowRight")

    at(page, 6)


@pytest.fixture
def hebrew(serve: Callable[..., str], tmp_path: Path) -> str:
    """The address of the second of four slides, written from right to left."""
    slides = "".join(f"כותרת {position}\n\nפסקה {position}.\n\n" for position in range(1, 5))
    (tmp_path / "sipur.he.txt").write_text(f"סיפור\n\n{slides}")
    return f"{serve(tmp_path)}/he/sipur/2/"


def test_right_to_left_turns_swipes_round(touch: Touch, hebrew: str) -> None:
    page, finger = touch
    page.goto(hebrew)

    finger.swipe((100, 300), (300, 300))

    at(page, 3)


def test_right_to_left_turns_taps_round(touch: Touch, hebrew: str) -> None:
    page, _ = touch
    page.goto(hebrew)

    page.touchscreen.tap(20, 520)

    at(page, 3)


def test_on_an_enlarged_page_one_finger_moves_the_view_and_turns_nothing(
    touch: Touch, bundled: str
) -> None:
    """B14."""
    page, finger = touch
    page.goto(f"{bundled}/fr/{STORY}/5/")
    finger.enlarge(2)
    page.wait_for_function("() => visualViewport.scale > 1.9")
    before = page.evaluate("visualViewport.offsetLeft")

    finger.swipe((300, 300), (100, 310))
    page.wait_for_function("before => visualViewport.offsetLeft > before + 20", arg=before)
    page.touchscreen.tap(380, 520)
    page.keyboard.press("ArrowRight")

    at(page, 6)


def test_a_page_made_small_again_is_swiped_as_before(touch: Touch, bundled: str) -> None:
    page, finger = touch
    page.goto(f"{bundled}/fr/{STORY}/5/")
    finger.enlarge(2)
    page.wait_for_function("() => visualViewport.scale > 1.9")
    finger.enlarge(1)
    page.wait_for_function("() => visualViewport.scale === 1")

    finger.swipe((300, 300), (100, 310))

    at(page, 6)
