"""Tables, programs, formulas and whatever else an article has: for everyone, on every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.constructs import addresses, constructs
from tests.browser.test_accessibility import overflow, violations
from tests.conftest import serving

CLIPPED = """() => [...document.querySelectorAll("article pre, article .scroll, article math")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .filter((e) => !e.closest("[tabindex='0']") && e.tabIndex < 0)
  .map((e) => e.outerHTML.slice(0, 80))"""

CLOSE = """() => [...document.querySelectorAll("main .paragraph + .paragraph")]
  .map((e) => [e, e.previousElementSibling].map((each) => each.getBoundingClientRect()))
  .filter(([after, before]) => after.height && after.top - before.bottom < 8)
  .map(([after]) => after.top)"""

OUTSIDE = """() => [...document.querySelectorAll("article .notes, article :is(ul, ol)")]
  .filter((e) => parseFloat(getComputedStyle(e).paddingInlineStart) < 16)
  .map((e) => e.outerHTML.slice(0, 80))"""

CHECKS: dict[str, Callable[[Page], object]] = {
    "axe": violations,
    "overflow": overflow,
    "clipped": lambda page: page.evaluate(CLIPPED),
    "close": lambda page: page.evaluate(CLOSE),
    "outside": lambda page: page.evaluate(OUTSIDE),
}
SCHEMES: dict[tuple[str, int], Literal["light", "dark"]] = {  # each with each of the others once
    ("en", 320): "light",
    ("ar", 320): "dark",
    ("ar", 1280): "light",
    ("en", 1280): "dark",
}

# What each check found on the pages where it found something, for a language and a width.
Findings = dict[tuple[str, str, int], dict[str, Any]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(str(constructs(tmp_path_factory.mktemp("constructs")))) as address:
        yield address


@pytest.fixture(scope="module")
def findings(browser: Browser, site: str) -> Findings:
    """Open each page once, for all checks."""
    found: Findings = {
        (check, language, width): {} for check in CHECKS for language, width in SCHEMES
    }
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        for language in ("en", "ar"):
            for address in addresses():
                page.set_viewport_size({"width": 320, "height": 800})
                page.goto(f"{site}/{language}/{address.format(language)}")
                for width in (320, 1280):
                    page.set_viewport_size({"width": width, "height": 800})
                    page.emulate_media(color_scheme=SCHEMES[language, width])
                    for check, find in CHECKS.items():
                        if result := find(page):
                            found[check, language, width][address] = result
    return found


@pytest.mark.parametrize(("language", "width"), SCHEMES)
def test_axe_finds_nothing_on_any_construct(findings: Findings, language: str, width: int) -> None:
    assert findings["axe", language, width] == {}


@pytest.mark.parametrize(("language", "width"), SCHEMES)
def test_no_construct_needs_a_sideways_scroll(
    findings: Findings, language: str, width: int
) -> None:
    assert findings["overflow", language, width] == {}


@pytest.mark.parametrize(("language", "width"), SCHEMES)
def test_what_is_wider_than_the_column_scrolls_by_the_keyboard(
    findings: Findings, language: str, width: int
) -> None:
    assert findings["clipped", language, width] == {}


@pytest.mark.parametrize(("language", "width"), SCHEMES)
def test_paragraphs_are_apart_on_slides_covers_and_the_whole_story(
    findings: Findings, language: str, width: int
) -> None:
    assert findings["close", language, width] == {}


@pytest.mark.parametrize(("language", "width"), SCHEMES)
def test_the_numbers_of_lists_and_footnotes_are_inside_the_column(
    findings: Findings, language: str, width: int
) -> None:
    assert findings["outside", language, width] == {}
