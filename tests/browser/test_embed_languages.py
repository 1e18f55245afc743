"""A frame speaks the language of the page around it, in each engine; and its controls."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from slideshow.paths import shipped
from slideshow.web.assets import assets_of
from tests.browser.conftest import ContextOf
from tests.browser.engines import Reader, eventually
from tests.browser.host import Host, slide_in
from tests.browser.test_accessibility import violations
from tests.browser.test_engines import reader, readers  # noqa: F401
from tests.conftest import Serve
from tests.web.conftest import ARTICLE, CATALOGUE, write

FILES = {
    "essai.fr.txt": ARTICLE,
    "solo.en.txt": ARTICLE.replace("Un titre", "Alone"),
    "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
}
NOW = """
const sandboxed = document.getElementById("sandboxed").contentWindow;
const ours = messages.filter(({ data }) => data?.namespace === "slideshow");
const known = (id) => events.filter((event) => event.id === id).at(-1);
return {
  essai: [known("essai")?.lang, known("essai")?.position],
  solo: [known("solo")?.lang, known("solo")?.position],
  sandboxed: ours.filter(({ source }) => source === sandboxed).at(-1)?.data.lang,
  ready: ours.filter(({ data, source }) => data.event === "ready" && source !== sandboxed).length,
  history: history.length,
  focus: document.activeElement.id,
};
"""
SAID = """
return [...document.querySelectorAll("iframe")].map(
  ({ contentWindow }) => messages.find(({ source }) => source === contentWindow)?.data ?? ""
);
"""
TOGGLE = """
const [tag] = arguments[0] instanceof Array ? arguments[0] : arguments;
document.documentElement.lang = tag;
document.getElementById("sandboxed").contentWindow.postMessage(
  { namespace: "slideshow", command: "language", language: tag }, "*");
