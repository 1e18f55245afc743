"""A change of language stays in the page: full screen, Play and the focus stay (check C12)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.test_reading_tools import seconds
from tests.browser.test_slides import TOTAL, at, state
from tests.support.places import STORY, place


def change(page: Page, language: str) -> None:
    """Change the language, and wait until the page is in it."""
    page.locator(f"#languages a[hreflang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def around(page: Page) -> object:
    """What stands around the slide, as a reader or a tool gets it."""
    return page.evaluate(
        """() => [".skip", ".masthead", ".message", ".printed"].map((name) => {
          const part = document.querySelector(name).cloneNode(true);
          for (const each of [part, ...part.querySelectorAll("*")]) {
            each.removeAttribute("data-htmx-powered");
          }
          return part.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<");
        })"""
    )


@pytest.mark.parametrize(("first", "then"), [("fr", "en"), ("en", "fr")])
def test_all_of_the_page_follows_the_language_without_a_load(
    page: Page, bundled: str, first: str, then: str
) -> None:
    """After a change the page equals a full load of the same address (B4)."""
    page.goto(f"{bundled}/{first}/{STORY}/6/")
    page.evaluate("window.isSamePage = true")
    status = page.locator("#status").element_handle()
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)
    page.keyboard.press("Escape")

    change(page, then)
    page.wait_for_url(f"**/{then}/{STORY}/6-*/")
    assert page.evaluate("window.isSamePage")
    assert status.evaluate("node => node.isConnected")
    swapped = state(page), around(page)
    page.locator("#open-contents").click()
    links = page.locator("#contents-panel li a")
    expect(links.first).to_have_attribute("href", f"/{then}/{STORY}/{place(then, 1)}/")
    expect(links).to_have_count(TOTAL)
    page.reload()

    assert (state(page), around(page)) == swapped


def test_back_leads_to_the_language_before(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/6/")
    change(page, "en")
    page.keyboard.press("ArrowRight")
    at(page, 7)
    page.go_back()
    at(page, 6)

    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    at(page, 6)
    there = state(page), around(page)
    page.reload()

    assert (state(page), around(page)) == there


def test_the_focus_and_the_full_screen_stay(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("#more").click()
    page.get_by_role("button", name="Plein écran").click()
    expect(page.locator("html:fullscreen")).to_have_count(1)

    page.locator("#languages a[hreflang=en]").press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html:fullscreen")).to_have_count(1)
    expect(page.locator("#languages a[hreflang=en]")).to_be_focused()
    page.locator("#more").click()
    expect(page.get_by_role("button", name="Leave full screen")).to_be_visible()


def test_play_goes_on_in_the_other_language(page: Page, bundled: str) -> None:
    page.clock.install()
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("#play").click()
    expect(page.locator("#play .to-pause")).to_be_visible()

    change(page, "en")
    expect(page.locator("#play")).to_have_accessible_name("Pause")
    expect(page.locator("#play .to-pause")).to_be_visible()
    seconds(page, 60)

    expect(page.locator("#slide")).not_to_have_attribute("data-position", "6")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_focus_stays_on_a_language_while_the_slides_turn(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("#languages a[hreflang=en]").focus()

    page.keyboard.press("ArrowRight")
    at(page, 7)

    expect(page.locator("#languages a[hreflang=en]")).to_be_focused()


def test_the_open_menu_does_not_stay_over_the_next_slide(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("#more").click()
    expect(page.locator("#fullscreen")).to_be_visible()

    page.keyboard.press("ArrowRight")
    at(page, 7)

    expect(page.locator("#more-menu")).to_be_hidden()


def page_state(page: Page) -> object:
    """What a cover or a whole story is, but for what was announced."""
    trees = [page.locator(f"body > {name}").aria_snapshot() for name in ("header", "main")]
    return {**state(page), "tree": trees}


@pytest.mark.parametrize("kind", ["", "all/"])
def test_covers_and_whole_stories_follow_the_language_in_place(
    page: Page, bundled: str, kind: str
) -> None:
    page.goto(f"{bundled}/fr/{STORY}/{kind}")
    page.evaluate("window.isSamePage = true")

    page.locator("#languages a[hreflang=en]").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#languages a[hreflang=en]")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(page.title())
    english = page_state(page)
    assert violations(page) == []
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    french = page_state(page)
    page.go_forward()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("window.isSamePage")

    page.reload()
    assert page_state(page) == english
    page.goto(f"{bundled}/fr/{STORY}/{kind}")
    assert page_state(page) == french


def test_a_cover_in_another_language_begins_and_opens_by_what_it_shows(
    page: Page, bundled: str
) -> None:
    page.goto(f"{bundled}/fr/{STORY}/")
    change(page, "en")

    page.keyboard.press("ArrowRight")

    at(page, 1)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_pictures_of_a_whole_story_open_large_in_either_language(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/all/")
    for language, close in (("fr", "Fermer"), ("en", "Close")):
        change(page, language)
        page.locator("a.enlarge").first.click()
        page.get_by_role("dialog").get_by_role("button", name=close).click()
        expect(page.locator("#large")).to_be_hidden()


def test_a_language_that_cannot_be_fetched_is_loaded_as_a_page(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/")
    page.evaluate("() => { window.fetch = () => Promise.reject(); }")

    change(page, "en")

    page.wait_for_url(f"**/en/{STORY}/")
    assert page.evaluate("window.fetch.toString()").endswith("{ [native code] }")
