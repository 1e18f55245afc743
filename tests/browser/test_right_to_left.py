"""Arabic, from right to left: layout, keys, swipes, digits, the frame (checks B1, B5, C5, C11)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.host import Host, slide_in
from tests.browser.test_accessibility import violations
from tests.browser.test_embed_script import element, script
from tests.conftest import Serve, serving
from tests.support.touch import Finger

DATA = Path(__file__).resolve().parents[1] / "data" / "arabic"
SLIDES = "ar-EG/lighthouse"
SECOND = "٢ / ٤"
PROGRAM = """# عنوان

## شريحة

اكتب `./serve ./stories/` الآن.

```
--port 8000 (default).
```
"""

# How far from the left each character of an element's text stands.
PLACES = """({ firstChild: text }) => [...text.data.trimEnd()].map((_, index) => {
  const one = document.createRange();
  one.setStart(text, index);
  one.setEnd(text, index + 1);
  return one.getBoundingClientRect().left;
})"""


@pytest.fixture(scope="module")
def arabic() -> Iterator[str]:
    """Yield the address of a server of the Arabic story."""
    with serving(str(DATA)) as address:
        yield address


def middle(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("place", ["", "embed/"])
def test_the_page_is_laid_out_from_right_to_left(
    page: Page, arabic: str, place: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})

    page.goto(f"{arabic}/{place}{SLIDES}/2/")

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert middle(page, "#next") < middle(page, "#previous")
    assert page.locator("h1").evaluate("element => getComputedStyle(element).textAlign") in (
        "start",
        "right",
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".position > [aria-hidden]")).to_have_text(SECOND)


def test_the_left_arrow_on_the_cover_begins_the_story(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}/{SLIDES}/")

    page.keyboard.press("ArrowLeft")

    page.wait_for_url(f"**/{SLIDES}/1-*/")


def test_programs_read_from_left_to_right(page: Page, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "program.ar.md").write_text(PROGRAM, encoding="utf-8")
    page.goto(f"{serve(tmp_path)}/ar/program/1/")

    for selector in ("p code", "pre code"):
        places = page.locator(selector).evaluate(PLACES)
        assert len(places) > 10
        assert places == sorted(places), selector


@pytest.mark.parametrize("path", ["2/", "all/"])
def test_on_paper_the_address_reads_from_left_to_right(page: Page, arabic: str, path: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{arabic}/{SLIDES}/{path}")

    places = page.locator(".printed").evaluate(PLACES)

    assert len(places) > 20
    assert places == sorted(places)


def test_the_progress_grows_from_the_right(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}/{SLIDES}/1/")

    bar, done = (
        page.locator(selector).evaluate("element => element.getBoundingClientRect().right")
        for selector in (".progress", ".progress .done")
    )

    assert abs(bar - done) < 4


@pytest.mark.parametrize(
    ("key", "position"), [("ArrowLeft", "3"), ("ArrowRight", "1"), ("Home", "1"), ("End", "4")]
)
def test_arrow_keys_turn_round(page: Page, arabic: str, key: str, position: str) -> None:
    page.goto(f"{arabic}/{SLIDES}/2/")

    page.keyboard.press(key)

    expect(page.locator("#slide")).to_have_attribute("data-position", position)


@pytest.mark.parametrize(("key", "position"), [("ArrowLeft", "3"), ("ArrowRight", "1")])
def test_arrow_keys_turn_round_in_a_frame(
    page: Page, arabic: str, host: Host, key: str, position: str
) -> None:
    """In a page of the other direction, which hears of it."""
    page.goto(host.show(script(arabic) + element(arabic, "show", f"/{SLIDES}/2/")))
    frame = page.frame_locator("#show iframe")

    slide_in(frame, 2).locator("#next").press(key)

    expect(frame.locator("#slide")).to_have_attribute("data-position", position)
    expect(frame.locator("html")).to_have_attribute("dir", "rtl")
    page.wait_for_function("() => events.some(e => e.name === 'slide')")
    assert page.evaluate("events.at(-1).lang") == "ar-EG"


@pytest.mark.parametrize("place", ["", "embed/"])
@pytest.mark.parametrize(("to", "position"), [(300, "3"), (40, "1")])
def test_swipes_turn_round(
    context_of: Callable[..., BrowserContext], arabic: str, place: str, to: int, position: str
) -> None:
    context = context_of(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{arabic}/{place}{SLIDES}/2/")

    Finger(context.new_cdp_session(page)).swipe((170, 300), (to, 300))

    expect(page.locator("#slide")).to_have_attribute("data-position", position)


def test_numbers_have_the_digits_of_the_language(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}/{SLIDES}/2/")
    page.locator("a[rel=next]").click()

    expect(page.locator("[role=status]")).to_have_text("الشريحة ٣ من ٤: البحر")
    page.goto(f"{arabic}/{SLIDES}/")
    expect(page.locator(".kicker").first).to_contain_text("٤ شرائح")
    marker = page.locator(".contents a").first
    assert "arabic-indic" in marker.evaluate("link => getComputedStyle(link, '::before').content")


def test_what_is_not_translated_reads_from_left_to_right(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}/{SLIDES}/4/")

    paragraph = page.get_by_text("That night he climbed once more.")

    expect(paragraph).to_have_attribute("lang", "en")
    expect(paragraph).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize("path", [f"{SLIDES}/", f"{SLIDES}/4/", f"embed/{SLIDES}/2/", "ar-EG/"])
def test_the_pages_are_accessible(page: Page, arabic: str, path: str) -> None:
    """Axe finds nothing, in any theme, language or width (B1)."""
    page.goto(f"{arabic}/{path}")

    assert violations(page) == []


def test_what_the_menu_says_in_english_is_shown_on_a_phone(page: Page, arabic: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{arabic}/{SLIDES}/2/")

    page.locator("#more").click()

    box = page.locator("#embed-link span[lang=en]").bounding_box()
    assert box
    assert box["width"] > 50


def test_a_story_in_another_direction_is_in_line_with_the_shelf(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    stories = copytree(DATA, tmp_path / "stories")
    (stories / "train.en.txt").write_text("The train\n\nOne\n\nIt was late.\n")

    page.goto(f"{serve(stories)}/ar-EG/")
    texts = page.locator("li:has([href*=train]) > :is(a, p)")

    ends = texts.evaluate_all("""(all) => all.map((each) => {
      const text = document.createRange();
      text.selectNodeContents(each);
      return text.getBoundingClientRect().right;
    })""")
    assert len(ends) == 3
    assert max(ends) - min(ends) < 2
