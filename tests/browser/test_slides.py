"""Going through a story in a real browser, as a reader does (checks B4, B13, C12)."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ContextOf
from tests.conftest import Serve
from tests.support import places
from tests.support.places import place
from tests.web.conftest import ARTICLE, write

STORY = places.STORY
TOTAL = 17


# The title follows the slide, and the rest of the head, a moment later.
HAS_ITS_TITLE = """() => document.title.startsWith(
  document.querySelector("meta[property='og:title']")?.content ?? "")"""


def at(page: Page, position: int) -> None:
    """Wait until the slide at a position is shown."""
    expect(page.locator("#slide")).to_have_attribute("data-position", str(position))


def state(page: Page) -> dict[str, object]:
    """What a page is, for comparing a swap with a full load of the same URL."""
    attributes = "e => e.map(x => [x.getAttribute('rel'), x.hreflang, x.getAttribute('href')])"
    page.wait_for_function(HAS_ITS_TITLE)
    return {
        "url": page.url,
        "title": page.title(),
        "lang": page.locator("html").get_attribute("lang"),
        "head": page.locator("head link[rel=canonical], head link[hreflang]").evaluate_all(
            attributes
        ),
        "meta": page.locator("head meta[property], head meta[name=description]").evaluate_all(
            "e => e.map(x => x.content)"
        ),
        "data": page.locator("head script[type='application/ld+json']").all_text_contents(),
        "links": page.locator("body a[href]").evaluate_all(attributes),
        "tree": page.locator("body").aria_snapshot(),
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_reader_clicks_from_the_first_slide_to_the_last_and_back(
    page: Page, bundled: str, language: str
) -> None:
    page.goto(f"{bundled}/{language}/{STORY}/1/")

    for position in range(2, TOTAL + 1):
        page.locator("a[rel=next]").click()
        at(page, position)
    following = {"fr": "Diaporama suivant", "en": "Next story"}[language]
    expect(page.locator("a[rel=next]")).to_have_text(following)

    for position in range(TOTAL - 1, 0, -1):
        page.go_back()
        at(page, position)
        assert page.url.endswith(f"/{language}/{STORY}/{place(language, position)}/")


@pytest.mark.parametrize("language", ["fr", "en", "en+fr"])
def test_a_swap_leaves_what_a_full_load_would_give(page: Page, bundled: str, language: str) -> None:
    """After a change the page equals a full load of the same address (B4)."""
    page.goto(f"{bundled}/{language}/{STORY}/6/")
    page.locator("a[rel=next]").click()
    at(page, 7)
    page.wait_for_url("**/7-*/")
    swapped = state(page)

    page.reload()

    assert state(page) == swapped
    assert page.locator("h1").count() == 1


def test_back_and_forward_leave_what_a_full_load_would_give(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/6/")
    for position in (7, 8):
        page.locator("a[rel=next]").click()
        at(page, position)
    page.go_back()
    at(page, 7)
    page.go_back()
    at(page, 6)
    page.go_forward()
    at(page, 7)
    restored = state(page)

    page.reload()

    assert state(page) == restored


@pytest.mark.parametrize("javascript", [True, False])
def test_switching_language_stays_on_the_slide(
    context_of: Callable[..., BrowserContext], bundled: str, javascript: bool
) -> None:
    """The switch of language leads to the same slide (C12)."""
    page = context_of(java_script_enabled=javascript).new_page()
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"**/fr/{STORY}/7-*/")

    page.locator("#languages a[hreflang=en]").click()
    page.wait_for_url(f"**/en/{STORY}/7-*/")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#slide")).to_have_attribute("data-position", "7")

    page.go_back()  # to an address that the page has before its slide
    page.wait_for_url(f"**/fr/{STORY}/7-*/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_without_javascript_every_slide_is_reached_by_its_links(
    context_of: Callable[..., BrowserContext], bundled: str
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{bundled}/fr/{STORY}/")

    page.locator("#begin").click()
    for position in range(1, TOTAL):
        page.wait_for_url(f"**/fr/{STORY}/{position}-*/")
        page.locator("a[rel=next]").click()

    page.wait_for_url(f"**/fr/{STORY}/{TOTAL}-*/")
    page.go_back()
    page.wait_for_url(f"**/fr/{STORY}/{TOTAL - 1}-*/")


def test_the_status_names_the_slide_and_stays_the_same_node(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/1/")
    status = page.locator("[role=status]").element_handle()
    assert status

    page.locator("a[rel=next]").click()
    at(page, 2)

    headline = page.locator("h1").inner_text()
    assert status.evaluate("node => node.isConnected")
    assert status.text_content() == f"Slide 2 of {TOTAL}: {headline}"


def test_a_dead_server_leaves_the_slide_and_says_so(
    context_of: Callable[..., BrowserContext], bundled: str
) -> None:
    """A failed change says so, and the next try works (B13)."""
    context = context_of()
    page = context.new_page()
    page.goto(f"{bundled}/fr/{STORY}/1/")
    page.wait_for_load_state("networkidle")
    page.locator("a[rel=next]").click()
    at(page, 2)
    page.wait_for_load_state("networkidle")
    page.locator("a[rel=next]").click()
    at(page, 3)
    context.set_offline(True)
    for _ in range(2):
        page.locator("a[rel=next]").click()

    expect(page.locator("[role=status]")).to_contain_text("Échec du chargement")
    position = int(page.locator("#slide").get_attribute("data-position") or 0)
    assert re.search(rf"/{position}-[^/]+/$", page.url)
    assert page.evaluate("document.activeElement.id") == "next"

    context.set_offline(False)
    page.locator("a[rel=next]").click()
    at(page, position + 1)


def test_an_error_answer_leaves_the_slide_and_says_so(
    context_of: Callable[..., BrowserContext], bundled: str
) -> None:
    """A failed change says so, and the next try works (B13)."""
    page = context_of().new_page()
    page.route("**/2-*/", lambda route: route.fulfill(status=500, body="<h1>no</h1>"))
    page.goto(f"{bundled}/en/{STORY}/1/")

    page.locator("a[rel=next]").click()

    expect(page.locator("[role=status]")).to_contain_text("Couldn’t load")
    at(page, 1)
    assert re.search(r"/1-[^/]+/$", page.url)

    page.unroute("**/2-*/")
    page.locator("a[rel=next]").click()
    at(page, 2)


@pytest.mark.parametrize("kind", ["/{}/", "/{}/{}/", "/{}/{}/all/", "/{}/nothing/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_complains_in_the_console(
    page: Page, bundled: str, kind: str, language: str, console: list[str]
) -> None:
    page.goto(bundled + kind.format(language, STORY))
    page.wait_for_load_state("networkidle")

    if "nothing" in kind:
        assert all("404" in message for message in console)
        console.clear()


def test_an_own_article_is_served_to_the_character(
    page: Page, serve: Callable[..., str], tmp_path: Path
) -> None:
    texts = [
        ("Un\u00a0: deux", "Ah\u202f! «\u00a0x\u00a0» 50 %."),
        ("B", "C\u2019est."),
        ("D", "É."),
    ]
    body = "".join(f"{headline}\r\n\r\n{paragraph}\r\n\r\n" for headline, paragraph in texts)
    (tmp_path / "essai.fr.txt").write_bytes(f"\ufeffTitre\r\n\r\n{body}".encode())
    base = serve(tmp_path / "essai.fr.txt")
    page.goto(f"{base}/fr/essai/1/")

    shown = []
    for position in range(1, 4):
        at(page, position)
        shown.append(
            (page.locator("h1").text_content(), page.locator("article > p").text_content())
        )
        if position < 3:
            page.locator("a[rel=next]").click()

    assert shown == texts


def test_a_reload_shows_what_was_mended_on_the_next_slide_too(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    """Browsers may answer a fetch with what is a minute old: what is fetched ahead is asked for."""
    article = write(tmp_path, {"essai.fr.txt": ARTICLE}) / "essai.fr.txt"
    address = f"{serve(tmp_path, SLIDESHOW_REFRESH='0')}/fr/essai"
    with page.expect_response(f"{address}/2-*/"):
        page.goto(f"{address}/1/")
    article.write_text(ARTICLE.replace("Deuxième", "Corrigé"))
    os.utime(article, (0, 0))  # long settled: the server need not wait for its writer

    with page.expect_response(f"{address}/2-*/"):
        page.reload()
    page.locator("a[rel=next]").click()

    expect(page.locator("#slide article p").first).to_have_text("Corrigé.")


def test_a_slide_that_was_fetched_ahead_is_there_before_the_next_frame(
    page: Page, bundled: str
) -> None:
    """No task of the browser comes between the click and the slide, so that no frame can."""
    page.goto(f"{bundled}/fr/{STORY}/1/", wait_until="networkidle")

    position = page.evaluate(
        """async () => {
            document.getElementById("next").click();
            const next = new MessageChannel();
            next.port2.postMessage("");
            await new Promise((done) => { next.port1.onmessage = done; });
            return document.getElementById("slide").dataset.position;
        }"""
    )

    assert position == "2"


def test_the_arrow_key_on_a_cover_begins_the_story(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/")

    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith(f"/fr/{STORY}/")
    page.keyboard.press("ArrowRight")

    at(page, 1)


def test_of_the_next_slide_comes_only_what_differs(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    page.goto(f"{bundled}/fr/{STORY}/1/", wait_until="networkidle")

    with page.expect_event("requestfinished", lambda asked: "/3-" in asked.url) as ahead:
        page.locator("#next").click()

    assert 0 < ahead.value.sizes()["responseBodySize"] < 1000
    page.locator("#next").click()
    at(page, 3)
    expect(page.locator("h1")).to_have_text("Une information rare")
