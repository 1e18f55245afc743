"""The exported site on a plain static server, in a real browser."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from slideshow.commands.export import Site, export
from slideshow.settings import Settings
from tests.support.http import answering


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


def test_nothing_but_the_site_is_in_the_folder(tmp_path: Path) -> None:
    export(Site(Settings()), tmp_path, lambda done: None)

    assert {path.name for path in tmp_path.iterdir()} >= {"index.html", "fr", "en", "static"}
    assert not list(tmp_path.glob("*.new"))
