"""Statistics of a site's owner learn of every slide, as the manual has them set up."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from slideshow.paths import BUNDLED
from tests.browser.conftest import ContextOf
from tests.browser.host import Host
from tests.conftest import Serve
from tests.web.conftest import ARTICLE, CATALOGUE, write

CORS = {"Access-Control-Allow-Origin": "*"}
MANUAL = (BUNDLED / "manual-5-publish.en.md").read_text(encoding="utf-8")
# What each product's script does, as far as its manual promises it: it sends to its own host.
SEND = """
const send = async (url, title) => {
  const { status } = await fetch(`HOST/seen?${new URLSearchParams({ url, title })}`);
  (window.seen ??= []).push(url, status);
};"""
PRODUCTS = {
    "Plausible": """
        const push = history.pushState;
        const count = () => send(location.href, "");
        const start = () => { count(); addEventListener("popstate", count);
          history.pushState = (...given) => { push.apply(history, given); count(); }; };
        const early = window.plausible?.o;
        window.plausible = Object.assign(() => {}, { init: start });
        if (early) start();""",
    "Matomo": """
        const state = { title: document.title, url: location.href };
        const does = { setCustomUrl: (url) => { state.url = url; },
          setDocumentTitle: (title) => { state.title = title; },
          trackPageView: () => send(state.url, state.title) };
        const run = (...all) => all.forEach(([name, value]) => does[name]?.(value));
        const early = window._paq || [];
        window._paq = { push: run };
        run(...early);""",
    "GoatCounter": """
        window.goatcounter.count = () => {
          if (window.goatcounter.endpoint !== "HOST/count") throw window.goatcounter.endpoint;
          send(document.querySelector("link[rel=canonical]").href, document.title);
        };
        window.goatcounter.count();""",
}
HOSTS = {"Plausible": "https://plausible.io", "Matomo": "https://matomo.example"}
HOSTS["GoatCounter"] = "https://MYCODE.goatcounter.com"


def recipe(name: str) -> tuple[str, str]:
    """Return the settings and the script that the manual has for a product."""
    part = MANUAL.split(f"\n## {name}\n")[1].split("\n## ")[0]
    settings, script = re.findall(r"```(?:toml|js)\n(.*?)```", part, re.DOTALL)
    return settings, script


def test_each_slide_and_each_language_is_counted_as_it_is_shown(
    context_of: ContextOf, serve: Serve, host: Host, tmp_path: Path
) -> None:
    stories = write(
        tmp_path, {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    )
    address = serve(stories, SLIDESHOW_REFRESH="0")
    page = context_of().new_page()
    page.route(f"{host.address}/seen*", lambda route: route.fulfill(status=204, headers=CORS))
    seen = {}

    for number, name in enumerate(PRODUCTS):
        settings, script = (each.replace(HOSTS[name], host.address) for each in recipe(name))
        product = f"{{{SEND}{PRODUCTS[name]}}}".replace("HOST", host.address)
        for path in re.findall(r'"(/[^"]+)"', settings):
            host.files[path] = (product, "text/javascript", {})
        files = {"slideshow.toml": settings, "look/stats.js": script, "look/count.js": product}
        for file in files:
            write(stories, {file: files[file]})
            os.utime(stories / file, (number + 1, number + 1))
        page.goto(f"{address}/fr/essai/1/")
        page.wait_for_function("() => window.seen && window.htmx")
        page.get_by_role("link", name="Suivant").click()
        expect(page.locator("#slide h1")).to_have_text("Deux")
        page.locator("#languages").get_by_role("link", name="English").click()
        expect(page.locator("#slide h1")).to_have_text("Two")
        page.go_back()
        expect(page.locator("#slide h1")).to_have_text("Deux")
        page.wait_for_function("() => window.seen.length === 8")
        seen[name] = page.evaluate("window.seen")
        page.goto(f"{address}/fr/essai/")
        page.wait_for_function("() => window.seen?.length === 2")
        page.locator("#languages").get_by_role("link", name="English").click()
        page.wait_for_function("() => window.seen.length === 4")
        seen[name] += page.evaluate("window.seen")

    slides = ("fr/essai/1-un", "fr/essai/2-deux", "en/essai/2-two", "fr/essai/2-deux")
    ways = (*slides, "fr/essai", "en/essai")
    told = [each for way in ways for each in (f"{address}/{way}/", 204)]
    assert seen == dict.fromkeys(PRODUCTS, told)


def test_a_host_that_never_answers_holds_nothing_up(
    page: Page, serve: Serve, host: Host, tmp_path: Path
) -> None:
    settings = f'[scripts]\nhost = "{host.address}"\nload = ["/never.js"]\n'
    held: list[Route] = []
    page.route(f"{host.address}/never.js", lambda route: held.append(route))
    address = serve(
        write(tmp_path / "stories", {"essai.fr.txt": ARTICLE, "slideshow.toml": settings})
    )

    page.goto(f"{address}/fr/essai/1/", wait_until="commit")
    first = page.evaluate_handle("document")
    expect(page.locator("#status")).to_be_attached()
    page.wait_for_function("() => window.htmx && document.readyState === 'interactive'")
    page.get_by_role("link", name="Suivant").click()
    expect(page.locator("#slide h1")).to_have_text("Deux")

    assert page.evaluate("(first) => first === document", first)
    held[0].fulfill(body="", content_type="text/javascript")


def test_the_event_says_what_is_shown_in_a_frame_too(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    script = """
      window.events = [];
      document.addEventListener("slideshow:slide", ({ detail }) => window.events.push(detail));"""
    settings = '[scripts]\nload = ["own.js"]\nframes = true\n'
    files = {"essai.fr.txt": ARTICLE, "slideshow.toml": settings, "own.js": script}
    address = serve(write(tmp_path / "stories", files))

    for kind in ("", "/embed"):
        page.goto(f"{address}{kind}/fr/essai/2/")
        page.wait_for_function("() => window.events && window.htmx")
        page.get_by_role("link", name="Suivant").click()
        page.wait_for_function("() => window.events.length")

        url = f"{address}/fr/essai/3-trois/"
        shown = {"story": "essai", "position": 3, "total": 3, "lang": "fr", "url": url}
        assert page.evaluate("window.events") == [shown]
