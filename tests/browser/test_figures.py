"""Figures in the browser: large, light to load, legible, and found right by axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, Route, expect

from tests.browser.conftest import ContextOf
from tests.browser.gallery import HEADLINE, PARAGRAPH, ink, scene, screen
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import PARTS, PHONES
from tests.browser.test_reading_tools import VOICES
from tests.conftest import serving
from tests.pictures import saved
from tests.support.recordings import CAPTIONS, film, sound
from tests.support.touch import Finger

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
    '<circle cx="30" cy="20" r="15" fill="#b33"/></svg>'
)
SLIDES = {
    "caption": f'![A scene.](land.jpg "Photo: Ada")\nThe harbour at *noon*.\n\n{PARAGRAPH}',
    "row": f'![Before.](land.jpg) ![After.](port.jpg "Photo: Bea")\nTwo views.\n\n{PARAGRAPH}',
    "four": "![A.](land.jpg) ![B.](port.jpg) ![C.](land.jpg) ![D.](port.jpg)\nFour.\n\n"
    f"{PARAGRAPH}",
    "bleed {.bleed}": f'![A scene.](white.png "Photo: Ada")\nIn snow.\n\n{PARAGRAPH}',
    "three": f"![A.](land.jpg) ![B.](port.jpg) ![C.](land.jpg)\nThree.\n\n{PARAGRAPH}",
    "within": f"Press ![the wheel](icon.png). {PARAGRAPH}\n\n- ![A plan.](plan.svg)",
    "left": f"![A scene.](port.jpg){{.left}}\n\n{PARAGRAPH}",
    "drawing": f"![A plan.](plan.svg)\nA plan.\n\n{PARAGRAPH}",
    "ink": f"![A chart.](ink.png)\n\n{PARAGRAPH}",
    "film": f'![The harbour.](clip.webm "Film: Ada")\nAt noon.\n\n{PARAGRAPH}',
    "upright": f"![The lamp.](tall.webm)\n\n{PARAGRAPH}",
    "elsewhere": f"[The lamp](https://www.youtube.com/watch?v=aqz-KE-bpKQ)\n\n{PARAGRAPH}",
    "sound": f'![The horn.](horn.wav "Recording: Bea")\n\n{PARAGRAPH}',
}
PLAY = "media => { media.muted = true; media.play(); }"
PLAYS = """media => media.currentTime > 0
  || new Promise((resolve) => media.addEventListener("timeupdate", resolve, { once: true }))"""
LOADED = """async (element) => {
  const loaded = new Promise((resolve) => element.addEventListener("load", resolve));
  if (element.readyState !== 2) await loaded;
  return [element.track.mode, element.track.cues.length];
}"""
# The names of what a screen reader says of a figure, and those of them that have the focus in turn.
ORDERS: dict[str, list[str]] = {
    "caption": ["A scene.", "Enlarge: A scene.", "noon", "Photo: Ada"],
    "row": ["Before.", "Enlarge: Before.", "After.", "Enlarge: After.", "Photo: Bea", "Two views."],
    "bleed": ["A scene.", "Enlarge: A scene.", "In snow.", "Photo: Ada"],
    "left": ["A scene.", "Enlarge: A scene."],
    "film": ["The harbour.", "At noon.", "Film: Ada", "Transcript (The harbour.)"],
    "sound": ["The horn.", "Recording: Bea", "Transcript (The horn.)"],
    "elsewhere": ["YouTube", "The lamp", "Show it here"],
}
FOCUSED = re.compile(r"Enlarge|The harbour|The horn|Transcript|The lamp|Show it here")
NAME = """() => {
  const each = document.activeElement;
  const name = each.ariaLabel ?? each.textContent;
  return each.closest("#slide article") && name.trim().replace(/\\s+/g, " ");
}"""
PLACES = {name.split()[0]: place for place, name in enumerate(SLIDES, 1)}


FIVE = "\n\n".join(f"![{name}.]({name}.jpg)\nAt noon.\n\nText." for name in "abcde")


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A slide of five pictures of 20 megapixels, each with the detail of a photograph."""
    folder = tmp_path_factory.mktemp("five")
    noise = Image.effect_noise((684, 456), 60).resize((1368, 912)).convert("RGB")
    whole = saved(Image.blend(scene(1368, 912), noise, 0.2).resize((5472, 3648)), quality=85)
    for name in "abcde":
        (folder / f"{name}.jpg").write_bytes(whole + name.encode())
    (folder / "five.en.md").write_text(f"# Five\n\n## One\n\n{FIVE}\n\n## Two\n\nText.\n")
    with serving(str(folder)) as address:
        yield f"{address}/en/five/1/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("figures")
    images = {
        "land.jpg": saved(scene(1500, 1000)),
        "port.jpg": saved(scene(1000, 1500)),
        "white.png": saved(Image.new("RGB", (1500, 1000), "white"), "PNG"),
        "icon.png": saved(scene(32, 32), "PNG"),
        "ink.png": saved(ink(900, 600), "PNG"),
        "plan.svg": SVG.encode(),
        "clip.webm": film(),
        "clip.en.vtt": CAPTIONS.encode(),
        "tall.webm": film(180, 320),
        "horn.wav": sound(),
        "horn.en.vtt": CAPTIONS.encode(),
    }
    for name, data in images.items():
        (folder / name).write_bytes(data)
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in SLIDES.items())
    (folder / "figures.en.md").write_text(f"# Figures\n\n{body}\n")
    with serving(str(folder), environment={"SLIDESHOW_EMBEDDED_HOSTS": "youtube.com"}) as address:
        yield f"{address}/en/figures/"


