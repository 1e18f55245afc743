"""Every kind of page for everyone: WCAG 2.2 AA and RGAA 4.1.2 (checks B1, B6, B7, B8, B10)."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageStat
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_slides import TOTAL, at
from tests.support.places import STORY

pytestmark = pytest.mark.costly

ContextOf = Callable[..., BrowserContext]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
KINDS = {
    "shelf": "/{}/",
    "cover": "/{}/{}/",
    "first": "/{}/{}/1/",
    "middle": "/{}/{}/8/",
    "last": "/{}/{}/17/",
    "whole": "/{}/{}/all/",
    "embed": "/{}/{}/embed/?slide=8",
    "missing": "/{}/nothing/",
    "offline": "/{}/offline.html",
}
LANGUAGES = ["fr", "en"]
WIDTHS = [320, 1280]

# WCAG 1.4.12, as its working group's own bookmarklet sets it.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""

# What of the page's text lies outside the box that shows it.
CUT = """() => [...document.querySelectorAll("main *, .masthead *")]
  .filter((e) => e.checkVisibility() && !e.closest("svg, .hidden, [hidden]"))
  .filter((e) => getComputedStyle(e).overflow !== "visible")
  .filter((e) => getComputedStyle(e).clipPath === "none")
  .filter((e) => e.scrollHeight > e.clientHeight + 1)
  .map((e) => e.outerHTML.slice(0, 80))"""

# Controls too small to be hit.
SMALL = """() => [...document.querySelectorAll("a, button, input")]
  .filter((e) => e.checkVisibility() && !e.closest("article p, .skip"))
  .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([text, box]) => [text, box.width, box.height])"""

# What has the focus, whether that is seen, and whether nothing lies over it.
FOCUS = """() => {
  const e = document.activeElement;
  const { x, y, width, height } = e.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  const style = getComputedStyle(e);
  const isSeen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const isFree = !!top && (e.contains(top) || top.contains(e));
  return [e.outerHTML.slice(0, 60), isSeen, isFree];
}"""

# Contrast as WCAG 2 defines it, from the pixels that the browser paints for a colour.
CONTRAST = """() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((x) => (x / 255 <= .04045 ? x / 255 / 12.92 : ((x / 255 + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const next = getComputedStyle(document.querySelector("#slide .button[href]:not([rel=prev])"));
  const paper = getComputedStyle(document.body);
  const quiet = getComputedStyle(document.querySelector(".position"));
  return [[next.color, next.backgroundColor], [next.backgroundColor, paper.backgroundColor],
    [quiet.color, paper.backgroundColor]].map((pair) => ratio(...pair));
}"""


def violations(page: Page) -> list[str]:
    """Return the findings of axe, rule by rule, with the elements."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


def visits(page: Page, site: str, language: str, *kinds: str) -> Iterator[str]:
    """Open the kinds of page one after the other, all if none is named."""
    for kind in kinds or KINDS:
        page.goto(site + KINDS[kind].format(language, STORY))
        yield kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_page(context_of: ContextOf, bundled: str, language: str) -> None:
    """Light and dark, narrow and wide (B1)."""
    page = context_of(viewport={"width": 320, "height": 700}).new_page()

    for kind in visits(page, bundled, language):
        narrow = violations(page)
        page.set_viewport_size({"width": 1280, "height": 700})
        page.emulate_media(color_scheme="dark")
        assert (narrow, violations(page)) == ([], []), kind
        page.set_viewport_size({"width": 320, "height": 700})
        page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_after_a_change_nor_in_what_opens(
    context_of: ContextOf, bundled: str, language: str, scheme: str
) -> None:
    """Axe finds nothing, in any theme, language or width (B1)."""
    page = context_of(color_scheme=scheme).new_page()
    page.goto(f"{bundled}/{language}/{STORY}/6/")
    page.keyboard.press("ArrowRight")
    at(page, 7)
    changed = violations(page)

    page.locator("#more").click()
    expect(page.locator("#fullscreen")).to_be_visible()
    menu = violations(page)
    page.keyboard.press("Escape")
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)
    panel = violations(page)
    page.keyboard.press("Escape")
    page.route("**/8-*/", lambda route: route.fulfill(status=500, body=""))
    page.reload()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#retry")).to_be_visible()

    assert (changed, menu, panel, violations(page)) == ([], [], [], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_accent_keeps_its_contrast(context_of: ContextOf, bundled: str, scheme: str) -> None:
    page = context_of(color_scheme=scheme).new_page()

    ratios = {}
    for position in range(1, 13):
        page.goto(f"{bundled}/fr/{STORY}/{position}/")
        ratios[position] = page.evaluate(CONTRAST)

    assert len({tuple(each) for each in ratios.values()}) == 12, "each position has its own accent"
    assert {k: v for k, v in ratios.items() if min(v) < 4.5} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_window_needs_no_sideways_scroll(
    context_of: ContextOf, bundled: str, language: str
) -> None:
    """320x256 is 1280x1024 at 400 %; WCAG 1.4.10 and 1.4.12 (B6)."""
    page = context_of(viewport={"width": 320, "height": 256}, bypass_csp=True).new_page()

    for kind in visits(page, bundled, language):
        narrow = overflow(page)
        page.add_style_tag(content=SPACING)
        assert (narrow, overflow(page), page.evaluate(CUT)) == (0, 0, []), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_at_twice_its_size_needs_no_sideways_scroll(
    context_of: ContextOf, bundled: str, language: str
) -> None:
    """WCAG 1.4.4: 195 px is a phone of 390 px at 200 %."""
    page = context_of().new_page()

    for width in (195, 240):
        page.set_viewport_size({"width": width, "height": 400})
        for kind in visits(page, bundled, language, "cover", "first", "middle", "last", "whole"):
            assert overflow(page) == 0, (kind, width)
            if kind in ("first", "middle", "last"):
                previous, following = (
                    page.locator(each).bounding_box() for each in ("#previous", "#next")
                )
                assert previous
                assert following
                assert previous["x"] + previous["width"] <= following["x"], (kind, width)


def test_every_control_is_large_enough(context_of: ContextOf, bundled: str) -> None:
    """At least 24x24 px, but for links within a sentence (WCAG 2.5.8) (B7)."""
    page = context_of().new_page()

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        for kind in visits(page, bundled, "fr"):
            assert page.evaluate(SMALL) == [], (kind, width)


def test_where_a_story_lacks_a_language_the_links_to_the_others_are_large_enough(
    context_of: ContextOf, serve: Callable[..., str], tmp_path: Path
) -> None:
    """Axe finds nothing, in any theme, language or width (B1, B7)."""
    (tmp_path / "one.fr.txt").write_text("T\n\nH\n\nP.\n")
    page = context_of(viewport={"width": 320, "height": 700}).new_page()

    page.goto(f"{serve(tmp_path)}/en/one/")

    expect(page.locator("main a[hreflang]")).to_have_count(1)
    assert page.evaluate(SMALL) == []
    assert violations(page) == []


@pytest.mark.parametrize("forced", ["none", "active"])
def test_focus_is_seen_and_never_covered(context_of: ContextOf, bundled: str, forced: str) -> None:
    """In forced colours too (B7, B8)."""
    page = context_of(viewport={"width": 390, "height": 600}, forced_colors=forced).new_page()

    for kind in visits(page, bundled, "fr"):
        count = page.evaluate(
            "[...document.querySelectorAll('a[href], button, [tabindex=\"0\"]')]"
            ".filter(e => e.checkVisibility()).length"
        )
        assert count, kind
        for _ in range(count):
            page.keyboard.press("Tab")
            seen = page.evaluate(FOCUS)
            assert seen[1:] == [True, True], (kind, seen)


def test_forced_colours_show_the_position(context_of: ContextOf, bundled: str) -> None:
    """Reduced motion stops every animation, and forced colours keep focus visible (B8)."""
    page = context_of(forced_colors="active").new_page()
    page.goto(f"{bundled}/en/{STORY}/8/")

    done, ahead = (
        page.locator(f".progress path{which}").first.evaluate("e => getComputedStyle(e).stroke")
        for which in (".done", ":not([class])")
    )

    assert done != ahead


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_the_words_of_buttons_and_messages_to_be_read(
    context_of: ContextOf, bundled: str, scheme: Literal["light", "dark"]
) -> None:
    """Nothing of the page's own colour is laid behind them (B8)."""
    # Playwright cannot stop a request that the worker makes.
    context = context_of(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{bundled}/en/{STORY}/8/")
    page.route("**/17-*/*", lambda route: route.abort())
    page.keyboard.press("End")
    expect(page.locator("#retry")).to_be_visible()

    for part in ("#next", "#status", "#retry"):
        page.locator(part).hover(trial=True)
        box = page.locator(part).evaluate(
            """e => {
              const words = document.createRange();
              words.selectNodeContents(e);
              const { x, y, width, height } = words.getBoundingClientRect();
              return { x: x + 2, y: y + 2, width: width - 4, height: height - 4 };
            }"""
        )
        with Image.open(BytesIO(page.screenshot(clip=box))) as picture:
            spread = ImageStat.Stat(picture.convert("L")).stddev[0]
        assert spread > 20, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_is_first_and_leads_to_the_text(
    page: Page, bundled: str, language: str, console: list[str]
) -> None:
    """The skip link is first, landmarks are named, frames have titles (B10)."""
    for kind in visits(page, bundled, language):
        page.keyboard.press("Tab")
        expect(page.locator(".skip"), kind).to_be_focused()
        expect(page.locator(".skip"), kind).to_be_in_viewport()
        page.keyboard.press("Enter")
        is_slide = kind in ("first", "middle", "last")
        text = page.locator("#slide-text" if is_slide else "#slide")
        expect(text, kind).to_be_focused()
    console[:] = [each for each in console if "404" not in each]


RICH = """---
author: Ada
date: 2026-11-24
source: https://example.org/notes
---
# A *story*

## A `headline` with one verylongwordthatnobodycanbreakanywhereinitatall

A paragraph with **bold**, [a link](https://example.org/a) and `code`.

- one
- averyverylongwordthatnobodycanbreakanywhereinitatallreally

> A quotation.

```
a program that is much longer than the narrow window of the test is wide
```
"""


def test_a_markdown_story_is_as_good(
    context_of: ContextOf, serve: Callable[..., str], tmp_path: Path
) -> None:
    """Axe finds nothing, in any theme, language or width (B1, B6)."""
    (tmp_path / "rich.en.md").write_text(RICH)
    story = f"{serve(tmp_path)}/en/rich/"
    page = context_of(viewport={"width": 320, "height": 256}).new_page()

    for path in ("", "1/", "all/"):
        page.goto(story + path)
        assert (overflow(page), violations(page)) == (0, []), path


def test_the_gaps_of_the_progress_bar_are_equal(page: Page, bundled: str) -> None:
    for position in (2, 16):
        page.goto(f"{bundled}/en/{STORY}/{position}/")
        gaps = page.locator(".progress .gaps")
        expect(gaps).to_have_css("vector-effect", "non-scaling-stroke")
        expect(gaps).to_have_css("stroke-width", "3px")
