"""The main path of a reader, in each of the three engines that browsers have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.conftest import skip_aloud
from tests.browser.engines import Reader, eventually, opened
from tests.browser.gallery import scene
from tests.browser.host import OBEY, Host
from tests.browser.install import ENGINES
from tests.browser.test_offline import IS_KEPT
from tests.conftest import serving
from tests.pictures import saved
from tests.support.places import STORY
from tests.support.recordings import CAPTIONS, film
from tests.web.conftest import write

pytestmark = pytest.mark.costly

SLIDE = """
const { position, story } = document.querySelector("#slide")?.dataset ?? {};
const { lang } = document.documentElement;
return position && { position: Number(position), lang, path: location.pathname };
"""
FOCUSED = """
const each = document.activeElement;
const name = each.ariaLabel ?? each.textContent;
return each.closest("#slide article") && name.trim().replace(/\\s+/g, " ");
"""

# One engine of a kind at a time: two that start at once can wait for each other.


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Iterator[tuple[dict[str, Reader], ExitStack]]:
    with ExitStack() as stack:
        yield {}, stack


@pytest.fixture(params=ENGINES)
def reader(
    request: pytest.FixtureRequest,
    readers: tuple[dict[str, Reader], ExitStack],
    playwright: Playwright,
    browser: Browser,
) -> Reader:
    """Return a reader with a browser of one engine, which they keep for the next test."""
    engine = request.param
    known, stack = readers
    if engine not in known:
        try:
            known[engine] = stack.enter_context(opened(engine, playwright, browser))
        except LookupError as error:
            skip_aloud(str(error))
    known[engine].leave()
    return known[engine]


def slide(reader: Reader) -> dict[str, Any]:
    """Return the position, language and path of the slide that the reader sees."""
    found: dict[str, Any] = reader.run(SLIDE) or {}
    return found


def sees(reader: Reader, position: int, lang: str = "en") -> None:
    """Wait until the reader sees a slide, at its own address."""

    def is_there() -> bool:
        found = slide(reader)
        return (
            found.get("position") == position
            and found["lang"] == lang
            and found["path"].startswith(f"/{lang}/{STORY}/{position}")
        )

    eventually(is_there)


def test_clicks_and_keys_move_through_the_slides(reader: Reader, bundled: str) -> None:
    reader.open(f"{bundled}/en/{STORY}/1/")

    reader.click("a[rel=next]")
    sees(reader, 2)
    reader.press("ArrowRight")
    sees(reader, 3)
    reader.press("ArrowLeft")
    sees(reader, 2)
    reader.click("a[rel=prev]")
    sees(reader, 1)


def test_back_and_reload_keep_the_slide(reader: Reader, bundled: str) -> None:
    reader.open(f"{bundled}/en/{STORY}/4/")
    reader.click("a[rel=next]")
    sees(reader, 5)
    reader.click("a[rel=next]")
    sees(reader, 6)

    reader.back()
    sees(reader, 5)
    reader.reload()
    sees(reader, 5)
    reader.back()
    sees(reader, 4)


def test_a_switch_of_language_keeps_the_slide(reader: Reader, bundled: str) -> None:
    reader.open(f"{bundled}/en/{STORY}/3/")
    reader.click("a[rel=next]")
    sees(reader, 4)

    reader.click("#languages a[hreflang=fr]")

    sees(reader, 4, "fr")


def test_a_cover_changes_its_language_in_place_and_back(reader: Reader, bundled: str) -> None:
    shown = "return [document.documentElement.lang, location.pathname, window.isSamePage]"
    reader.open(f"{bundled}/fr/{STORY}/")
    reader.run("window.isSamePage = true")

    reader.click("#languages a[hreflang=en]")
    eventually(lambda: reader.run(shown) == ["en", f"/en/{STORY}/", True])
    reader.back()

    eventually(lambda: reader.run(shown) == ["fr", f"/fr/{STORY}/", True])


def test_a_paragraph_is_compared_with_its_translation(reader: Reader, bundled: str) -> None:
    twins = "return document.querySelectorAll('.twin > [lang=en]').length"
    reader.open(f"{bundled}/fr/{STORY}/6/")

    reader.click("#more")
    reader.click("#compare")
    reader.click(".compare")
    eventually(lambda: reader.run(twins) == 1)
    reader.press("Escape")

    eventually(lambda: reader.run(twins) == 0)


def test_the_contents_lead_to_a_slide(reader: Reader, bundled: str) -> None:
    reader.open(f"{bundled}/en/{STORY}/2/")

    reader.click("#open-contents")
    reader.click("#contents-panel li:nth-of-type(7) a")

    sees(reader, 7)
    assert not reader.run("return document.querySelector('#contents-panel').open")


def test_the_menu_opens_and_escape_closes_it(reader: Reader, bundled: str) -> None:
    is_open = "return document.querySelector('#more-menu').matches(':popover-open')"
    reader.open(f"{bundled}/en/{STORY}/2/")

    reader.click("#more")
    eventually(lambda: reader.run(is_open))
    reader.press("Escape")

    eventually(lambda: not reader.run(is_open))
    assert reader.run("return document.activeElement.id") == "more"
    sees(reader, 2)


def test_an_opened_story_reads_on_without_the_server(reader: Reader) -> None:
    with serving() as address:
        reader.open(f"{address}/en/{STORY}/1/")
        eventually(lambda: reader.run(f"return ({IS_KEPT})('</html>')"))
        reader.reload()
        sees(reader, 1)

    reader.click("a[rel=next]")
    sees(reader, 2)
    reader.reload()
    reader.click("a[rel=next]")
    sees(reader, 3)
    reader.open(reader.run("return document.querySelector('a[rel=next]').href"))
    sees(reader, 4)


def test_tab_goes_through_the_figures_of_a_slide_in_order(reader: Reader, tmp_path: Path) -> None:
    figures = "![A lamp.](lamp.png) ![A quay.](quay.png)\nAt noon.\n\n![A film.](clip.webm)\n"
    files: dict[str, str | bytes] = {
        "figures.en.md": f"# Figures\n\n## One\n\n{figures}",
        "lamp.png": saved(scene(1200, 800), "PNG"),
        "quay.png": saved(scene(1201, 800), "PNG"),
        "clip.webm": film(),
        "clip.en.vtt": CAPTIONS,
    }
    with serving(str(write(tmp_path, files))) as address:
        reader.open(f"{address}/en/figures/1/")
        reader.run("document.querySelector('#next').focus()")
        focused: list[str] = []
        reader.press("Tab")
        while name := reader.run(FOCUSED):
            focused.append(name)
            reader.press("Tab")

    # A player has several controls.
    assert list(dict.fromkeys(focused)) == [
        "Enlarge: A lamp.",
        "Enlarge: A quay.",
        "A film.",
        "Transcript (A film.)",
    ]


def test_a_frame_has_its_height_and_leaves_the_history_alone(
    reader: Reader, bundled: str, host: Host
) -> None:
    src = f"{bundled}/embed/en/{STORY}/3/"
    reader.open(host.show(f'{OBEY}<iframe id="frame" src="{src}" height="90"></iframe>'))
    history = reader.run("return history.length")

    reader.enter("#frame")
    reader.click("a[rel=next]")
    eventually(lambda: slide(reader).get("position") == 4)
    eventually(lambda: reader.run("return document.documentElement.scrollHeight <= innerHeight"))
    reader.leave()

    assert reader.run("return history.length") == history
