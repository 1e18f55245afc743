"""Stories on paper: every picture is there, and nothing is torn apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ContextOf
from tests.browser.gallery import SHAPES, SLIDES, screen, shapes
from tests.conftest import Serve, serving

STUB = """window.print = () => {
  top.printed = [...document.images].map((image) => image.naturalWidth && image.currentSrc);
  console.log("printed");
  dispatchEvent(new Event("afterprint"));
};"""


LOAD_ALL = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode();
}))"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the story of all shapes of pictures, and give its address."""
    with serving(str(shapes(tmp_path_factory.mktemp("stories")))) as address:
        yield f"{address}/en/shapes"


@pytest.mark.parametrize("path", ["1/", "all/"])
def test_printing_waits_for_all_pictures(gallery: str, context_of: ContextOf, path: str) -> None:
    """Check B19."""
    page = screen(context_of, (1280, 800))
    page.add_init_script(STUB)
    page.goto(gallery.removesuffix("/") + "/" + path)

    if path == "1/":
        page.locator("#more").click()
    with page.expect_console_message(lambda message: message.text == "printed"):
        page.locator("[data-load*=print]").click()

    printed = page.evaluate("window.printed")
    assert len(printed) == len(SLIDES)
    # Sharp enough for paper: not the files for a frame of one pixel.
    widths = [int(address.rpartition("-")[2].partition(".")[0]) for address in printed]
    assert [width for width in widths if width < 600] == [SHAPES["tiny"][0]]


def test_pictures_that_are_there_are_on_the_paper_however_it_is_printed(
    gallery: str, context_of: ContextOf
) -> None:
    page = screen(context_of, (1280, 800))
    page.goto(f"{gallery}/all/")
    # A reader's browser fetches them for paper; the call below does not wait for them.
    page.evaluate(LOAD_ALL)

    pdf = page.pdf()

    # Alone and last show the landscape again, which the file holds once; ink has a mask.
    assert pdf.count(b"/Subtype /Image") >= len(SHAPES) + 1


def test_on_paper_a_quotation_stays_in_one_piece(serve: Serve, tmp_path: Path, page: Page) -> None:
    line = "> The lamp was lit at four in the afternoon, and by five nobody saw it.\n>\n"
    (tmp_path / "quoted.en.md").write_text(f"# T\n\n## H\n\n{line * 3}\n")
    page.emulate_media(media="print")

    page.goto(f"{serve(tmp_path)}/en/quoted/all/")

    for each in ("blockquote", "figure, blockquote"):
        assert page.locator(each).first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
