"""Text below the window is shown before the slide is turned (checks B3, B15)."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ContextOf
from tests.browser.test_slides import at
from tests.conftest import Serve
from tests.support.touch import Finger

PARAGRAPH = "The keeper writes down what he sees, and what he does not see he leaves out. " * 4
LINES = 12

Long = tuple[Page, Finger]


@pytest.fixture(scope="module")
def site(module_serve: Serve, module_path: Path) -> str:
    """The address of a site with a story of three long slides, and another one."""
    text = f"{PARAGRAPH}\n\n" * LINES
    slides = "".join(f"## Night {position}\n\n{text}" for position in range(1, 4))
    (module_path / "keeper.en.md").write_text(f"# The keeper\n\n{slides}")
    (module_path / "other.en.md").write_text("# Another story\n\n## One\n\nA text.\n")
    return module_serve(module_path)


@pytest.fixture
def long(context_of: ContextOf, site: str) -> Long:
    """The first of three long slides on a phone, and a finger."""
    context = context_of(
        viewport={"width": 390, "height": 664},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{site}/en/keeper/1/", wait_until="networkidle")
    return page, Finger(context.new_cdp_session(page))


WAYS: dict[str, Callable[[Page, Finger], object]] = {
    "Space": lambda page, finger: page.keyboard.press("Space"),
    "Page Down": lambda page, finger: page.keyboard.press("PageDown"),
    "arrow": lambda page, finger: page.keyboard.press("ArrowRight"),
    "tap at the side": lambda page, finger: page.touchscreen.tap(370, 400),
    "tap on Next": lambda page, finger: page.touchscreen.tap(350, 625),
    "swipe": lambda page, finger: finger.swipe((300, 300), (100, 305)),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_on_is_shown_screen_by_screen_before_the_slide_turns(
    long: Long, way: str
) -> None:
    """Unseen text is shown before the slide is turned (B15)."""
    page, finger = long
    reached = [0]

    while page.locator("#slide").get_attribute("data-position") == "1":
        assert len(reached) < 40
        WAYS[way](page, finger)
        page.wait_for_function(
            "last => scrollY > last || document.querySelector('#slide').dataset.position > 1",
            arg=reached[-1],
        )
        reached.append(page.evaluate("scrollY"))

    height = 664
    steps = [after - before for before, after in pairwise(reached[:-1])]
    assert len(steps) > 2
    assert all(0 < step < height - 88 for step in steps), reached
    at(page, 2)


@pytest.mark.parametrize("key", ["Shift+Space", "PageUp"])
def test_the_way_back_is_as_gradual(long: Long, key: str) -> None:
    page, _ = long
    page.goto(urljoin(page.url, "../2/"))
    page.evaluate("scrollTo(0, 300)")

    page.keyboard.press(key)
    page.wait_for_function("() => scrollY === 0")
    at(page, 2)
    page.keyboard.press(key)

    at(page, 1)


def test_enter_on_next_turns_the_slide_whatever_is_in_sight(long: Long) -> None:
    """A link does what it says to who listens to the page and sees no window."""
    page, _ = long

    page.locator("#next").press("Enter")

    at(page, 2)


@pytest.mark.parametrize("key", ["PageDown", "End"])
def test_on_the_last_slide_the_keys_that_lead_nowhere_scroll(long: Long, key: str) -> None:
    """B3 of reading: they were dead there."""
    page, _ = long
    page.goto(urljoin(page.url, "../3/"))
    expect(page.locator("html")).to_have_js_property("scrollTop", 0)

    page.keyboard.press(key)

    page.wait_for_function("() => scrollY > 100")
    at(page, 3)


def test_on_the_first_slide_home_leads_to_its_top(long: Long) -> None:
    page, _ = long
    page.evaluate("scrollTo(0, 300)")

    page.keyboard.press("Home")

    page.wait_for_function("() => scrollY === 0")
    at(page, 1)
