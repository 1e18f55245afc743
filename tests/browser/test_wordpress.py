"""An address pasted into a real WordPress, with its own script, editor and themes (check A12)."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator

import feedparser
import pytest
from lxml import html
from playwright.sync_api import Frame, Page, TimeoutError, expect

from tests.browser.host import slide_in
from tests.support import wordpress as program
from tests.support.debian import wanted
from tests.support.places import STORY, place
from tests.support.wordpress import PASSWORD, WordPress

pytestmark = pytest.mark.costly

SCREENS = {"desktop": 1280, "phone": 360}

# The frame shows all of its text, and no more than that.
FITS = """() => {
  const end = document.querySelector("footer").getBoundingClientRect().bottom;
  return document.documentElement.scrollHeight <= innerHeight && innerHeight - end < 2;
}"""

FIGURES = """() => [innerWidth, innerHeight, document.documentElement.scrollHeight,
  ...[...document.body.children].map((each) =>
    [each.tagName, each.getBoundingClientRect().bottom])]"""


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    """Run a WordPress."""
    wanted("WordPress", bool(program.find()))
    with program.running(tmp_path_factory.mktemp("wordpress")) as site:
        yield site


@pytest.fixture(scope="session")
def post(wordpress: WordPress, bundled: str) -> Callable[[str], str]:
    """Return a function that publishes a text, in which {site} is our address, once."""
    known: dict[str, str] = {}

    def publish(text: str) -> str:
        if text not in known:
            known[text] = wordpress.publish(text.replace("{site}", bundled))
        return known[text]

    return publish


def block(path: str) -> str:
    """Return an Embed block as the editor writes it."""
    url = "{site}" + path
    return (
        f'<!-- wp:embed {{"url":"{url}","type":"rich"}} --><figure class="wp-block-embed is-type-'
        f'rich"><div class="wp-block-embed__wrapper">\n{url}\n</div></figure><!-- /wp:embed -->'
    )


def framed(page: Page) -> Frame:
    """Return the one frame of a post."""
    [element] = page.locator("iframe").element_handles()
    frame = element.content_frame()
    assert frame
    return frame


def fits(frame: Frame) -> None:
    """Wait until a frame is as high as its text; fail with its figures if it never is."""
    try:
        frame.wait_for_function(FITS)
    except TimeoutError as error:
        raise AssertionError(frame.evaluate(FIGURES)) from error


@pytest.mark.parametrize("width", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize(
    ("text", "position"),
    [
        (f"Read this:\n\n{{site}}/fr/{STORY}/8/\n\nGood, is it not?", 8),
        (block(f"/en/{STORY}/8/"), 8),
    ],
    ids=["paragraph", "block"],
)
def test_a_pasted_address_shows_the_slide_as_high_as_its_text(
    page: Page,
    wordpress: WordPress,
    post: Callable[[str], str],
    width: int,
    text: str,
    position: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    address = post(text)

    for theme in wordpress.themes:
        page.goto(f"{address}&theme={theme}")
        page.locator("iframe").scroll_into_view_if_needed()
        slide_in(page.frame_locator("iframe"), position)

        fits(framed(page))
        box = page.locator("iframe").bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width, theme
        expect(page.locator("blockquote")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "position"),
    [(f"/en/{STORY}/", 1), (f"/en/{STORY}/all/", 1), (f"/en+fr/{STORY}/2/", 2)],
    ids=["cover", "whole", "pair"],
)
def test_other_pages_of_a_story_can_be_pasted_too(
    page: Page, post: Callable[[str], str], path: str, position: int
) -> None:
    page.goto(post(block(path)))

    slide_in(page.frame_locator("iframe"), position)
    fits(framed(page))


def test_the_next_slide_has_its_own_height(page: Page, post: Callable[[str], str]) -> None:
    page.goto(post(block(f"/fr/{STORY}/8/")))
    for position in range(8, 11):
        slide_in(page.frame_locator("iframe"), position)
        fits(framed(page))

        page.frame_locator("iframe").locator("#next").click()


def test_a_frame_with_another_secret_is_not_heard(page: Page, post: Callable[[str], str]) -> None:
    address = post(block(f"/fr/{STORY}/8/"))
    page.add_init_script(
        """window.told = [];
        addEventListener("message", ({ data }) => told.push(data));
        new MutationObserver(() => {
          for (const frame of document.querySelectorAll("iframe")) frame.dataset.secret = "01234";
        }).observe(document, { childList: true, subtree: true });"""
    )

    page.goto(address)

    page.wait_for_function("() => told.some(data => data.message === 'height')")
    assert page.locator("iframe").get_attribute("height") == "480"


def test_who_does_not_know_the_secret_is_told_nothing(
    page: Page, post: Callable[[str], str]
) -> None:
    page.add_init_script("window.told = []; onmessage = ({ data }) => told.push(data)")
    page.goto(post(block(f"/fr/{STORY}/8/")))
    slide_in(page.frame_locator("iframe"), 8)
    asked = 50

    page.evaluate(
        """asked => {
          for (let time = 0; time < asked; time++) {
            frames[0].postMessage({ message: "ready", secret: "0123456789" }, "*");
            frames[0].postMessage({ message: "ready" }, "*");
          }
          frames[0].postMessage({ namespace: "slideshow", command: "next" }, "*");
        }""",
        asked,
    )

    page.wait_for_function("() => told.some(data => data.event === 'slide')")
    secrets = page.evaluate("told.filter(data => data.message).map(data => data.secret)")
    assert 0 < len(secrets) < asked
    assert {*secrets} == {page.locator("iframe").get_attribute("data-secret")}


def test_the_link_to_the_story_leads_out_of_the_sandbox(
    page: Page, bundled: str, post: Callable[[str], str]
) -> None:
    page.goto(post(block(f"/fr/{STORY}/8/")))
    slide_in(page.frame_locator("iframe"), 8)

    page.frame_locator("iframe").locator("#whole").click()

    page.wait_for_url(f"{bundled}/fr/{STORY}/8-*/")


def test_feed_readers_get_a_link_to_the_slide(
    wordpress: WordPress, bundled: str, post: Callable[[str], str]
) -> None:
    address = post(block(f"/fr/{STORY}/8/"))

    with urllib.request.urlopen(f"{wordpress.address}/?feed=rss2") as answer:
        feed = feedparser.parse(answer.read())

    [entry] = [entry for entry in feed.entries if entry.link == address]
    links = [link.get("href") for link in html.fromstring(entry.content[0].value).iter("a")]
    assert f"{bundled}/fr/{STORY}/{place('fr', 8)}/" in links


def test_the_editor_previews_the_whole_slide(
    page: Page, wordpress: WordPress, post: Callable[[str], str]
) -> None:
    number = post(block(f"/fr/{STORY}/8/")).partition("=")[2]
    page.goto(f"{wordpress.address}/wp-login.php")
    page.locator("#user_login").fill("admin")
    page.locator("#user_pass").fill(PASSWORD)
    page.locator("#wp-submit").click()
    page.wait_for_url("**/wp-admin/**")

    page.goto(f"{wordpress.address}/wp-admin/post.php?post={number}&action=edit")

    page.locator(".wp-block-embed iframe").wait_for()
    slide_in(page.frame_locator(".wp-block-embed iframe"), 8)
    fits(framed(page))
