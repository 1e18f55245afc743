"""Twenty brands, loud and pale: everybody can read each of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host
from tests.browser.test_accessibility import CONTRAST, ContextOf, violations
from tests.conftest import Serve
from tests.support.brands import brands, toml_of
from tests.web.conftest import ARTICLE, CATALOGUE, write
from tests.web.test_brand import FONT
from tests.web.test_fonts import woff2

pytestmark = pytest.mark.costly

FILES = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
VIVID = "getComputedStyle(document.documentElement).getPropertyValue('--vivid')"
PATHS = ("/fr/", "/fr/essai/", "/fr/essai/2/", "/embed/en/essai/3/")


def test_axe_finds_nothing_whatever_the_brand(
    context_of: ContextOf, tmp_path: Path, serve: Serve
) -> None:
    """On a page of each kind, in light and dark; no template is copied for any of them."""
    stories = write(tmp_path / "stories", FILES)
    address = serve(stories, SLIDESHOW_REFRESH="0", SLIDESHOW_OFFLINE="off")
    pages = [context_of(color_scheme=scheme).new_page() for scheme in ("light", "dark")]
    found = {}

    for number, brand in enumerate(brands()):
        write(stories, {"slideshow.toml": toml_of(brand)})
        os.utime(stories / "slideshow.toml", (number + 1, number + 1))
        for page in pages:
            page.goto(address + PATHS[2])
            assert page.evaluate(VIVID), f"brand {number} is not there"
            ratios = page.evaluate(CONTRAST)
            assert min(ratios) >= 4.5, (brand, ratios)
        path = PATHS[number % len(PATHS)]
        pages[number % 2].goto(address + path)
        found[number, path] = violations(pages[number % 2])

    assert {key: each for key, each in found.items() if each} == {}


SHOWN = """() => {
  const loaded = [...document.fonts].filter(({ status }) => status === "loaded");
  return new Set(loaded.map(({ family }) => family)).size < loaded.length; // once more, for good
}"""


@pytest.mark.parametrize("kind", ["page", "frame"])
def test_a_font_that_comes_late_is_used_from_the_next_slide_on(
    page: Page, tmp_path: Path, serve: Serve, host: Host, kind: str
) -> None:
    stories = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE, "own.woff2": FONT})
    write(stories, {"slideshow.toml": '[brand]\nheadline_font = "own.woff2"\n'})
    path = f"{serve(stories)}/{'embed/' if kind == 'frame' else ''}fr/essai/1-un/"
    frame = f'<iframe src="{path}" sandbox="allow-scripts" height="600"></iframe>'

    page.goto(host.show(frame) if kind == "frame" else path)
    within = page.frames[-1]
    within.wait_for_function("() => [...document.fonts].some(({ status }) => status === 'loaded')")
    within.wait_for_function("() => window.htmx")
    for name in ("Suivant", "Précédent") * 10:
        within.get_by_role("link", name=name, exact=True).click()
        expect(within.locator("#slide h1")).to_have_text("Deux" if name == "Suivant" else "Un")
        if within.evaluate(SHOWN):
            break

    assert within.evaluate(SHOWN)


def test_readers_load_the_parts_of_a_font_that_their_text_needs(
    context_of: ContextOf, tmp_path: Path, serve: Serve
) -> None:
    own = woff2("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .éèЯб")
    stories = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE, "own.woff2": own})
    write(stories, {"a.ru.md": "# Яб\n\n## бЯ\n\nЯб.\n"})
    write(stories, {"slideshow.toml": '[brand]\ntext_font = "own.woff2"\n'})
    address = serve(stories)
    page = context_of().new_page()
    found: list[str] = []
    page.on("response", lambda answer: found.append(answer.url))

    loaded = []
    for path in ("/fr/essai/1/", "/ru/a/1/"):
        found.clear()
        page.goto(address + path)
        page.evaluate("() => document.fonts.load('16px BrandText', document.body.textContent)")
        loaded.append({part for part in ("western", "cyrl") if f"font-{part}." in "".join(found)})

    assert loaded == [{"western"}, {"western", "cyrl"}]
