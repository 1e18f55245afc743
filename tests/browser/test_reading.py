"""Moving through a story, by what a reader sees and does (checks B2, B3, B5, B8, B9, B13)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.test_slides import TOTAL, at
from tests.support.places import STORY, place

ContextOf = Callable[..., BrowserContext]

# Counts what a reader could have seen: every slide that ever stood in the page.
WATCH = """() => {
  const position = () => document.getElementById("slide")?.dataset.position;
  let last = position();
  window.seen = [];
  new MutationObserver(() => {
    if (position() && position() !== last) window.seen.push(last = position());
  }).observe(document.body, { childList: true, subtree: true });
}"""

# Of what is pressed while a change is late, by js/steps.js after two seconds, less is done.
NEVER_LATE = """{
  const set = window.setTimeout.bind(window);
  window.setTimeout = (act, wait, ...given) =>
    set(act, wait === 2_000 ? 3_600_000 : wait, ...given);
}"""


@pytest.fixture
def never_late(page: Page) -> None:
    """Let no change be late, however busy the machine is."""
    page.add_init_script(NEVER_LATE)


@pytest.fixture(scope="module")
def hebrew(module_serve: Callable[..., str], module_path: Path) -> str:
    """A story of five slides, written from right to left."""
    slides = "".join(f"כותרת {position}\n\nפסקה {position}.\n\n" for position in range(1, 6))
    (module_path / "sipur.he.txt").write_text(f"סיפור\n\n{slides}")
    return f"{module_serve(module_path)}/he/sipur"


def focused(page: Page) -> str:
    """Return the id of the element that has the focus."""
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.usefixtures("never_late")
def test_ten_fast_presses_land_ten_slides_on_in_order(page: Page, bundled: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})  # where no text is below the window
    page.goto(f"{bundled}/fr/{STORY}/1/")
    page.evaluate(WATCH)

    for _ in range(10):
        page.keyboard.press("ArrowRight")
    at(page, 11)
    page.wait_for_url("**/11-*/")

    assert page.evaluate("window.seen") == [str(position) for position in range(2, 12)]


@pytest.mark.usefixtures("never_late")
def test_rapid_clicks_are_all_counted(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/1/")

    page.locator("#next").click(click_count=3, delay=0)

    at(page, 4)


@pytest.mark.usefixtures("never_late")
def test_what_is_pressed_there_and_back_is_done_in_order(page: Page, bundled: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})  # where no text is below the window
    page.goto(f"{bundled}/fr/{STORY}/3/")
    page.evaluate(WATCH)

    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End"):
        page.keyboard.press(key)
    at(page, TOTAL)

    assert page.evaluate("window.seen") == ["4", "5", "4", str(TOTAL)]


@pytest.mark.parametrize(
    ("start", "key", "landing"),
    [
        (3, "ArrowRight", 4),
        (3, "ArrowLeft", 2),
        (3, "PageDown", 4),
        (3, "PageUp", 2),
        (3, "End", TOTAL),
        (3, "Home", 1),
        (3, "Space", 4),
        (3, "Shift+Space", 2),
    ],
)
def test_a_key_turns_the_slide(
    page: Page, bundled: str, start: int, key: str, landing: int
) -> None:
    page.goto(f"{bundled}/en/{STORY}/{start}/")

    page.keyboard.press(key)

    at(page, landing)


def test_space_reads_on_to_the_end_of_a_slide_before_it_turns(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 256}).new_page()
    page.goto(f"{bundled}/fr/{STORY}/1/")

    page.keyboard.press("Space")
    expect(page.locator("#slide")).to_have_attribute("data-position", "1")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.keyboard.press("Space")
    at(page, 2)


@pytest.mark.parametrize(
    "key", ["n", "p", "j", "7", "Control+ArrowRight", "Alt+PageDown", "Shift+End"]
)
def test_other_keys_do_nothing(page: Page, bundled: str, key: str) -> None:
    """No single-letter shortcut, and modified keys are the browser's (B5)."""
    page.goto(f"{bundled}/en/{STORY}/3/")

    page.keyboard.press(key)
    page.keyboard.press("ArrowRight")

    at(page, 4)


def test_keys_leave_fields_and_handled_events_alone(page: Page, bundled: str) -> None:
    """Letters and digits do nothing, and arrows leave other controls alone (B5)."""
    page.goto(f"{bundled}/en/{STORY}/3/")
    page.locator("#open-contents").click()
    field = page.get_by_role("searchbox")
    field.fill("war")

    for key in ("ArrowLeft", "Home", "Space"):
        field.press(key)

    expect(field).to_have_value(" war")
    page.keyboard.press("Escape")
    page.evaluate("addEventListener('keydown', (event) => event.preventDefault(), true)")
    page.keyboard.press("ArrowRight")
    at(page, 3)


