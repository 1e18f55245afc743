"""Reading without a network, in a real browser whose server is gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Response, expect

from slideshow.commands import export as exporting
from slideshow.settings import Settings
from tests.browser.conftest import ContextOf
from tests.browser.host import Host
from tests.browser.test_export import Quiet
from tests.browser.test_slides import TOTAL, at, state
from tests.commands.test_under_load import until
from tests.conftest import serving, started, wait_for
from tests.pictures import photograph
from tests.support.http import answering
from tests.support.places import STORY, place
from tests.web.conftest import ARTICLE, write

pytestmark = [pytest.mark.costly, pytest.mark.worker]

# Tells whether a text is in a whole story that is kept, which the worker does last.
IS_KEPT = """async (text) => {
  const names = (await caches.keys()).filter((name) => name.endsWith(" stories"));
  for (const cache of await Promise.all(names.map((name) => caches.open(name)))) {
    for (const request of await cache.keys()) {
      if ((await (await cache.match(request)).text()).includes(text)) return true;
    }
  }
  return false;
}"""
WORKERS = """async () => (await navigator.serviceWorker.getRegistrations())
  .map(({ scope, active }) => [scope, Boolean(active)])"""


def keep(page: Page, text: str = "</html>") -> None:
    """Wait until the worker has kept a story that holds a text."""
    until(lambda: bool(page.evaluate(IS_KEPT, text)))


def open_and_keep(page: Page, address: str, text: str = "</html>") -> None:
    """Open a page of a story, and wait until the worker has kept the story."""
    page.goto(address)
    keep(page, text)


def has_worker(page: Page, site: str) -> None:
    """Wait until a worker is in charge of a site."""
    until(lambda: bool(page.evaluate(WORKERS)))
    until(lambda: page.evaluate(WORKERS) == [[f"{site}/", True]])


def body(address: str) -> bytes:
    """Return a server's answer to a request from outside the browser."""
    with urlopen(address) as answer:
        found: bytes = answer.read()
    return found


@pytest.mark.parametrize("language", ["fr", "fr+en"])
def test_a_story_once_opened_reads_on_without_its_server(page: Page, language: str) -> None:
    with serving() as address:
        story = f"{address}/{language}/{STORY}"
        open_and_keep(page, f"{story}/5/")
        there = state(page)
        page.goto(f"{story}/{place(language, 3)}/")

    for position in (4, 5):
        page.locator("a[rel=next]").click()
        at(page, position)
    page.wait_for_url("**/5-*/")
    assert state(page) == there
    page.go_back()
    at(page, 4)
    page.reload()
    at(page, 4)
    page.keyboard.press("End")
    at(page, TOTAL)
    page.locator("#open-contents").click()
    page.locator("#contents-panel li a").nth(1).click()
    at(page, 2)
    page.locator("#more").click()
    page.locator("#more-menu a").first.click()
    page.wait_for_url(f"{story}/all/#slide-2")
    page.goto(f"{story}/")
    expect(page.locator(".contents li")).to_have_count(TOTAL)
    page.locator("a.site").click()
    expect(page.locator("main.shelf .stories a").first).to_be_visible()


def test_a_network_that_never_answers_is_none(page: Page) -> None:
    # Else the browser's own cache answers, which may show a stale page for a minute.
    with started(environment={"SLIDESHOW_REFRESH": "0"}) as (process, port):
        story = f"http://127.0.0.1:{port}/en/{STORY}"
        wait_for(f"{story}/1/", process)
        open_and_keep(page, f"{story}/1/")
        os.killpg(process.pid, signal.SIGSTOP)  # the system takes requests, nobody reads them
        try:
            page.keyboard.press("End")
            at(page, TOTAL)
            page.goto(f"{story}/{place('en', 9)}/", wait_until="commit")  # not for its pictures
            at(page, 9)
        finally:
            os.killpg(process.pid, signal.SIGCONT)
        page.goto(f"{story}/2/")
        page.locator("#next").click()
        at(page, 3)


