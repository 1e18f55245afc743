"""How slides are laid out: text in sight beside any picture, and nothing that moves sideways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, FloatRect

from tests.browser.conftest import FLAGS, ContextOf
from tests.browser.gallery import SHAPES, SLIDES, screen, shapes
from tests.browser.install import find_browser
from tests.browser.test_slides import at
from tests.conftest import serving
from tests.support.places import STORY

PHONES = [(375, 553), (393, 660), (412, 732), (844, 340)]
HELD = [*PHONES, (768, 954)]
DESKS = [(1280, 600), (1280, 800)]
SCREENS = [*HELD, *DESKS]
PARTS = """() => {
  const box = (selector) => {
    const found = document.querySelector(selector)?.getBoundingClientRect();
    return found && { left: found.left, top: found.top, right: found.right, bottom: found.bottom };
  };
  return {
    bar: document.querySelector(".steps").getBoundingClientRect().top,
    text: box("article > header ~ :not(.notice)"),
    line: parseFloat(getComputedStyle(document.querySelector("article")).lineHeight),
    image: box("#slide img"),
    caption: box("#slide figcaption"),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""
WATCH = """() => {
  window.seen = [];
  const note = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    window.seen.push([scrollWidth - clientWidth,
      Math.round(document.getElementById("next").getBoundingClientRect().bottom)]);
    requestAnimationFrame(note);
  };
  note();
}"""
FORCED: tuple[Literal["active"], Literal["none"]] = ("active", "none")
SETTLED = "e => Promise.all(e.getAnimations().map((each) => each.finished))"
VIEWPORT = """() => [innerWidth, innerHeight, visualViewport.width, visualViewport.height,
  visualViewport.scale, document.scrollingElement.scrollWidth]"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the story of all shapes of pictures, and give its address."""
    with serving(str(shapes(tmp_path_factory.mktemp("stories")))) as address:
        yield f"{address}/en/shapes"


@pytest.fixture(scope="module")
def parts_of(gallery: str, browser: Browser) -> dict[tuple[int, int], dict[str, Any]]:
    """Open each slide once on each screen; give where its parts are, by screen and name."""
    found: dict[tuple[int, int], dict[str, Any]] = {size: {} for size in SCREENS}
    for sizes in (HELD, DESKS):
        page = screen(partial(browser.new_context, service_workers="block"), sizes[0])
        for position, name in enumerate(SLIDES, start=1):
            page.goto(f"{gallery}/{position}/")
            for width, height in sizes:
                page.set_viewport_size({"width": width, "height": height})
                found[width, height][name] = page.evaluate(PARTS)
        page.context.close()
    return found


@pytest.mark.parametrize("size", SCREENS)
def test_text_is_in_sight_beside_any_picture(
    parts_of: dict[tuple[int, int], dict[str, Any]], size: tuple[int, int]
) -> None:
    """Check B15: a whole line of it, before any scrolling."""
    for name, parts in parts_of[size].items():
        assert parts["wide"] <= 0, name
        assert bool(parts["text"]) is (name != "alone")
        if parts["text"]:
            assert parts["bar"] - parts["text"]["top"] > 1.5 * parts["line"], name


@pytest.mark.parametrize("size", SCREENS)
def test_a_picture_is_in_sight_as_a_whole_and_never_cut(
    parts_of: dict[tuple[int, int], dict[str, Any]], size: tuple[int, int]
) -> None:
    for name, (width, height) in SHAPES.items():
        parts = parts_of[size][name]
        image = parts["image"]
        drawn = (image["right"] - image["left"]) / (image["bottom"] - image["top"])
        assert drawn == pytest.approx(width / height, rel=0.03), name
        assert parts["caption"]["top"] - image["bottom"] < 10, name
        assert parts["caption"]["bottom"] <= parts["bar"], name


def test_text_that_goes_on_below_fades_out(gallery: str, context_of: ContextOf) -> None:
    page = screen(context_of, (375, 553))
    page.goto(f"{gallery}/1/")
    bar = page.evaluate(PARTS)["bar"]

    def darkest(top: float, height: float) -> int:
        clip: FloatRect = {"x": 16, "y": top, "width": 300, "height": height}
        shot = Image.open(BytesIO(page.screenshot(clip=clip))).convert("L")
        return min(shot.tobytes())

    fading, clear = darkest(bar - 8, 8), darkest(bar - 72, 30)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    text = page.locator("article > :last-child").bounding_box()

    assert clear < 60
    assert fading > 150
    assert text
    assert text["y"] + text["height"] <= page.evaluate(PARTS)["bar"] - 32


def test_where_the_bar_does_not_stay_nothing_fades_in_its_place(
    bundled: str, context_of: ContextOf
) -> None:
    page = context_of(viewport={"width": 320, "height": 256}).new_page()
    page.goto(f"{bundled}/fr/{STORY}/8/")
    masthead: FloatRect = {"x": 0, "y": 0, "width": 320, "height": 120}
    shown = page.screenshot(clip=masthead)

    page.locator(".steps").evaluate("e => { e.style.visibility = 'hidden' }")

    assert page.screenshot(clip=masthead) == shown


def test_a_picture_keeps_apart_from_the_text_below_it(
    parts_of: dict[tuple[int, int], dict[str, Any]],
) -> None:
    for name, parts in parts_of[393, 660].items():
        if parts["text"]:
            assert parts["text"]["top"] - (parts["caption"] or parts["image"])["bottom"] >= 12, name


def test_a_phone_keeps_its_window_through_twenty_changes(
    bundled: str, context_of: ContextOf
) -> None:
    """Check B14."""
    page = screen(context_of, (390, 844), device_scale_factor=3)
    page.goto(f"{bundled}/fr/{STORY}/3/")
    before = page.evaluate(VIEWPORT)

    for change in range(20):
        page.locator("#next" if change % 4 < 2 else "#previous").tap()
        at(page, 3 + (1, 2, 1, 0)[change % 4])

    assert page.evaluate(VIEWPORT) == before


@pytest.fixture(scope="module")
def with_scrollbars(browser: Browser) -> Iterator[Browser]:
    """A browser whose scrollbars take room, as on Windows."""
    launched = browser.browser_type.launch(
        executable_path=find_browser(), args=FLAGS, ignore_default_args=["--hide-scrollbars"]
    )
    yield launched
    launched.close()


def test_nothing_moves_sideways_where_scrollbars_take_room(
    gallery: str, with_scrollbars: Browser
) -> None:
    """Check B17: neither between a slide that scrolls and one that fits, nor during a change."""
    page = with_scrollbars.new_page(viewport={"width": 900, "height": 560})
    page.goto(f"{gallery}/1/")
    page.evaluate(WATCH)
    places, scrolls = set(), set()

    for position in range(2, len(SLIDES) + 1):
        page.locator("#next").click()
        at(page, position)
        page.locator("article").evaluate(SETTLED)
        places.add(page.locator("h1").evaluate("e => e.getBoundingClientRect().left"))
        scrolls.add(page.evaluate("document.documentElement.scrollHeight > innerHeight"))
    seen = page.evaluate("window.seen")

    assert scrolls == {True, False}
    assert len(places) == 1
    assert max(wide for wide, _ in seen) <= 0
    assert len({bottom for _, bottom in seen}) == 1
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_on_nothing_can_be_read_in_the_dark(
    gallery: str, context_of: ContextOf, scheme: str
) -> None:
    page = context_of(color_scheme=scheme).new_page()
    for forced in FORCED:
        page.emulate_media(forced_colors=forced)
        page.goto(f"{gallery}/{SLIDES.index('ink') + 1}/")
        image = page.locator("#slide img")
        image.evaluate("image => image.decode()")

        shot = Image.open(BytesIO(image.screenshot())).convert("L")
        corner = shot.crop((4, 4, 5, 5))
        assert corner.tobytes()[0] > 200
        assert min(shot.tobytes()) < 40

    page.goto(f"{gallery}/1/")
    ground = page.locator("#slide img").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground.endswith(", 0)")