def test_right_to_left_turns_the_arrows_round(page: Page, hebrew: str) -> None:
    """Letters and digits do nothing, and arrows leave other controls alone (B5)."""
    page.goto(f"{hebrew}/2/")

    page.keyboard.press("ArrowLeft")
    at(page, 3)
    page.keyboard.press("ArrowRight")

    at(page, 2)


def test_right_to_left_turns_the_layout_round(page: Page, hebrew: str) -> None:
    page.goto(f"{hebrew}/2/")

    following = page.locator("#next").bounding_box()
    previous = page.locator("#previous").bounding_box()

    assert following
    assert previous
    assert following["x"] < previous["x"]


def test_enter_on_next_leaves_the_focus_there_to_the_last_slide(page: Page, bundled: str) -> None:
    """Tab follows the page, and focus stays on the control that was used (B2)."""
    page.goto(f"{bundled}/en/{STORY}/{TOTAL - 5}/")
    page.locator("#next").focus()

    for position in range(TOTAL - 4, TOTAL + 1):
        page.keyboard.press("Enter")
        at(page, position)
        assert focused(page) == "next"
    page.keyboard.press("Enter")

    expect(page.locator("main.cover")).to_be_visible()
    assert STORY not in page.url


def test_previous_on_the_first_slide_leads_to_the_cover(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/1/")

    page.keyboard.press("ArrowLeft")

    page.wait_for_url(f"{bundled}/en/{STORY}/")


def test_a_key_pressed_while_the_page_comes_in_leads_to_the_cover_too(
    page: Page, bundled: str
) -> None:
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          if (!document.querySelector("#slide[data-position]")) return;
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
        }, { once: true })"""
    )

    page.goto(f"{bundled}/en/{STORY}/1/", wait_until="commit")

    page.wait_for_url(f"{bundled}/en/{STORY}/")


@pytest.mark.usefixtures("never_late")
@pytest.mark.parametrize(("key", "start", "end"), [("ArrowLeft", 3, 1), ("ArrowRight", 15, 17)])
def test_a_key_held_down_ends_with_the_story(
    page: Page, bundled: str, key: str, start: int, end: int
) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})  # where no text is below the window
    page.goto(f"{bundled}/en/{STORY}/{start}/", wait_until="networkidle")
    page.evaluate(WATCH)

    for _ in range(8):  # a key that is down already repeats
        page.keyboard.down(key)
    at(page, end)
    for _ in range(8):
        page.keyboard.down(key)
    page.evaluate("new Promise((done) => setTimeout(done))")

    assert page.url == f"{bundled}/en/{STORY}/{place('en', end)}/"
    assert page.evaluate("window.seen.at(-1)") == str(end)
    page.keyboard.up(key)
    page.keyboard.press(key)
    expect(page.locator("main.cover")).to_be_visible()


def test_back_keeps_the_focus(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/3/")
    page.locator("#next").focus()
    page.keyboard.press("Enter")
    at(page, 4)

    page.go_back()
    at(page, 3)

    expect(page.locator("#next")).to_be_focused()


def test_tab_goes_through_the_page_in_the_order_one_reads_it(page: Page, bundled: str) -> None:
    """The skip link is first (B2, B10)."""
    page.goto(f"{bundled}/en/{STORY}/3/")
    tools = ["open-contents", "play", "more"]
    expected = ["skip", "site", "story", *tools, "in-en", "in-fr", "languages", "previous", "next"]

    reached = []
    for _ in expected:
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(e => e.id || e.className || e.closest('nav').id)(document.activeElement)"
            )
        )

    assert reached == expected


def test_the_status_speaks_once_for_each_change(page: Page, bundled: str) -> None:
    """The status region outlives the change, and its text changes once (B3)."""
    page.goto(f"{bundled}/en/{STORY}/1/")
    page.evaluate(
        """() => {
          window.spoken = [];
          const status = document.getElementById("status");
          new MutationObserver(() => window.spoken.push(status.textContent.trim()))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )

    for position in (2, 3):
        page.keyboard.press("ArrowRight")
        at(page, position)

    spoken = page.evaluate("window.spoken")
    assert [text.split(":")[0] for text in spoken] == ["Slide 2 of 17", "Slide 3 of 17"]


@pytest.mark.parametrize(
    ("key", "language", "direction"),
    [("ArrowRight", "fr", "forward"), ("ArrowLeft", "fr", "backward"), ("End", "en", "forward")],
)
def test_the_change_has_a_direction(
    page: Page, bundled: str, key: str, language: str, direction: str
) -> None:
    page.goto(f"{bundled}/{language}/{STORY}/3/")

    page.keyboard.press(key)

    at(page, {"ArrowRight": 4, "ArrowLeft": 2, "End": TOTAL}[key])
    expect(page.locator("html")).to_have_attribute("data-direction", direction)