def test_what_was_never_opened_says_so_in_its_language(page: Page, bundled: str) -> None:
    open_and_keep(page, f"{bundled}/en/{STORY}/3/")
    page.context.set_offline(True)

    for path, language, headline in (
        (f"fr/{STORY}/3/", "fr", "Pas de connexion"),
        ("en/make-a-slideshow/", "en", "No connection"),
        ("fr/", "fr", "Pas de connexion"),
    ):
        page.goto(f"{bundled}/{path}")
        expect(page.locator("h1"), path).to_have_text(headline)
        expect(page.locator("html"), path).to_have_attribute("lang", language)
        assert page.url == f"{bundled}/{path}"


def test_the_other_language_is_there_if_the_reader_reads_it(page: Page, bundled: str) -> None:
    assert page.evaluate("navigator.languages").count("en-US")
    open_and_keep(page, f"{bundled}/fr/{STORY}/3/", '<html lang="fr"')
    keep(page, '<html lang="en"')
    page.context.set_offline(True)
    page.locator("#next").click()
    at(page, 4)

    page.locator("#languages a[hreflang=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    at(page, 4)
    page.keyboard.press("End")
    at(page, TOTAL)


def test_the_other_language_is_there_if_it_was_opened(page: Page, bundled: str) -> None:
    open_and_keep(page, f"{bundled}/fr/{STORY}/3/", '<html lang="fr"')
    open_and_keep(page, f"{bundled}/en/{STORY}/3/", '<html lang="en"')
    page.locator("#languages a[hreflang=fr]").click()
    page.wait_for_url("**/fr/**")

    page.context.set_offline(True)
    page.locator("a[rel=next]").click()
    at(page, 4)
    page.locator("#languages a[hreflang=en]").click()

    page.wait_for_url(f"**/en/{STORY}/4-*/")
    at(page, 4)


def test_the_network_is_tried_again_from_the_page_that_says_it_is_gone(
    context_of: ContextOf, bundled: str
) -> None:
    context = context_of()
    page = context.new_page()
    open_and_keep(page, f"{bundled}/en/{STORY}/3/")
    context.set_offline(True)
    page.goto(f"{bundled}/fr/{STORY}/7/")
    again = page.get_by_role("link", name="Réessayer")
    again.click()
    expect(again).to_be_visible()

    context.set_offline(False)
    again.click()

    at(page, 7)


def test_the_pictures_one_saw_are_there(page: Page, tmp_path: Path) -> None:
    slides = "".join(f"\n## {n}\n\n![A hall.]({n}.jpg)\n\nA text.\n" for n in range(1, 4))
    pictures = {f"{n}.jpg": photograph(400 + n, 300) for n in range(1, 4)}
    write(tmp_path, {"station.en.md": f"# The station\n{slides}", **pictures})
    with serving(str(tmp_path)) as address:
        open_and_keep(page, f"{address}/en/station/1/")
        page.goto(f"{address}/en/station/2/")
        page.locator("#slide img").evaluate("(image) => image.decode()")

    for position in (1, 2):
        page.goto(f"{address}/en/station/{position}-{position}/")
        page.locator("#slide img").evaluate("(image) => image.decode()")


def test_a_picture_never_seen_leaves_its_words(
    page: Page, console: list[str], tmp_path: Path
) -> None:
    slides = "".join(f"\n## {n}\n\n![Hall {n}.]({n}.jpg)\n\nA text.\n" for n in range(1, 5))
    pictures = {f"{n}.jpg": photograph(400 + n, 300) for n in range(1, 5)}
    write(tmp_path, {"station.en.md": f"# The station\n{slides}", **pictures})
    with serving(str(tmp_path)) as address:
        open_and_keep(page, f"{address}/en/station/1/")
        page.locator("#slide img").evaluate("(image) => image.decode()")

    page.goto(f"{address}/en/station/3-3/")
    expect(page.locator(".missing")).to_have_text("Hall 3. (This picture could not be loaded.)")
    page.keyboard.press("ArrowRight")

    expect(page.locator(".missing")).to_have_text("Hall 4. (This picture could not be loaded.)")
    expect(page.locator("#slide img")).to_have_count(0)
    console.clear()  # of the pictures that failed


@pytest.mark.parametrize(("locale", "language"), [("fr-CA", "fr"), ("en-GB", "en")])
def test_the_address_of_the_site_leads_to_a_shelf_that_is_kept(
    context_of: ContextOf, bundled: str, locale: str, language: str
) -> None:
    context = context_of(locale=locale)
    page = context.new_page()
    open_and_keep(page, f"{bundled}/fr/{STORY}/3/", '<html lang="fr"')
    open_and_keep(page, f"{bundled}/en/{STORY}/3/", '<html lang="en"')
    context.set_offline(True)

    page.goto(f"{bundled}/")

    assert page.url == f"{bundled}/{language}/"
    expect(page.locator("main.shelf .stories a").first).to_be_visible()


def test_the_page_for_what_is_not_kept_names_the_stories_that_are(page: Page, bundled: str) -> None:
    open_and_keep(page, f"{bundled}/fr/{STORY}/3/", '<html lang="fr"')
    open_and_keep(page, f"{bundled}/en/{STORY}/3/", '<html lang="en"')
    page.context.set_offline(True)

    page.goto(f"{bundled}/en/make-a-slideshow/")

    stories = page.locator("#kept a")
    expect(stories).to_have_count(2)
    assert {each.get_attribute("lang") for each in stories.all()} == {"fr", "en"}
    page.locator("#kept a[lang=fr]").click()
    page.wait_for_url(f"{bundled}/fr/{STORY}/")
    expect(page.locator("#begin")).to_be_visible()


def test_a_change_that_fails_says_so_and_of_a_long_story_a_part_is_kept(
    context_of: ContextOf, tmp_path: Path
) -> None:
    """A failed change says so, and the next try works (B13)."""
    page = context_of().new_page()
    slides = "".join(f"Slide {n}\n\nText {n}.\n\n" for n in range(1, 200))
    write(tmp_path, {"long.en.txt": f"A long story\n\n{slides}"})
    with serving(str(tmp_path)) as address:
        open_and_keep(page, f"{address}/en/long/50/")
    page.keyboard.press("ArrowRight")
    at(page, 51)

    page.keyboard.press("Home")

    expect(page.get_by_role("status")).to_contain_text("Couldn’t load")
    at(page, 51)
    assert page.url.endswith("/51-slide-51/")
    page.keyboard.press("ArrowRight")
    at(page, 52)


def test_an_edit_shows_at_once_and_without_a_network_too(page: Page, tmp_path: Path) -> None:
    place = write(tmp_path, {"essai.fr.txt": ARTICLE})
    with serving(str(place), environment={"SLIDESHOW_REFRESH": "0"}) as address:
        open_and_keep(page, f"{address}/fr/essai/1/")
        write(place, {"essai.fr.txt": ARTICLE.replace("Premier", "Neuf").replace("Trois", "Fin")})
        until(lambda: b"Neuf." in body(f"{address}/fr/essai/1-un/"))

        page.reload()

        expect(page.locator("article p")).to_have_text("Neuf.")
        keep(page, "Fin")
    page.goto(f"{address}/fr/essai/3-fin/")
    expect(page.locator("h1")).to_have_text("Fin")


def test_a_story_that_was_withdrawn_is_kept_no_longer(
    page: Page, console: list[str], tmp_path: Path
) -> None:
    place = write(tmp_path, {"essai.fr.txt": ARTICLE, "autre.fr.txt": ARTICLE})
    with serving(str(place), environment={"SLIDESHOW_REFRESH": "0"}) as address:
        open_and_keep(page, f"{address}/fr/essai/1/")
        (place / "essai.fr.txt").unlink()
        until(lambda: b"essai" not in body(f"{address}/fr/"))
        page.reload()
        expect(page.locator("h1")).to_have_text("Page introuvable")

    page.reload()

    expect(page.locator("h1")).to_have_text("Pas de connexion")
    console[:] = [each for each in console if "404" not in each]


@pytest.mark.parametrize("saves", [True, False])
def test_readers_who_save_data_keep_only_what_they_read(
    page: Page, bundled: str, saves: bool
) -> None:
    connection = f"{{ value: {{ saveData: {str(saves).lower()} }} }}"
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {connection})")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{bundled}/en/{STORY}/3/")
    has_worker(page, bundled)
    if not saves:
        keep(page)

    page.reload()

    assert (f"{bundled}/en/{STORY}/{place('en', 9)}/" in asked) is not saves