def at(site: str, name: str) -> str:
    return f"{site}{PLACES[name]}/"


def phone_at(context_of: ContextOf, site: str, name: str) -> tuple[Page, Finger]:
    """Open a slide on a phone, with a finger on it."""
    context = context_of(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(at(site, name))
    return page, Finger(context.new_cdp_session(page))


def slide_of(name: str) -> re.Pattern[str]:
    """Match the addresses of a slide, whose name follows its position."""
    return re.compile(rf"/en/figures/{PLACES[name]}(?:-[^/]*)?/$")


def ratio(first: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Compute the contrast of two colours in sRGB (WCAG 2.2)."""

    def luminance(colour: tuple[float, ...]) -> float:
        parts = [each / 255 for each in colour[:3]]
        linear = [
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
        ]
        return sum(
            each * share for each, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
        )

    low, high = sorted([luminance(first), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_axe_finds_nothing_on_any_kind_of_figure(site: str, context_of: ContextOf) -> None:
    page = context_of().new_page()

    for name in PLACES:
        page.goto(at(site, name))
        light = violations(page)
        page.emulate_media(color_scheme="dark")
        assert (light, violations(page)) == ([], []), name
        page.emulate_media(color_scheme="light")


SHOWN = """async (video) => {
    const { track } = video.querySelector("track");
    const loaded = new Promise((done) => video.querySelector("track").onload = done);
    track.mode = "hidden";
    if (!track.cues?.length) await loaded;
    return [...track.cues].map((cue) => cue.getCueAsHTML().textContent.replace(/\\s+/g, " "));
}"""


def test_a_film_shows_the_words_of_its_transcript(page: Page, tmp_path: Path) -> None:
    words = [
        "I <3 you & {\\an8}me",
        "a < b",
        '<font color="#ff0000">Red</font> or <I>lit</I>',
        "AT&T &copy; <stdio.h>\nC",
    ]
    times = (f"00:00:0{number},000 --> 00:00:0{number},900" for number in range(4))
    captions = "".join(
        f"{number}\n{time}\n{value}\n\n"
        for number, (time, value) in enumerate(zip(times, words, strict=True), 1)
    )
    (tmp_path / "film.en.md").write_text("# Film\n\n## One\n\n![A lamp.](clip.webm)\n")
    (tmp_path / "clip.webm").write_bytes(film())
    (tmp_path / "clip.en.srt").write_text(captions)

    with serving(str(tmp_path)) as address:
        page.goto(f"{address}/en/film/1/")
        shown = page.locator("video").evaluate(SHOWN)
        read = page.locator("details.transcript p span").all_text_contents()

    assert read == ["I <3 you & me", "a < b", "Red or lit", "AT&T © <stdio.h> C"]
    assert shown == read


def said(page: Page) -> list[str]:
    """List the names in the accessibility tree of a slide, but for those of whole figures."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    known = {each["nodeId"]: each for each in nodes}

    def names(node: dict[str, Any]) -> Iterator[str]:
        if not node["ignored"] and node["role"]["value"] != "figure":
            yield node.get("name", {}).get("value", "").strip()
        for child in node["childIds"]:
            yield from names(known[child])

    (article,) = (each for each in nodes if each.get("role", {}).get("value") == "article")
    return list(dict.fromkeys(names(article)))


@pytest.mark.parametrize("name", ORDERS)
def test_a_figure_its_caption_and_credit_are_said_and_focused_in_order(
    site: str, page: Page, name: str
) -> None:
    page.goto(at(site, name))
    expected = ORDERS[name]

    heard = [each for each in said(page) if each in expected]
    page.locator("#next").focus()
    page.keyboard.press("Tab")
    focused: list[str] = []
    while reached := page.evaluate(NAME):
        focused.append(reached)
        page.keyboard.press("Tab")

    assert heard == expected
    assert list(dict.fromkeys(focused)) == [each for each in expected if FOCUSED.match(each)]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_text_over_a_white_picture_keeps_its_contrast(
    site: str, page: Page, width: int, height: int
) -> None:
    """Its ground is measured where the text stands, as the screen shows it."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(at(site, "bleed"))
    words = page.locator(".bleeding .panel :is(h1, p)")
    inks = words.evaluate_all("all => all.map((each) => getComputedStyle(each).color)")
    words.evaluate_all("all => all.forEach((each) => { each.style.color = 'transparent'; })")

    grounds = [Image.open(BytesIO(each.screenshot())).convert("RGB") for each in words.all()]

    assert len(inks) == 2
    for said, ground in zip(inks, grounds, strict=True):
        colour = tuple(map(float, re.findall(r"[\d.]+", said)))
        lightest, darkest = zip(*ground.getextrema(), strict=True)
        assert min(ratio(lightest, colour), ratio(darkest, colour)) >= 4.5


def test_the_pictures_of_a_row_are_equally_high(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(at(site, "row"))

    boxes = [each.bounding_box() for each in page.locator(".line img").all()]

    heights = [each["height"] for each in boxes if each]
    assert len(heights) == 2
    assert max(heights) - min(heights) <= 2


@pytest.mark.parametrize("width", [768, 1280])
def test_a_picture_stands_on_the_side_that_its_author_chose(
    site: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 1024})
    page.goto(at(site, "caption"))
    edge = page.locator("#slide h1").bounding_box()

    page.goto(at(site, "left"))

    picture = page.locator("#slide .picture").bounding_box()
    text = page.locator("#slide article > :last-child").bounding_box()
    assert edge
    assert picture
    assert text
    assert picture["x"] == edge["x"]
    assert picture["x"] + picture["width"] < text["x"] + 1
    assert picture["y"] < text["y"] + text["height"]


def test_text_is_in_sight_with_any_figure_below_a_long_headline(
    site: str, context_of: ContextOf
) -> None:
    page = screen(context_of, PHONES[0])

    for name in ("row", "three", "four", "bleed", "film", "sound"):
        page.goto(at(site, name))
        page.locator("#slide h1").evaluate("(e, text) => { e.textContent = text; }", HEADLINE)
        for width, height in (*PHONES, (390, 810), (768, 954)):
            page.set_viewport_size({"width": width, "height": height})
            parts = page.evaluate(PARTS)
            text = page.locator("#slide article p:not(figure p)").last.bounding_box()

            assert text
            assert parts["bar"] - text["y"] > parts["line"], (name, width, height)


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (2560, 1440)])
def test_captions_grow_with_the_text(site: str, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(at(site, "caption"))

    text, caption = (
        page.locator(each).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        for each in ("#slide article > .paragraph p", "#slide figcaption p")
    )

    assert caption >= max(14, text / 2)


@pytest.mark.parametrize(("name", "least"), [("caption", 240), ("left", 120), ("row", 180)])
def test_a_picture_is_no_stamp_on_a_small_phone(
    site: str, context_of: ContextOf, name: str, least: int
) -> None:
    page = screen(context_of, (320, 568))
    page.goto(at(site, name))

    picture = page.locator("#slide .picture img").first.bounding_box()

    assert picture
    assert picture["width"] >= least


@pytest.mark.parametrize("ratio", ["ratio-178", "ratio-56"])
def test_a_film_has_room_for_its_buttons_on_a_small_phone(
    site: str, page: Page, ratio: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(at(site, "film"))
    page.locator("#slide .film").evaluate(
        "(each, ratio) => each.classList.replace('ratio-178', ratio)", ratio
    )

    film = page.locator("#slide video").bounding_box()

    assert film
    assert film["width"] >= 160


def test_the_caption_over_a_picture_leaves_its_button_free(
    site: str, context_of: ContextOf
) -> None:
    size = {"width": 320, "height": 568}
    page = context_of(is_mobile=True, has_touch=True, viewport=size).new_page()
    page.goto(at(site, "bleed"))
    page.locator("figcaption .caption p").evaluate(
        "each => { each.textContent = 'Snow. '.repeat(20); }"
    )

    button = page.locator(".enlarge").bounding_box()
    caption = page.locator("#slide figcaption").bounding_box()

    assert button
    assert caption
    assert button["x"] + button["width"] <= caption["x"]


def test_a_picture_is_opened_large_with_its_words_and_closed_by_key(site: str, page: Page) -> None:
    page.goto(at(site, "caption"))

    page.keyboard.press("Tab")
    page.locator(".enlarge").focus()
    page.keyboard.press("Enter")

    panel = page.locator("#large")
    expect(panel).to_be_visible()
    expect(panel.locator("img")).to_have_attribute("alt", "A scene.")
    expect(panel.locator("figcaption")).to_contain_text("Photo: Ada")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".enlarge")).to_be_focused()


def test_a_tap_opens_zooms_and_closes(site: str, context_of: ContextOf) -> None:
    page, _ = phone_at(context_of, site, "caption")
    panel = page.locator("#large")

    page.locator("#slide figure img").tap()
    expect(panel).to_be_visible()
    panel.locator("img").tap()
    expect(panel.get_by_role("button", name="Zoom")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Close").tap()

    expect(panel).to_be_hidden()
    expect(page).to_have_url(slide_of("caption"))


def test_in_a_large_picture_swipes_go_on_and_back_and_close(
    site: str, context_of: ContextOf
) -> None:
    page, finger = phone_at(context_of, site, "row")
    shown = page.locator("#large img")
    page.locator("#slide figure img").first.tap()
    expect(shown).to_have_attribute("alt", "Before.")

    finger.swipe((300, 400), (100, 400))
    expect(shown).to_have_attribute("alt", "After.")
    finger.swipe((100, 400), (300, 400))
    expect(shown).to_have_attribute("alt", "Before.")
    finger.swipe((200, 300), (200, 500))

    expect(page.locator("#large")).to_be_hidden()
    expect(page).to_have_url(slide_of("row"))


def test_one_finger_moves_about_in_a_picture_that_two_enlarged(
    site: str, context_of: ContextOf
) -> None:
    page, finger = phone_at(context_of, site, "row")
    page.locator("#slide figure img").first.tap()
    expect(page.locator("#large")).to_be_visible()

    finger.enlarge(2)
    page.wait_for_function("() => document.documentElement.classList.contains('zoomed')")
    finger.swipe((150, 300), (50, 300))

    # 100 px of the screen are 50 of the page, less those that the browser waits for a tap.
    page.wait_for_function("() => visualViewport.offsetLeft > 20")
    expect(page.locator("#large img")).to_have_attribute("alt", "Before.")


def test_a_swipe_beyond_the_last_large_picture_turns_the_slide(
    site: str, context_of: ContextOf
) -> None:
    page, finger = phone_at(context_of, site, "caption")
    page.locator("#slide figure img").tap()
    expect(page.locator("#large img")).to_be_visible()

    finger.swipe((300, 400), (100, 400))

    expect(page).to_have_url(slide_of("row"))
    expect(page.locator("#large")).to_be_hidden()


def test_in_a_large_picture_the_arrows_go_to_the_next_and_then_on(site: str, page: Page) -> None:
    page.goto(at(site, "row"))
    panel = page.locator("#large")
    page.locator(".enlarge").first.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()

    page.keyboard.press("ArrowRight")
    expect(panel.locator("img")).to_have_attribute("alt", "After.")
    expect(panel.locator("figcaption")).to_have_text("Two views. Photo: Bea")
    page.keyboard.press("ArrowRight")

    expect(page).to_have_url(slide_of("four"))
    expect(panel).to_be_hidden()


def test_without_scripts_a_picture_opens_as_a_file(site: str, context_of: ContextOf) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(at(site, "caption"))

    page.locator(".enlarge").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/pictures/figures/land\..*\.webp$"))


@pytest.mark.parametrize("name", ["film", "sound"])
def test_nothing_of_a_recording_is_fetched_before_it_is_played(
    site: str, page: Page, name: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(at(site, name))
    page.wait_for_load_state("networkidle")
    before = [each for each in asked if re.search(r"\.(webm|wav)$", each)]
    page.locator("#slide :is(video, audio)").evaluate(
        "media => { media.muted = true; media.play(); }"
    )
    page.locator("#slide :is(video, audio)").evaluate(PLAYS)

    assert before == []
    assert any(re.search(r"\.(webm|wav)$", each) for each in asked)


def test_autoplay_waits_for_the_end_of_a_film(site: str, page: Page) -> None:
    page.clock.install()
    page.goto(at(site, "film"))
    page.locator("#slide video").evaluate(
        "video => Object.defineProperty(video, 'paused', { get: () => window.isOver ?? false })"
    )
    page.locator("#play").click()

    page.clock.run_for(60_000)
    expect(page).to_have_url(slide_of("film"))
    page.evaluate("() => { window.isOver = true; }")
    for _ in range(60):  # a longer time at once would be too long for the request too
        page.clock.run_for(1_000)
        expect(page.locator(".htmx-request")).to_have_count(0)
        if not slide_of("film").search(page.url):
            break

    expect(page).not_to_have_url(slide_of("film"))


def test_listening_waits_for_the_end_of_a_film(site: str, page: Page) -> None:
    page.add_init_script(VOICES % ["en-GB"])
    page.goto(at(site, "film"))
    page.locator("#more").click()
    page.locator("#listen").click()
    page.wait_for_function("() => window.waiting.length")
    said = page.evaluate("window.said.length")

    page.locator("#slide video").dispatch_event("play")
    assert page.evaluate("[window.waiting.length, window.said.length]") == [0, said]
    page.locator("#slide video").dispatch_event("ended")

    page.wait_for_function("() => window.waiting.length")
    assert page.evaluate("window.said.at(-1)[1] === window.said.at(-2)[1]")  # the same sentence


@pytest.mark.parametrize("name", ["film", "upright"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_moves_when_a_poster_comes(site: str, page: Page, name: str, width: int) -> None:
    """CLS 0 (B17), by the boxes: an engine without that measure is laid out by them too."""
    page.set_viewport_size({"width": width, "height": 800})
    held: list[Route] = []
    page.route(re.compile("/pictures/"), lambda route: held.append(route))
    boxes = """() => [...document.querySelectorAll("#slide :is(h1, video, figcaption, p)")]
      .map((each) => JSON.stringify(each.getBoundingClientRect()))"""

    page.goto(at(site, name), wait_until="commit")
    page.locator("#slide video").wait_for()
    page.wait_for_function("() => document.styleSheets.length && document.readyState !== 'loading'")
    before = page.evaluate(boxes)
    for each in held:
        each.continue_()
    page.unroute_all()
    page.locator("#slide .still").evaluate("image => image.decode()")

    assert page.evaluate(boxes) == before


def test_on_paper_a_film_is_its_poster(site: str, page: Page) -> None:
    page.goto(at(site, "film"))
    still = page.locator("#slide .still")
    expect(still).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator("#slide video")).to_be_hidden()
    expect(still).to_be_visible()
    assert still.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_captions_are_shown_over_the_film(site: str, page: Page) -> None:
    page.goto(at(site, "film"))

    page.locator("#slide video").evaluate(PLAY)
    track = page.locator("#slide video track").evaluate(LOADED)

    assert track == ["showing", 3]


def test_no_other_site_is_asked_before_the_reader_wants_it(
    site: str, context_of: ContextOf
) -> None:
    page = context_of().new_page()
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<p>Film</p>", content_type="text/html")

    page.route(lambda address: not address.startswith(site[: site.index("/en/")]), note)
    page.goto(at(site, "elsewhere"))
    page.wait_for_load_state("networkidle")
    before = [*asked]
    page.get_by_role("button", name="Show it here").click()
    expect(page.frame_locator(".elsewhere iframe").locator("p")).to_have_text("Film")

    assert before == []
    assert asked == ["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"]
    expect(page.locator(".elsewhere iframe")).to_have_attribute("title", "The lamp")


@pytest.mark.parametrize("device", ["iPhone 13", "iPhone 14 Pro Max", "Pixel 7", "Galaxy S9+"])
def test_five_large_pictures_cost_a_phone_little_before_it_scrolls(
    five: str, context_of: ContextOf, playwright: Playwright, device: str
) -> None:
    phone = {**playwright.devices[device]}
    phone.pop("default_browser_type")
    page = context_of(**phone).new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda each: sizes.append(each.sizes()["responseBodySize"]))

    page.goto(five)
    page.wait_for_load_state("networkidle")

    assert sum(sizes) < 200_000
    last = page.locator("#slide img").last
    small = last.evaluate("image => image.currentSrc")
    last.scroll_into_view_if_needed()
    expect(last).not_to_have_js_property("currentSrc", small)
