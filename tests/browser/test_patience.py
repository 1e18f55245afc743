"""Networks that take a request and never answer it (check B18)."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ContextOf
from tests.browser.test_offline import open_and_keep
from tests.browser.test_slides import TOTAL, at
from tests.conftest import started, wait_for
from tests.support.places import STORY, place
from tests.support.ports import unanswered

LONG = 16  # seconds; longer than a request is waited for
PATIENCE = 4000  # ms, for which the worker waits where nothing was late
TIMING = """() => {
  const { fetchStart, responseStart } = performance.getEntriesByType("navigation")[0];
  return responseStart - fetchStart;
}"""


def never(route: Route) -> None:
    """Take a request and leave it without an answer."""


@pytest.fixture
def stalled(context_of: ContextOf, bundled: str) -> Page:
    """The third slide; the second is in memory, the fourth is asked for and never comes."""
    page = context_of().new_page()
    page.clock.install()
    page.route("**/4-*/", never)
    page.goto(f"{bundled}/en/{STORY}/2/", wait_until="networkidle")
    page.locator("#next").click()
    at(page, 3)
    return page


def test_a_change_that_hangs_says_so_and_can_be_tried_again(stalled: Page) -> None:
    """A request that hangs is given up with a message (B18)."""
    stalled.locator("#next").press("Enter")
    stalled.clock.run_for(LONG * 1000)

    expect(stalled.get_by_role("status").first).to_contain_text("Couldn’t load")
    at(stalled, 3)
    stalled.unroute("**/4-*/")
    stalled.locator("#retry").click()
    at(stalled, 4)


def test_previous_works_while_next_hangs(stalled: Page) -> None:
    """A request that hangs is given up with a message (B18)."""
    stalled.locator("#next").press("Enter")
    stalled.clock.run_for(3000)

    stalled.keyboard.press("ArrowLeft")

    at(stalled, 2)
    expect(stalled.locator("#status:not(.hidden)")).to_have_count(0)


def test_previous_pressed_right_after_a_next_that_hangs_is_not_lost(stalled: Page) -> None:
    stalled.keyboard.press("ArrowRight")
    stalled.keyboard.press("ArrowLeft")

    stalled.clock.run_for(3000)

    at(stalled, 2)


def test_presses_without_an_answer_are_not_all_done_when_it_comes(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    page.clock.install()
    held: list[Route] = []
    page.route("**/4-*/", lambda route: held.append(route))
    page.goto(f"{bundled}/en/{STORY}/3/", wait_until="load")
    page.keyboard.press("ArrowRight")
    page.clock.run_for(3000)
    for _ in range(5):
        page.keyboard.press("ArrowRight")

    for route in held:
        route.continue_()
    at(page, 4)
    page.wait_for_load_state("networkidle")  # the change is over, and the next slide fetched
    page.keyboard.press("ArrowRight")

    at(page, 5)


def test_the_slide_one_reads_stays_in_place_until_the_next_is_there(stalled: Page) -> None:
    """What is on the way moves nothing: movement belongs to the slide that comes."""
    stalled.locator("html").evaluate("html => { delete html.dataset.direction }")

    stalled.locator("#next").press("Enter")
    expect(stalled.locator("#next.htmx-request")).to_have_count(1)

    assert stalled.evaluate("document.documentElement.dataset.direction") is None


@pytest.mark.worker
def test_a_network_that_was_late_once_is_not_waited_for_again(page: Page) -> None:
    # Else the browser's own cache answers: a page is fresh there for a second, and may be shown
    # stale for a minute.
    always = {"SLIDESHOW_REFRESH": "0", "SLIDESHOW_MAX_AGE": "0"}
    with started(environment=always) as (process, port):
        story = f"http://127.0.0.1:{port}/en/{STORY}"
        wait_for(f"{story}/1/", process)
        open_and_keep(page, f"{story}/1/")
    with unanswered(port):
        # The page is what counts, not what it loads besides, which is waited for longer.
        page.goto(f"{story}/{place('en', 9)}/", wait_until="commit")
        at(page, 9)
        first = page.evaluate(TIMING)

        page.goto(f"{story}/{place('en', TOTAL)}/", wait_until="commit")
        at(page, TOTAL)
        second = page.evaluate(TIMING)

    assert second < PATIENCE <= first
