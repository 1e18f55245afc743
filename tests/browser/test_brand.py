"""Twenty brands, loud and pale: everybody can read each of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.test_accessibility import CONTRAST, ContextOf, violations
from tests.conftest import Serve
from tests.support.brands import brands, toml_of
from tests.web.conftest import ARTICLE, CATALOGUE, write

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
