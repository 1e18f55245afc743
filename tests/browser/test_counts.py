"""Reads are counted as readers see slides: pages fetched ahead are not, slides in place are."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from slideshow.library.counts import Counts
from tests.browser.host import Host, slide_in
from tests.commands.test_under_load import until
from tests.conftest import Serve
from tests.web.conftest import ARTICLE, write


def reads(path: Path, *by: str) -> list[tuple[str | int, ...]]:
    return [*Counts(path).totals(by)]


def test_each_slide_is_counted_once_as_it_is_shown(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    counts = tmp_path / "counts.db"
    place = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})
    address = serve(place, SLIDESHOW_COUNTS=str(counts))

    page.goto(f"{address}/fr/essai/1/")
    page.get_by_role("link", name="Suivant").click()
    expect(page.locator("#slide h1")).to_have_text("Deux")
    until(lambda: sum(int(row[-1]) for row in reads(counts, "story")) == 2)

    assert reads(counts, "slide", "shown") == [("deux", "page", 1), ("un", "page", 1)]


def test_slides_in_a_frame_are_counted_as_such(
    page: Page, serve: Serve, tmp_path: Path, host: Host
) -> None:
    counts = tmp_path / "counts.db"
    place = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})
    address = serve(place, SLIDESHOW_COUNTS=str(counts))
    frame = f'<iframe src="{address}/embed/fr/essai/1/" sandbox="allow-scripts"></iframe>'

    page.goto(host.show(frame))
    slide_in(page.frame_locator("iframe"), 1)
    page.frame_locator("iframe").get_by_role("link", name="Suivant").click()
    slide_in(page.frame_locator("iframe"), 2)

    until(lambda: reads(counts, "shown") == [("frame", 2)])
