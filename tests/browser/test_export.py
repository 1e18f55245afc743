"""The exported site on a plain static server, in a real browser."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from slideshow.commands.export import Site, export
from slideshow.settings import Settings
from tests.support.http import answering
from tests.support.places import STORY, place
from tests.web.conftest import write

pytestmark = pytest.mark.worker


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address, with a sub-path, where an export stands on Python's own server."""
    root = tmp_path_factory.mktemp("site")
    with answering(partial(Quiet, directory=str(root))) as address:
        base = f"{address}/news/slides"
        export(Site(Settings(base_url=base)), root / "news" / "slides", lambda done: None)
        yield base


def test_slides_change_by_htmx_and_the_language_switch_stays_on_the_slide(
    page: Page, exported: str
) -> None:
    page.goto(f"{exported}/fr/pyongyang-moscou/")
    page.locator("a.button").first.click()
    page.wait_for_url("**/1-*/")
    page.evaluate("window.isSamePage = true")

    page.locator("a[rel=next]").click()
    page.wait_for_url(f"{exported}/fr/pyongyang-moscou/2-*/")

    expect(page.locator("#slide")).to_have_attribute("data-position", "2")
    assert page.evaluate("window.isSamePage")

    page.locator("#languages a[hreflang=en]").click()
    page.wait_for_url(f"{exported}/en/pyongyang-moscou/2-*/")


def test_the_one_page_that_offers_to_embed_a_story_starts_at_the_slide_asked_for(
    page: Page, exported: str
) -> None:
    slide = place("en", 3)
    address = f"{exported}/en/{STORY}/{slide}/"
    page.goto(address)
    page.locator("#more").click()
    link = page.locator("#embed-link").get_attribute("href")

    page.locator("#embed-link").click()

    shown = page.frame_locator("dialog slide-show iframe").locator("#slide")
    expect(shown).to_have_attribute("data-position", "3")
    expect(page.locator("textarea").first).to_have_value(re.compile(re.escape(f'src="{address}"')))
    page.goto(urljoin(page.url, link))
    expect(page.locator("[name=position]")).to_have_value("3")
    expect(page.locator("textarea").first).to_have_value(re.compile(re.escape(f'src="{address}"')))
    page.get_by_role("link", name="Back to the slide").click()
    page.wait_for_url(address)


@pytest.mark.parametrize(("locale", "language"), [("fr-CA", "fr"), ("en-GB", "en")])
def test_the_root_opens_the_readers_language(
    context_of: Callable[..., BrowserContext], exported: str, locale: str, language: str
) -> None:
    page = context_of(locale=locale).new_page()

    page.goto(f"{exported}/")

    page.wait_for_url(f"{exported}/{language}/")


def test_without_javascript_the_root_offers_the_languages(
    context_of: Callable[..., BrowserContext], exported: str
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{exported}/")

    page.get_by_role("link", name="Français").click()

    page.wait_for_url(f"{exported}/fr/")


def test_the_file_for_what_is_missing_is_a_page(exported: str, page: Page) -> None:
    page.goto(f"{exported}/404.html")

    expect(page.locator("h1")).to_have_text("Page not found")


class Host(Quiet):
    """A static host that answers with a page of the site where there is no file."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "news/slides/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)


ARTICLE = """# The ferry

## A map

North is up.

## Le départ

Rope and salt.

## The border

Papers, please.
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a small export on such a host."""
    root = tmp_path_factory.mktemp("host")
    place = write(root / "stories", {"ferry.en.md": ARTICLE})
    with answering(partial(Host, directory=str(root))) as address:
        base = f"{address}/news/slides"
        settings = Settings(stories=str(place), base_url=base)
        export(Site(settings), root / "news" / "slides", lambda done: None)
        yield base


@pytest.mark.parametrize(
    ("former", "current"),
    [
        ("/en/ferry/7-the-border/", "/en/ferry/3-the-border/"),  # it was moved
        ("/en/ferry/1-Le-D%C3%A9part/?a=b#c", "/en/ferry/2-le-d%C3%A9part/?a=b#c"),
        ("/en/ferry/3/", "/en/ferry/3-the-border/"),  # of the time before keys
        ("/en/ferry/2-other-words/", "/en/ferry/2-le-d%C3%A9part/"),
        ("/embed/en/ferry/9-a-map/", "/embed/en/ferry/1-a-map/"),
    ],
)
def test_a_former_address_finds_its_slide_by_the_contents(
    context_of: Callable[..., BrowserContext], host: str, former: str, current: str
) -> None:
    page = context_of().new_page()
    page.goto(host + former)

    page.wait_for_url(host + current)


@pytest.mark.parametrize("address", ["/en/ferry/9/", "/en/none/1-a-map/", "/en/none/"])
def test_an_address_without_a_slide_stays_missing(
    context_of: Callable[..., BrowserContext], host: str, address: str
) -> None:
    page = context_of().new_page()
    page.goto(host + address, wait_until="networkidle")

    assert page.url == host + address
    expect(page.locator("h1")).to_have_text("Page not found")


def test_nothing_but_the_site_is_in_the_folder(tmp_path: Path) -> None:
    export(Site(Settings()), tmp_path, lambda done: None)

    assert {path.name for path in tmp_path.iterdir()} >= {"index.html", "fr", "en", "static"}
    assert not list(tmp_path.glob("*.new"))
