"""Pictures in a real browser: which file it takes, when, and that nothing moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import ContextOf, listen
from tests.browser.test_slides import at
from tests.conftest import Serve, serving
from tests.pictures import photograph, saved, two_colours
from tests.support.places import STORY
from tests.web.conftest import write

ARTICLE = """---
image: wide.jpg
---
# The station at night

## A ticket for one

![A wide hall.](wide.jpg "Photo: Ada Martin")

The counter closed at six. Nobody was surprised.

## Platform nine

![A tower.](tall.png "Photo: Ada Martin")

The train stood there already, its lamps lit.

## The end

Everyone went home.
"""
SHIFT = """() => new Promise((resolve) => {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => each.value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts)));
})"""
PLACES = """[...document.querySelectorAll('#slide img')].flatMap((image) => {
  const { left, top, width, height } = image.getBoundingClientRect();
  return [left, top, width, height];
})"""
SHOWN = "[...document.querySelectorAll('#slide img')].map((image) => image.currentSrc)"
SIZES = [(320, 640), (768, 1024), (1280, 800), (1920, 1080)]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files: dict[str, str | bytes] = {
        "station.en.md": ARTICLE,
        "wide.jpg": photograph(2400, 1600),
        "tall.png": saved(two_colours(1200, 1800), "PNG"),
    }
    with serving(str(write(tmp_path_factory.mktemp("stories"), files))) as address:
        yield f"{address}/en/station/"


def test_a_slide_of_text_waits_for_no_style_of_pictures(page: Page, bundled: str) -> None:
    answer = page.goto(f"{bundled}/en/{STORY}/8/")
    assert answer
    assert re.findall(r'<link[^>]*rel="stylesheet"', answer.text()) == []

    page.locator("a[rel=next]").click()

    at(page, 9)
    expect(page.locator("#slide .enlarge")).to_have_css("position", "absolute")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_moves_when_a_picture_comes(
    station: str, context_of: ContextOf, width: int, height: int
) -> None:
    context = context_of(viewport={"width": width, "height": height})
    page = context.new_page()

    for path in ("", "1/", "2/", "all/"):
        waiting = context.new_page()
        waiting.route("**/pictures/**", lambda route: None)
        waiting.goto(station + path, wait_until="domcontentloaded")
        awaited = waiting.evaluate(PLACES)
        waiting.close()
        page.goto(station + path)
        page.locator("#slide img").first.evaluate("(image) => image.decode()")

        # A file's own proportions differ by less than a pixel, rounded as its size is.
        assert page.evaluate(PLACES) == pytest.approx(awaited, abs=1)
        assert page.evaluate(SHIFT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "density", "wanted"),
    [
        (320, 1, "320.avif"),
        (390, 3, "800.avif"),
        (412, 2.625, "800.avif"),
        (1280, 1, "640.avif"),
        (1280, 2, "1440.avif"),
    ],
)
def test_the_browser_takes_the_file_for_its_screen(
    station: str, context_of: ContextOf, width: int, density: int, wanted: str
) -> None:
    viewport = {"width": width, "height": 800}
    page = context_of(viewport=viewport, device_scale_factor=density).new_page()

    page.goto(station + "1/")

    (taken,) = page.evaluate(SHOWN)
    assert taken.endswith(f"-{wanted}")


def test_the_next_picture_is_there_before_it_is_asked_for(station: str, page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/pictures/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    with page.expect_response(lambda response: "/pictures/station/tall." in response.url):
        page.goto(station + "1/")
    page.wait_for_load_state("networkidle")
    before = list(asked)

    page.locator("a[rel=next]").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", "2")
    page.locator("#slide img").evaluate("(image) => image.decode()")

    (shown,) = page.evaluate(SHOWN)
    assert shown in before
    # One file for each picture: not a second width of it, nor a second format.
    assert len(before) == 2
    assert all(url in before for url in asked)


def test_the_next_picture_is_decoded_before_it_is_asked_for(station: str, page: Page) -> None:
    """It comes with its headline: the element that is shown is the one that was decoded."""
    with page.expect_response(lambda response: "/pictures/station/tall." in response.url):
        page.goto(station + "1/")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => {
          const image = document.querySelector("#slide img");
          window.first = [image.complete, image.naturalWidth > 0];
        }))"""
    )

    page.locator("#next").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", "2")
    page.locator("#previous").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", "1")
    page.locator("#next").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", "2")

    assert page.evaluate("window.first") == [True, True]
    assert page.locator("#slide picture").count() == 1


def test_pictures_come_without_a_script_too(station: str, context_of: ContextOf) -> None:
    page = context_of(java_script_enabled=False).new_page()
    console: list[str] = []
    listen(page, console)

    with page.expect_response(lambda response: "/pictures/" in response.url) as response:
        page.goto(station + "1/")

    assert response.value.ok
    assert console == []


def test_a_picture_without_a_text_has_all_the_room(
    tmp_path: Path, serve: Serve, context_of: ContextOf
) -> None:
    files: dict[str, str | bytes] = {
        "alone.en.md": "# T\n\n## H\n\n![A long wall.](wall.jpg)\n\n## I\n\nP.\n",
        "wall.jpg": photograph(2400, 400),
    }
    address = serve(write(tmp_path, files))
    page = context_of(viewport={"width": 1280, "height": 800}).new_page()

    page.goto(f"{address}/en/alone/1/")

    image, headline = (page.locator(each).bounding_box() for each in ("#slide img", "h1"))
    assert image
    assert headline
    assert image["x"] == headline["x"]
    assert image["width"] > 1000
    assert page.locator("#slide img").evaluate("e => e.naturalWidth") > 1000


def test_on_paper_a_picture_stays_on_one_sheet(station: str, page: Page) -> None:
    page.emulate_media(media="print")

    page.goto(station + "all/")

    for image in page.locator("#slide img").all():
        box = image.bounding_box()
        assert box
        assert box["height"] < 400