def test_a_frame_goes_without_the_worker(page: Page, bundled: str) -> None:
    open_and_keep(page, f"{bundled}/en/{STORY}/3/")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto(f"{bundled}/en/{STORY}/embed/?slide=3")
    frame = page.frame_locator(".preview iframe")
    frame.locator("a[rel=next]").click()
    expect(frame.locator("#slide")).to_have_attribute("data-position", "4")

    framed = [answer for answer in answers if answer.frame != page.main_frame]
    assert any("/4-" in answer.url for answer in framed)
    assert [answer.url for answer in framed if answer.from_service_worker] == []


def test_a_frame_brings_no_worker(page: Page, bundled: str, host: Host) -> None:
    page.goto(host.show(f'<iframe src="{bundled}/embed/en/{STORY}/3/" title="Story"></iframe>'))
    page.frame_locator("iframe").locator("a[rel=next]").click()
    expect(page.frame_locator("iframe").locator("#slide")).to_have_attribute("data-position", "4")

    assert page.evaluate(WORKERS) == []
    page.goto(f"{bundled}/embed/en/{STORY}/3/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(WORKERS) == []


class Unmarked(Quiet):
    """A static host without ``Last-Modified``, which cannot tell two exports in one second."""

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Last-Modified":
            super().send_header(keyword, value)


class Site:
    """An exported site below a path, which may be exported anew while it is served."""

    def __init__(self, root: Path, address: str) -> None:
        self.stories = write(root / "stories", {"essai.fr.txt": ARTICLE})
        self.address = f"{address}/news/slides"
        self.out = root / "news" / "slides"
        self.export()

    def export(self, **settings: Any) -> None:
        """Write the site as it is now."""
        given = Settings(stories=str(self.stories), base_url=self.address)
        site = exporting.Site(replace(given, **settings))
        exporting.export(site, self.out, lambda done: None)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with answering(partial(Unmarked, directory=str(tmp_path))) as address:
        yield Site(tmp_path, address)


def test_an_exported_site_below_a_path_is_kept(context_of: ContextOf, site: Site) -> None:
    context = context_of()
    page = context.new_page()
    open_and_keep(page, f"{site.address}/fr/essai/1-un/")
    assert page.evaluate(WORKERS) == [[f"{site.address}/", True]]

    context.set_offline(True)
    page.locator("a[rel=next]").click()
    at(page, 2)
    page.reload()
    at(page, 2)
    page.goto(f"{site.address}/fr/")
    expect(page.locator("main.shelf")).to_be_visible()
    page.goto(f"{site.address}/fr/nothing/")
    expect(page.locator("h1")).to_have_text("Pas de connexion")


def test_a_new_worker_takes_over_without_a_stale_page(page: Page, site: Site) -> None:
    open_and_keep(page, f"{site.address}/fr/essai/1-un/")
    write(site.stories, {"essai.fr.txt": ARTICLE.replace("Premier", "Neuf")})
    site.export()
    with (site.out / "sw.js").open("a") as worker:
        worker.write('addEventListener("activate", () => caches.open("a new worker"));')

    page.reload()

    expect(page.locator("article p")).to_have_text("Neuf.")
    until(lambda: "a new worker" in page.evaluate("caches.keys()"))
    page.reload()
    expect(page.locator("article p")).to_have_text("Neuf.")
    keep(page, "Neuf.")


def test_switched_off_it_takes_back_what_it_left(page: Page, site: Site) -> None:
    open_and_keep(page, f"{site.address}/fr/essai/1-un/")

    site.export(offline=False)
    page.reload()

    until(lambda: page.evaluate(WORKERS) == [])
    assert page.evaluate("caches.keys()") == []
    at(page, 1)


def test_a_story_is_kept_on_a_machine_that_is_never_idle(page: Page, bundled: str) -> None:
    page.add_init_script(
        "window.requestIdleCallback = (run, { timeout }) => setTimeout(run, timeout ?? 1e9)"
    )

    open_and_keep(page, f"{bundled}/en/{STORY}/3/")


def test_readers_who_save_data_keep_no_more_than_others(page: Page, bundled: str) -> None:
    connection = "{ value: { saveData: true } }"
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {connection})")
    page.goto(f"{bundled}/en/{STORY}/3/")
    has_worker(page, bundled)
    page.evaluate(
        """async () => {
          const cache = await caches.open("slideshow / pages");
          for (let n = 0; n < 620; n++) await cache.put(`/x${n}`, new Response(""));
        }"""
    )

    page.reload()

    page.wait_for_function(
        "async () => (await (await caches.open('slideshow / pages')).keys()).length <= 601"
    )