def test_the_movement_is_short(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/3/")
    page.evaluate(
        """() => document.addEventListener("htmx:after:swap", () => {
          const moving = document.querySelector("#slide article").getAnimations();
          const durations = moving.map(x => x.effect.getComputedTiming().duration);
          document.body.dataset.longest = Math.max(...durations);
        })"""
    )

    page.keyboard.press("ArrowRight")
    at(page, 4)

    expect(page.locator("body")).to_have_attribute("data-longest", re.compile(r"^\d+$"))
    longest = page.locator("body").get_attribute("data-longest")
    assert 0 < int(longest or 0) <= 300


def test_reduced_motion_stands_still(context_of: ContextOf, bundled: str) -> None:
    """Reduced motion stops every animation, and forced colours keep focus visible (B8)."""
    page = context_of(reduced_motion="reduce").new_page()
    page.goto(f"{bundled}/fr/{STORY}/3/")

    page.keyboard.press("ArrowRight")
    at(page, 4)

    assert page.evaluate("document.getAnimations().length") == 0


def test_nothing_shifts_while_a_page_comes_in_on_a_slow_machine(page: Page, bundled: str) -> None:
    page.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) window.shifts.push(value);
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 20})

    page.goto(f"{bundled}/fr/{STORY}/3/")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.shifts") == []


def test_nothing_shifts_when_the_slide_changes(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/3/")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => {
          window.shift = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
        }"""
    )

    for position in (4, 5, 6):
        page.locator("#next").hover()
        page.keyboard.press("ArrowRight")
        at(page, position)

    assert page.evaluate("window.shift") == 0


def test_next_stays_under_the_pointer(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/2/")
    places = []

    for position in range(3, 9):
        places.append(page.locator("#next").bounding_box())
        page.locator("#next").click()
        at(page, position)

    assert all(place == places[0] for place in places)


def test_the_last_slide_ends_the_story(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/{TOTAL}/")
    end = page.get_by_role("region", name="The end")

    expect(end.get_by_role("link", name="Contents")).to_be_visible()
    expect(end.get_by_role("link", name="Read on one page")).to_be_visible()
    expect(end.get_by_role("button", name="Share")).to_be_visible()
    end.get_by_role("link", name="Start again").click()

    at(page, 1)
    assert "/1-" in page.url


def test_trying_again_after_a_failure_turns_the_slide(context_of: ContextOf, bundled: str) -> None:
    """A failed change says so, and the next try works (B13)."""
    page = context_of().new_page()
    page.route("**/4-*/", lambda route: route.abort())
    page.goto(f"{bundled}/fr/{STORY}/3/")
    page.locator("#next").press("Enter")
    status = page.get_by_role("status")
    expect(status).to_contain_text("Échec du chargement")
    expect(status).to_be_in_viewport()
    assert focused(page) == "next"

    page.unroute("**/4-*/")
    page.get_by_role("button", name="Réessayer").click()

    at(page, 4)
    assert focused(page) == "next"
    expect(page.get_by_role("button", name="Réessayer")).to_be_hidden()


def test_back_that_fails_keeps_the_address_of_the_slide_one_sees(
    context_of: ContextOf, bundled: str
) -> None:
    """A failed change says so, and the next try works (B13)."""
    page = context_of().new_page()
    page.goto(f"{bundled}/en/{STORY}/{TOTAL}/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Home")
    at(page, 1)
    page.keyboard.press("PageDown")
    at(page, 2)
    page.wait_for_load_state("networkidle")
    page.route(f"**/{STORY}/*/", lambda route: route.abort())
    page.evaluate("history.go(-2)")
    expect(page.locator("#retry")).to_be_visible()
    at(page, 2)
    page.wait_for_url("**/2-*/")

    page.unroute(f"**/{STORY}/*/")
    page.locator("#retry").click()

    page.wait_for_url(f"**/{TOTAL}-*/")
    at(page, TOTAL)


def test_back_in_the_middle_of_a_change_that_fails_keeps_the_address_too(
    context_of: ContextOf, bundled: str
) -> None:
    """Back may change the address between a new slide and the end of its swap (B13)."""
    page = context_of().new_page()
    page.goto(f"{bundled}/en/{STORY}/1/")
    page.wait_for_load_state("networkidle")
    page.route("**/1-*/", lambda route: route.abort())
    back = """document.addEventListener("htmx:after:history:update", () => history.back(),
      { once: true })"""
    page.evaluate(back)

    page.keyboard.press("PageDown")

    expect(page.locator("#retry")).to_be_visible()
    at(page, 2)
    page.wait_for_url("**/2-*/")


def test_a_slow_change_shows_a_quiet_sign_after_a_while(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    held: list[Route] = []
    page.route("**/4-*/", lambda route: held.append(route))
    page.goto(f"{bundled}/fr/{STORY}/3/")

    page.locator("#next").click()
    sign = page.locator("#next.htmx-request")
    expect(sign).to_have_count(1)

    delay = sign.evaluate("e => getComputedStyle(e, '::after').animationDelay")
    assert delay == "0.3s"
    for route in held:
        route.continue_()
    at(page, 4)
    expect(page.locator(".htmx-request")).to_have_count(0)
