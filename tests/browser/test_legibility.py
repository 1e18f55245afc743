"""What helps readers who need more: contrast, spacing, large type, other scripts, a voice."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ContextOf
from tests.browser.gallery import screen
from tests.conftest import Serve
from tests.support.places import STORY


def test_numbers_of_the_contents_are_not_read_into_the_headlines(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/")

    contents = page.locator("#contents").aria_snapshot()

    assert re.findall(r'link "\d', contents) == []
    assert contents.startswith("- list:")


def test_the_focus_of_the_masthead_is_in_the_window(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/8/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    place = "e => e.getBoundingClientRect().top - parseFloat(getComputedStyle(e).outlineOffset)"
    width = "e => parseFloat(getComputedStyle(e).outlineWidth)"
    focused = page.locator(":focus")
    assert focused.evaluate(place) - focused.evaluate(width) >= 0


def test_more_contrast_is_given_to_whom_asks_for_it(context_of: ContextOf, bundled: str) -> None:
    page = context_of(contrast="more").new_page()
    page.goto(f"{bundled}/en/{STORY}/8/")
    colour = "e => getComputedStyle(e).color"

    assert page.locator(".position").evaluate(colour) == page.locator("h1").evaluate(colour)


def test_scripts_without_slant_or_tight_lines_have_none(
    serve: Serve, tmp_path: Path, page: Page
) -> None:
    (tmp_path / "lamp.ja.md").write_text("# \u706f\u53f0\n\n## \u6e2f\n\n\u706f\u3002\n")
    page.goto(f"{serve(tmp_path)}/ja/lamp/1/")

    style = page.locator("h1").evaluate(
        "e => [getComputedStyle(e).letterSpacing, "
        "parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)]"
    )

    assert style[0] in ("normal", "0px")
    assert style[1] == pytest.approx(1.3)


# On how many lines a word of the headline stands.
LINES = """(e, word) => {
  const range = document.createRange(), node = e.firstChild;
  const at = node.data.indexOf(word);
  range.setStart(node, at);
  range.setEnd(node, at + word.length);
  return range.getClientRects().length;
}"""


def test_no_line_of_a_french_headline_begins_with_a_short_pronoun(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "dit.fr.md").write_text("# Titre\n\n## Un an de guerre, dit-on à Séoul\n\nTexte.\n")
    page = screen(context_of, (300, 800))
    page.goto(f"{serve(tmp_path)}/fr/dit/1/")

    for width in range(300, 420, 40):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("h1").evaluate(LINES, "dit\u2011on") == 1, width


def test_no_line_of_a_french_title_begins_with_the_euphonic_t(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    title = "La Russie ach\u00e8te-t-elle des armes \u00e0 la Cor\u00e9e du Nord\u202f?"
    (tmp_path / "achat.fr.md").write_text(f"# {title}\n\n## {title}\n\nTexte.\n")
    page = screen(context_of, (320, 800))
    address = serve(tmp_path)

    for path in ("", "1/", "all/"):
        page.goto(f"{address}/fr/achat/{path}")
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.locator("h1").evaluate(LINES, "te\u2011t\u2011elle") == 1, (path, width)
    assert "\u2011" not in page.title()


def test_with_text_spacing_the_steps_keep_apart(context_of: ContextOf, bundled: str) -> None:
    """Check B6, WCAG 1.4.12."""
    page = screen(context_of, (320, 640))
    page.goto(f"{bundled}/fr/{STORY}/17/")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            + " word-spacing: .16em !important }");
          document.adoptedStyleSheets = [sheet]; }"""
    )

    previous, place, following = (
        page.locator(each).bounding_box() for each in ("#previous", ".position", "#next")
    )

    assert previous
    assert place
    assert following
    assert place["x"] - previous["x"] - previous["width"] >= 4
    assert following["x"] - place["x"] - place["width"] >= 4
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_panel_of_long_words_in_large_type_stays_in_its_width(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    word = "Rindfleischetikettierungs\u00fcberwachungsaufgabe"
    (tmp_path / "words.de.md").write_text(f"# T\n\n## {word}\n\nP.\n\n## I\n\nP.\n")
    page = screen(context_of, (195, 422))
    page.goto(f"{serve(tmp_path)}/de/words/1/")

    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a").first).to_be_visible()

    assert page.locator("#contents-panel").evaluate("e => e.scrollWidth - e.clientWidth") == 0