"""


@pytest.fixture(scope="module")
def site(module_path: Path, module_serve: Serve) -> str:
    """The address of a site with a story in two languages and one in English alone."""
    return module_serve(write(module_path / "stories", FILES))


def show(site: str, id: str, path: str, attributes: str = "") -> str:
    link = f'<a href="{site}{path}">{id}</a>'
    return f'<slide-show id="{id}" src="{site}{path}" {attributes}>{link}</slide-show>'


def bilingual(site: str) -> str:
    sandboxed = f'<iframe id="sandboxed" sandbox="allow-scripts" src="{site}/embed/fr/essai/3/">'
    return (
        f'<script async src="{site}/embed.js"></script>'
        + show(site, "essai", "/fr/essai/2/")
        + show(site, "solo", "/en/solo/2/")
        + f"{sandboxed}</iframe>"
    )


def may_fetch_in_sandbox(reader: Reader, host: Host) -> bool:  # noqa: F811
    """Tell whether a frame without an origin may do what its policy allows.

    In Safari it may not: before 2026 it ran no script, since then it may fetch nothing.
    """
    policy = {"Content-Security-Policy": "script-src 'self'; connect-src 'self'"}
    script = "fetch('/file').then(() => parent.postMessage('fetched', '*'))"
    script += ".catch(() => parent.postMessage('refused', '*'))"
    host.files |= {
        "/policy": ('<script src="/policy.js"></script>', "text/html", policy),
        "/policy.js": (script, "text/javascript", {}),
        "/file": ("A text.", "text/plain", {"Access-Control-Allow-Origin": "*"}),
    }
    # A script that does not run says nothing: the other frame says how long to wait.
    frames = (
        '<iframe sandbox="allow-scripts" src="/policy"></iframe><iframe src="/policy"></iframe>'
    )
    reader.open(host.show(frames))
    eventually(lambda: reader.run(SAID)[1] == "fetched")
    return bool(reader.run(SAID)[0] == "fetched")


def test_every_frame_follows_a_host_page_that_changes_its_language_in_haste(
    reader: Reader,  # noqa: F811
    site: str,
    host: Host,
) -> None:
    """The right language, the same slide, no history, no focus moved (A8, A9)."""
    follows = may_fetch_in_sandbox(reader, host)
    reader.open(host.show(bilingual(site), lang="fr"))
    eventually(lambda: reader.run(NOW)["ready"] == 2)
    eventually(lambda: not follows or reader.run(NOW)["sandboxed"] == "fr")
    reader.run("document.getElementById('field').focus()")
    before = reader.run(NOW)

    for tag in ["en", "fr"] * 5:
        reader.run(TOGGLE, tag)
    reader.run(TOGGLE, "en-GB")
    eventually(lambda: reader.run(NOW)["essai"] == ["en", 2])
    eventually(lambda: not follows or reader.run(NOW)["sandboxed"] == "en")
    reader.run(TOGGLE, "fr-CA")
    eventually(lambda: reader.run(NOW)["essai"] == ["fr", 2])
    eventually(lambda: not follows or reader.run(NOW)["sandboxed"] == "fr")

    after = reader.run(NOW)
    assert after["solo"] == ["en", 2]
    assert (after["history"], after["focus"]) == (before["history"], "field")
    assert after["ready"] == 2


def test_a_frame_in_a_sandbox_can_be_read_in_every_browser(
    reader: Reader,  # noqa: F811
    site: str,
    host: Host,
) -> None:
    """Some let a script run there, but not fetch: then the links do what htmx would."""
    address = f"{site}/embed/fr/essai/1/#controls=contents+languages"
    reader.open(host.show(f'<iframe sandbox="allow-scripts" src="{address}"></iframe>'))
    reader.enter("iframe")

    for position in (2, 3):
        reader.click("a[rel=next]")
        eventually(lambda: position_in(reader) == position)  # noqa: B023
    reader.click("#languages a[hreflang=en]")

    eventually(lambda: reader.run("return document.documentElement.lang") == "en")
    assert position_in(reader) == 3
    if reader.run("return 'htmx' in window"):  # a script has run
        controls = reader.run("return document.documentElement.dataset.controls")
        assert controls == "contents languages"
    assert reader.run("return document.querySelector('#status:not(.hidden)')") is None
    reader.leave()


def position_in(reader: Reader) -> int:  # noqa: F811
    return int(reader.run("return document.getElementById('slide')?.dataset.position ?? 0"))


def test_the_frame_is_in_the_language_of_the_nearest_element_from_the_start(
    page: Page, site: str, host: Host
) -> None:
    body = (
        f'<script async src="{site}/embed.js"></script>'
        f'<div lang="en-US">{show(site, "near", "/fr/essai/1/")}</div>'
        f"{show(site, 'own', '/fr/essai/1/', 'lang=en')}{show(site, 'auto', '/fr/essai/3/')}"
    )
    page.goto(host.show(body, lang="fr"))

    for id, lang, headline in (
        ("near", "en", "One"),
        ("own", "en", "One"),
        ("auto", "fr", "Trois"),
    ):
        frame = page.frame_locator(f"#{id} iframe")
        expect(frame.locator("html")).to_have_attribute("lang", lang)
        expect(frame.locator("h1")).to_have_text(headline)


def test_all_of_the_frame_follows_and_the_readers_own_choice_stays(
    page: Page, site: str, host: Host
) -> None:
    page.goto(host.show(bilingual(site), lang="fr"))
    frame = page.frame_locator("#essai iframe")
    slide_in(frame, 2)

    page.evaluate("document.documentElement.lang = 'en'")
    expect(frame.locator("h1")).to_have_text("Two")
    expect(frame.locator("#next")).to_have_text("Next")
    expect(frame.locator("footer")).to_contain_text("Open on Slideshow")
    expect(frame.locator("header .story")).to_have_text("A title")
    expect(frame.locator("#languages a[hreflang=fr]")).to_have_attribute(
        "href", "/embed/fr/essai/2-deux/"
    )
    frame.locator("#languages a[hreflang=fr]").click()
    expect(frame.locator("h1")).to_have_text("Deux")
    page.wait_for_function("() => events.at(-1).name === 'language' && events.at(-1).lang === 'fr'")
    page.evaluate("document.getElementById('essai').setAttribute('theme', 'dark')")

    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    expect(frame.locator("h1")).to_have_text("Deux")
    page.evaluate("document.getElementById('essai').language('en')")
    expect(frame.locator("h1")).to_have_text("Two")


@pytest.mark.parametrize("sandbox", ["", "allow-scripts"])
def test_the_contents_open_inside_the_frame(
    page: Page, site: str, host: Host, sandbox: str
) -> None:
    attribute = f'sandbox="{sandbox}"' if sandbox else ""
    address = f"{site}/embed/fr/essai/1/?theme=dark"
    page.goto(host.show(f'<iframe id="plain" src="{address}" height=500 {attribute}></iframe>'))
    frame = page.frame_locator("#plain")
    slide_in(frame, 1)
    length = page.evaluate("history.length")

    frame.locator("#open-contents").click()
    frame.locator("#contents-menu").get_by_role("link", name="Trois").click()

    slide_in(frame, 3)
    expect(frame.locator("#contents-menu")).to_be_hidden()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("history.length") == length


def test_the_last_slide_offers_a_way_on_within_the_height_of_the_frame(
    page: Page, site: str, host: Host
) -> None:
    page.goto(host.show(bilingual(site), lang="fr"))
    frame = page.frame_locator("#essai iframe")
    slide_in(frame, 2).locator("a[rel=next]").click()
    slide_in(frame, 3)

    more = frame.get_by_role("link", name="Et aussi")
    expect(more).to_have_attribute("target", "_blank")
    frame.locator("html").evaluate(
        "html => new Promise(done => { const ask = () => html.scrollHeight <= innerHeight"
        " ? done() : requestAnimationFrame(ask); ask(); })"
    )
    frame.get_by_role("link", name="Recommencer").click()

    slide_in(frame, 1)


def test_the_host_chooses_the_controls(page: Page, site: str, host: Host) -> None:
    body = f'<script async src="{site}/embed.js"></script>'
    body += show(site, "all", "/en/essai/1/") + show(site, "none", "/en/essai/1/", "controls")
    body += show(site, "some", "/en/essai/1/", 'controls="progress fullscreen"')
    page.goto(host.show(body))

    def seen(id: str) -> list[bool]:
        frame = page.frame_locator(f"#{id} iframe")
        slide_in(frame, 1)
        names = ("#open-contents", ".languages", ".progress", "#fullscreen")
        return [frame.locator(name).is_visible() for name in names]

    assert seen("all") == [True, True, True, True]
    assert seen("none") == [False, False, False, False]
    assert seen("some") == [False, False, True, True]
    page.frame_locator("#some iframe").locator("#fullscreen").click()
    page.wait_for_function("() => document.fullscreenElement?.id === 'some'")


def test_autoplay_turns_the_slides_until_the_reader_acts(
    context_of: ContextOf, site: str, host: Host
) -> None:
    body = f'<script async src="{site}/embed.js"></script>'
    body += show(site, "show", "/en/essai/1/", "autoplay")
    address = host.show(body)
    moving, still = (
        context_of(reduced_motion=motion).new_page() for motion in ("no-preference", "reduce")
    )
    moving.clock.install()
    for page in (moving, still):
        page.goto(address)
        slide_in(page.frame_locator("#show iframe"), 1)
    frame = moving.frame_locator("#show iframe")
    expect(frame.locator("#play")).to_have_accessible_name("Pause")

    for _ in range(60):  # the server, whose time is real, has all the time it needs
        moving.clock.run_for(1000)
        expect(frame.locator(".htmx-request")).to_have_count(0)

    slide_in(moving.frame_locator("#show iframe"), 3)
    expect(still.frame_locator("#show iframe").locator("#play")).to_have_accessible_name("Autoplay")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_axe_finds_nothing_in_the_frame_nor_in_its_contents(
    context_of: ContextOf, site: str, scheme: str, width: int
) -> None:
    page = context_of(viewport={"width": width, "height": 600}, color_scheme=scheme).new_page()
    page.goto(f"{site}/embed/en/essai/3/")
    expect(page.locator("#slide")).to_have_attribute("data-position", "3")
    assert violations(page) == []

    page.locator("#open-contents").click()
    expect(page.locator("#contents-menu li")).to_have_count(3)

    assert violations(page) == []
    page.goto(f"{site}/embed/en/essai/contents/")
    assert violations(page) == []


def test_the_pinned_script_is_the_one_its_integrity_names(
    page: Page, site: str, host: Host
) -> None:
    asset = assets_of(shipped("static")).by_name["embed.js"]
    body = (
        f'<script async src="{site}/{asset.address}" integrity="{asset.integrity}"'
        f' crossorigin="anonymous"></script>{show(site, "show", "/en/essai/1/")}'
    )

    page.goto(host.show(body))

    slide_in(page.frame_locator("#show iframe"), 1)
