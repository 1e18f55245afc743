"""A cover offers to go on where the reader was, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_offline import open_and_keep
from tests.browser.test_slides import TOTAL, at
from tests.conftest import Serve
from tests.support.places import STORY, place
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.worker


def read_until(page: Page, site: str, position: int) -> None:
    """Open a slide, let the worker start, and go on by one."""
    open_and_keep(page, f"{site}/en/{STORY}/{position - 1}/")
    page.locator("#next").click()
    at(page, position)


LABELS = {"en": "Continue with slide 7", "fr": "Reprendre à la diapositive 7"}


@pytest.mark.parametrize(("first", "language"), [("en", "en"), ("fr", "fr"), ("fr", "en")])
def test_the_cover_leads_on_to_the_slide_that_was_left(
    page: Page, bundled: str, first: str, language: str
) -> None:
    read_until(page, bundled, 7)

    page.goto(f"{bundled}/{first}/{STORY}/")
    expect(page.get_by_role("link", name=LABELS[first])).to_be_visible()
    page.locator(f"#languages a[hreflang={language}]").click()
    link = page.get_by_role("link", name=LABELS[language])
    expect(link).to_have_attribute("href", f"{bundled}/{language}/{STORY}/{place(language, 7)}/")
    link.click()

    at(page, 7)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("position", [TOTAL])
def test_a_story_read_to_its_end_begins_anew(page: Page, bundled: str, position: int) -> None:
    read_until(page, bundled, position)

    page.goto(f"{bundled}/en/{STORY}/")
    page.wait_for_timeout(1000)

    expect(page.locator("#begin")).to_be_visible()
    expect(page.locator("#continue")).to_be_hidden()


def test_nothing_is_kept_where_the_site_keeps_nothing(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    place = write(tmp_path, {"essai.fr.txt": ARTICLE})
    site = serve(place, SLIDESHOW_OFFLINE="off")
    page.goto(f"{site}/fr/essai/2/")

    page.goto(f"{site}/fr/essai/")

    expect(page.locator("#continue")).to_have_count(0)
    assert page.evaluate("caches.keys()") == []
