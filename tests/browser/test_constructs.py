"""Tables, programs, formulas and whatever else an article has: for everyone, on every screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import ContextOf
from tests.browser.constructs import addresses, constructs
from tests.browser.test_accessibility import overflow, violations
from tests.conftest import serving


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(str(constructs(tmp_path_factory.mktemp("constructs")))) as address:
        yield address


@pytest.mark.parametrize(  # each with each of the others once
    ("language", "scheme", "width"),
    [("en", "light", 320), ("ar", "dark", 320), ("ar", "light", 1280), ("en", "dark", 1280)],
)
def test_axe_finds_nothing_on_any_construct(
    context_of: ContextOf, site: str, language: str, scheme: str, width: int
) -> None:
    page = context_of(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    found = {}

    for address in addresses():
        page.goto(f"{site}/{language}/{address.format(language)}")
        found[address] = (violations(page), overflow(page))

    assert set(map(str, found.values())) == {"([], 0)"}, found


CLIPPED = """() => [...document.querySelectorAll("article pre, article .scroll, article math")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .filter((e) => !e.closest("[tabindex='0']") && e.tabIndex < 0)
  .map((e) => e.outerHTML.slice(0, 80))"""


def test_what_is_wider_than_a_phone_scrolls_by_the_keyboard(
    context_of: ContextOf, site: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 800}).new_page()
    found: list[str] = []

    for address in addresses():
        page.goto(f"{site}/en/{address.format('en')}")
        found += page.evaluate(CLIPPED)

    assert found == []


CLOSE = """() => [...document.querySelectorAll("main .paragraph + .paragraph")]
  .map((e) => [e, e.previousElementSibling].map((each) => each.getBoundingClientRect()))
  .filter(([after, before]) => after.height && after.top - before.bottom < 8)
  .map(([after]) => after.top)"""


def test_paragraphs_are_apart_on_slides_covers_and_the_whole_story(
    context_of: ContextOf, site: str
) -> None:
    page = context_of(viewport={"width": 1280, "height": 800}).new_page()
    found = {}

    for address in addresses():
        page.goto(f"{site}/en/{address.format('en')}")
        found[address] = page.evaluate(CLOSE)

    assert not any(found.values()), found


OUTSIDE = """() => [...document.querySelectorAll("article .notes, article :is(ul, ol)")]
  .filter((e) => parseFloat(getComputedStyle(e).paddingInlineStart) < 16)
  .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_numbers_of_lists_and_footnotes_are_inside_the_column(
    context_of: ContextOf, site: str, language: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 800}).new_page()
    found: list[str] = []

    for address in addresses():
        page.goto(f"{site}/{language}/{address.format(language)}")
        found += page.evaluate(OUTSIDE)

    assert found == []
