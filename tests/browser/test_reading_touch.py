"""Turning slides by touch: the slide follows the finger, and can be let go (check B9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_slides import at
from tests.support.places import STORY
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


# How far a part of the slide is from the slide's own side.
FROM_HOME = "e => e.getBoundingClientRect().left - e.parentElement.getBoundingClientRect().left"


def ready(page: Page, address: str) -> None:
    """Open a slide, and wait until its neighbours are in memory."""
    page.goto(address, wait_until="networkidle")


@pytest.mark.parametrize(
    ("stops", "headline", "edge"),
    [((300, 260, 200), 6, 390), ((100, 140, 200), 4, -390)],
    ids=["the next", "the one before"],
)
def test_a_swipe_brings_the_neighbour_in_under_the_finger(
    touch: Touch, bundled: str, stops: tuple[int, int, int], headline: int, edge: int
) -> None:
    page, finger = touch
    page.goto(f"{bundled}/fr/{STORY}/{headline}/")
    expected = page.locator("h1").text_content()
    ready(page, f"{bundled}/fr/{STORY}/5/")
    home = page.locator("article").evaluate(FROM_HOME)
    moved = stops[-1] - stops[0]

    finger.down(stops[0])
    for x in stops[1:]:
        finger.move(x)

    neighbour = page.locator(".neighbour")
    expect(neighbour.locator("h1")).to_have_text(str(expected))
    expect(page.locator("article").first).to_have_css("translate", f"{moved}px")
    assert neighbour.evaluate(FROM_HOME) == home + moved + edge
    assert neighbour.evaluate("e => [e.inert, e.ariaHidden, e.matches(':has([id])')]") == [
        True,
        "true",
        False,
    ]
    finger.up()
    at(page, headline)
    expect(neighbour).to_have_count(0)
    expect(page.locator(".dragged")).to_have_count(0)
    assert page.locator("article").evaluate(FROM_HOME) == home


def test_a_swipe_taken_back_leaves_nothing_of_the_neighbour(touch: Touch, bundled: str) -> None:
    page, finger = touch
    ready(page, f"{bundled}/fr/{STORY}/5/")
    home = page.locator("article").evaluate(FROM_HOME)

    finger.swipe((300, 300), (100, 300), (290, 300))
    expect(page.locator(".neighbour")).to_have_count(0)

    at(page, 5)
    expect(page.locator("article")).to_have_css("translate", "0px")
    assert page.locator("article").evaluate(FROM_HOME) == home


def test_still_readers_see_no_movement_but_their_own(
    context_of: Callable[..., BrowserContext], bundled: str
) -> None:
    """Reduced motion stops every animation, and forced colours keep focus visible (B8)."""
    context = context_of(
        viewport={"width": 390, "height": 664},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    ready(page, f"{bundled}/fr/{STORY}/5/")
    page.evaluate(
        """() => {
          window.moved = 0;
          addEventListener("animationstart", () => { window.moved += 1; });
          addEventListener("transitionrun", () => { window.moved += 1; });
        }"""
    )

    Finger(context.new_cdp_session(page)).swipe((300, 300), (100, 310))
    at(page, 6)

    expect(page.locator(".neighbour")).to_have_count(0)
    assert page.evaluate("window.moved") == 0


@pytest.mark.parametrize(
    ("to", "milliseconds", "landing"), [(250, 80, 6), (250, 400, 5), (282, 40, 5)]
)
def test_a_short_swipe_turns_if_it_is_quick(
    touch: Touch, bundled: str, to: int, milliseconds: int, landing: int
) -> None:
    page, finger = touch
    page.clock.install()
    page.goto(f"{bundled}/fr/{STORY}/5/")
    page.clock.pause_at("2100-01-01")

    finger.down(300)
    page.clock.run_for(milliseconds)
    finger.move((300 + to) / 2)
    finger.move(to)
    finger.up()
    page.clock.resume()
    expect(page.locator(".dragged")).to_have_count(0)
    page.keyboard.press("ArrowRight")

    at(page, landing + 1)


def test_where_there_is_nothing_beyond_the_slide_gives_way_a_little_and_comes_back(
    touch: Touch, serve: Callable[..., str], tmp_path: Path
) -> None:
    page, finger = touch
    (tmp_path / "only.en.txt").write_text("Title\n\nOne\n\nText.\n\nTwo\n\nText.\n")
    ready(page, f"{serve(tmp_path)}/en/only/2/")

    finger.down(300)
    finger.move(200)
    expect(page.locator("article")).to_have_css("translate", "-25px")
    finger.up()

    expect(page.locator("article")).to_have_css("translate", "0px")
    at(page, 2)


def test_a_swipe_beyond_the_ends_leads_on(touch: Touch, bundled: str) -> None:
    page, finger = touch
    page.goto(f"{bundled}/en/{STORY}/1/")

    finger.swipe((100, 300), (300, 300))
    page.wait_for_url(f"**/en/{STORY}/")
    finger.swipe((300, 300), (100, 300))
    page.wait_for_url(f"**/en/{STORY}/1-*/")
    page.goto(f"{bundled}/en/{STORY}/17/", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    following = page.locator("#next").get_attribute("href")
    finger.swipe((300, 300), (100, 300))

    page.wait_for_url(f"{bundled}{following}")


@pytest.mark.parametrize("stops", [[(300, 300), (270, 300)], [(300, 500), (200, 200)]])
def test_a_touch_that_is_no_swipe_leaves_the_cover(
    touch: Touch, bundled: str, stops: list[tuple[float, float]]
) -> None:
    page, finger = touch
    page.goto(f"{bundled}/en/{STORY}/")

    finger.swipe(*stops)
    page.locator("#begin").press("Shift+ArrowRight")

    assert page.url == f"{bundled}/en/{STORY}/"


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


@pytest.fixture(scope="module")
def hebrew(module_serve: Callable[..., str], module_path: Path) -> str:
    """The address of the second of four slides, written from right to left."""
    slides = "".join(f"כותרת {position}\n\nפסקה {position}.\n\n" for position in range(1, 5))
    (module_path / "sipur.he.txt").write_text(f"סיפור\n\n{slides}")
    return f"{module_serve(module_path)}/he/sipur/2/"


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
    """The layout viewport stays as it was, and an enlarged page can be panned (B14)."""
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
