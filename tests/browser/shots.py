"""Takes pictures of every kind of page, to be looked at: ``make shots``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import animation
from tests.browser.conftest import FLAGS
from tests.browser.gallery import SLIDES, shapes
from tests.browser.install import find_browser
from tests.conftest import serving

FOLDER = Path(__file__).resolve().parent.parent / "shots"
STORY = "pyongyang-moscou"
SIZES = [(320, 640), (390, 844), (768, 1024), (1280, 800), (1920, 1080)]
SCREENS = [(375, 553), (393, 660), (412, 732), (768, 954), (844, 340), (1280, 800)]
PAGES = {
    "shelf": "/{0}/",
    "cover": f"/{{0}}/{STORY}/",
    "first": f"/{{0}}/{STORY}/1/",
    "middle": f"/{{0}}/{STORY}/8/",
    "last": f"/{{0}}/{STORY}/17/",
    "whole": f"/{{0}}/{STORY}/all/",
    "pair": f"/{{0}}+{{1}}/{STORY}/8/",
    "pair-cover": f"/{{0}}+{{1}}/{STORY}/",
    "embed": f"/{{0}}/{STORY}/embed/?slide=8",
    "frame": f"/embed/{{0}}/{STORY}/8/",
    "missing": "/{0}/nothing/",
    "offline": "/{0}/offline.html",
}


def take(browser: Browser, address: str) -> None:
    """Save every page at every size, light and dark, in French and English."""
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            for language, other in (("fr", "en"), ("en", "fr")):
                stem = f"{language}-{width}-{scheme}"
                for name, path in PAGES.items():
                    page.goto(address + path.format(language, other))
                    page.screenshot(path=FOLDER / f"{name}-{stem}.png")
                page.goto(f"{address}/{language}/{STORY}/8/")
                take_what_opens(page, stem)
            context.close()


def take_what_opens(page: Page, stem: str) -> None:
    """Save the contents and the menu over a slide, and the whole story on paper."""
    page.locator("#more").click()
    page.locator("#fullscreen").wait_for()
    page.screenshot(path=FOLDER / f"more-{stem}.png")
    page.keyboard.press("Escape")
    page.locator("#open-contents").click()
    page.locator("#contents-panel li a").first.wait_for()
    page.screenshot(path=FOLDER / f"contents-{stem}.png")
    page.goto(page.url.replace("/8/", "/all/"))
    page.pdf(path=FOLDER / f"print-{stem}.pdf", format="A4")


def take_shapes(browser: Browser) -> None:
    """Save a slide with a picture of every shape on every screen, phones as phones."""
    with TemporaryDirectory() as folder, serving(str(shapes(Path(folder)))) as address:
        for width, height in SCREENS:
            is_held = width < 1000
            context = browser.new_context(
                viewport={"width": width, "height": height}, is_mobile=is_held, has_touch=is_held
            )
            page = context.new_page()
            for position, name in enumerate(SLIDES, start=1):
                page.goto(f"{address}/en/shapes/{position}/")
                page.screenshot(path=FOLDER / f"shape-{name}-{width}.png")
            context.close()


def main() -> None:
    """Serve the stories and take the pictures."""
    path = find_browser()
    if path is None:
        sys.exit("No browser: set SLIDESHOW_BROWSER.")
    FOLDER.mkdir(exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        take(browser, address)
        take_shapes(browser)
        animation.make(browser, address, animation.PICTURE)
        browser.close()
    print(FOLDER)


if __name__ == "__main__":
    main()
