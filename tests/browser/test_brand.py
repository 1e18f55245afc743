"""Twenty brands, loud and pale: everybody can read each of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.test_accessibility import CONTRAST, ContextOf, violations
from tests.conftest import Serve
from tests.support.brands import brands, toml_of
from tests.web.conftest import ARTICLE, CATALOGUE, write
from tests.web.test_fonts import woff2

FILES = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
VIVID = "getComputedStyle(document.documentElement).getPropertyValue('--vivid')"
PATHS = ("/fr/", "/fr/essai/", "/fr/essai/2/", "/embed/en/essai/3/")


@pytest.mark.parametrize("start", range(0, 20, 5))
def test_axe_finds_nothing_whatever_the_brand(
    context_of: ContextOf, tmp_path: Path, serve: Serve, start: int
) -> None:
    """On a page of each kind, in light and dark; no template is copied for any of them."""
    stories = write(tmp_path / "stories", FILES)
    address = serve(stories, SLIDESHOW_REFRESH="0", SLIDESHOW_OFFLINE="off")
    pages = [context_of(color_scheme=scheme).new_page() for scheme in ("light", "dark")]
    found = {}

    for number in range(start, start + 5):
        brand = brands()[number]
        write(stories, {"slideshow.toml": toml_of(brand)})
        os.utime(stories / "slideshow.toml", (number + 1, number + 1))
        for page in pages:
            page.goto(address + PATHS[2])
            assert page.evaluate(VIVID), "the brand is not there"
            ratios = page.evaluate(CONTRAST)
            assert min(ratios) >= 4.5, (brand, ratios)
        path = PATHS[number % len(PATHS)]
        pages[number % 2].goto(address + path)
        found[number, path] = violations(pages[number % 2])

    assert {key: each for key, each in found.items() if each} == {}


def test_readers_load_the_parts_of_a_font_that_their_text_needs(
    context_of: ContextOf, tmp_path: Path, serve: Serve
) -> None:
    own = woff2("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .éèЯб")
    stories = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE, "own.woff2": own})
    write(stories, {"a.ru.md": "# Яб\n\n## бЯ\n\nЯб.\n"})
    write(stories, {"slideshow.toml": '[brand]\ntext_font = "own.woff2"\n'})
    address = serve(stories)
    page = context_of(service_workers="block").new_page()
    found: list[str] = []
    page.on("response", lambda answer: found.append(answer.url))

    loaded = []
    for path in ("/fr/essai/1/", "/ru/a/1/"):
        found.clear()
        page.goto(address + path)
        page.evaluate("() => document.fonts.load('16px BrandText', document.body.textContent)")
        loaded.append({part for part in ("western", "cyrl") if f"font-{part}." in "".join(found)})

    assert loaded == [{"western"}, {"western", "cyrl"}]
