"""The frame in pages of another site, in a real browser (checks A7-A9, A11-A15, C12)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, FrameLocator, Page, expect

from tests.browser.host import OBEY, Host, slide_in
from tests.browser.test_accessibility import violations
from tests.browser.test_slides import TOTAL
from tests.support.places import STORY, place

ContextOf = Callable[..., BrowserContext]

SANDBOXES = ["", 'sandbox="allow-scripts"']


def frame_of(site: str, position: int = 1, attributes: str = "", language: str = "fr") -> str:
    """Return the HTML of a frame."""
    src = f"{site}/embed/{language}/{STORY}/{position}/"
    return f'<iframe id="frame" src="{src}" width="600" height="400" {attributes}></iframe>'


def shown(page: Page, position: int) -> FrameLocator:
    """Return the inside of the frame, once it shows the slide at a position."""
    frame = page.frame_locator("#frame")
    slide_in(frame, position)
    return frame


def seen(page: Page, event: str) -> list[dict[str, object]]:
    """Return the messages of a kind that the host page got."""
    found: list[dict[str, object]] = page.evaluate(
        "event => messages.map(m => m.data).filter(d => d && d.event === event)", event
    )
    return found


def heard(page: Page, position: int) -> list[object]:
    """Return the positions of all slide messages, once that of a position has come.

    A message is on its way for a moment after the frame shows what it tells.
    """
    page.wait_for_function(
        "at => messages.some(m => m.data?.event === 'slide' && m.data.position === at)",
        arg=position,
    )
    return [each["position"] for each in seen(page, "slide")]


# Sizes are observed once a frame is painted, and messages come in the order they were sent.
SAY_LAST = """() => new Promise((done) => {
  const say = () => done(parent.postMessage("last", "*"));
  requestAnimationFrame(() => requestAnimationFrame(say));
})"""


def hear_all(page: Page) -> None:
    """Wait until the host page got every message that the frame has for it."""
    page.evaluate("messages.length = 0")
    page.frames[1].evaluate(SAY_LAST)
    page.wait_for_function("() => messages.some(m => m.data === 'last')")


def command(page: Page, *commands: object) -> None:
    """Send commands to the frame from the host page."""
    for each in commands:
        page.evaluate("data => frames[0].postMessage(data, '*')", each)


@pytest.mark.parametrize("sandbox", SANDBOXES)
@pytest.mark.parametrize("coep", ["", "require-corp"])
def test_readers_go_on_and_back_leaves_the_host_page(
    page: Page, bundled: str, host: Host, sandbox: str, coep: str
) -> None:
    """No entry of the frame's own in the history (A7, A8, A13, A15)."""
    headers = {"Cross-Origin-Embedder-Policy": coep} if coep else {}
    start = host.show("<p>Before</p>")
    page.goto(start)
    page.goto(host.show(frame_of(bundled, attributes=sandbox), headers=headers))
    length = page.evaluate("history.length")

    for position in range(1, 6):
        shown(page, position).locator("a[rel=next]").click()
    frame = shown(page, 6)
    expect(frame.locator("[role=status]")).to_contain_text(f"Diapositive 6 sur {TOTAL}")
    frame.locator("#languages a[hreflang=en]").click()
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    shown(page, 6).locator("a[rel=prev]").click()
    shown(page, 5)

    assert page.evaluate("history.length") == length
    assert page.context.cookies() == []
    page.go_back()
    assert page.url == start


def test_from_a_language_that_a_story_lacks_a_way_leads_on_inside_the_frame(
    page: Page, serve: Callable[..., str], tmp_path: Path, host: Host, console: list[str]
) -> None:
    (tmp_path / f"{STORY}.fr.txt").write_text("Titre\n\nUn\n\nTexte.\n\nDeux\n\nTexte.\n")
    site = serve(tmp_path)
    page.goto(host.show(frame_of(site, position=2, language="en")))
    frame = page.frame_locator("#frame")
    with page.expect_popup() as elsewhere:
        frame.get_by_role("link", name="All stories").click()
    expect(elsewhere.value).to_have_url(f"{site}/en/")

    frame.get_by_role("link", name="Français").click()

    shown(page, 2)
    assert all("404 (Not Found)" in each for each in console)
    console.clear()


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_the_host_page_hears_of_every_slide(
    page: Page, bundled: str, host: Host, sandbox: str
) -> None:
    page.goto(host.show(frame_of(bundled, TOTAL - 2, sandbox)))
    frame = shown(page, TOTAL - 2)

    for position in (TOTAL - 1, TOTAL):
        frame.locator("a[rel=next]").click()
        shown(page, position)
    page.wait_for_function("() => messages.some(m => m.data.event === 'end')")

    ready = seen(page, "ready")
    assert [each["position"] for each in ready] == [TOTAL - 2]
    assert ready[0] == {
        "namespace": "slideshow",
        "version": 1,
        "event": "ready",
        "story": STORY,
        "position": TOTAL - 2,
        "total": TOTAL,
        "lang": "fr",
        "url": f"{bundled}/fr/{STORY}/{place('fr', TOTAL - 2)}/",
        "height": ready[0]["height"],
    }
    slides = seen(page, "slide")
    assert [each["position"] for each in slides] == [TOTAL - 1, TOTAL]
    assert slides[-1]["url"] == f"{bundled}/fr/{STORY}/{place('fr', TOTAL)}/"
    assert [each["position"] for each in seen(page, "end")] == [TOTAL]


def test_a_slide_is_told_with_the_height_that_it_needs(
    page: Page, bundled: str, host: Host
) -> None:
    page.goto(host.show(frame_of(bundled, 6)))

    for position in range(6, 12):
        shown(page, position).locator("a[rel=next]").click()
    heard(page, 12)

    told = page.evaluate("messages.map(m => m.data)")
    needed = {each["position"]: each["height"] for each in told}  # the last word on each
    first = {each["position"]: each["height"] for each in told if each["event"] == "slide"}
    assert first == {position: needed[position] for position in range(7, 13)}
    assert len(set(first.values())) > 1


# As browsers have it where a reader lets no third party keep anything.
BLOCKED = """
const refuse = () => { throw new DOMException("Access is denied", "SecurityError"); };
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"]) {
  Object.defineProperty(window, name, { get: refuse });
}
Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
for (const name of ["pushState", "replaceState"]) History.prototype[name] = refuse;
"""


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_a_reader_who_lets_nothing_be_kept_reads_on(
    page: Page, bundled: str, host: Host, sandbox: str
) -> None:
    """There is no cookie anywhere, and the frame works without any storage (A13)."""
    page.add_init_script(BLOCKED)
    page.goto(host.show(frame_of(bundled, attributes=sandbox)))

    shown(page, 1).locator("a[rel=next]").click()
    frame = shown(page, 2)
    with pytest.raises(Error, match="Access is denied"):
        page.frames[1].evaluate("localStorage")
    frame.locator("#languages a[hreflang=en]").click()
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    shown(page, 2).locator("a[rel=next]").click()

    shown(page, 3)
    assert heard(page, 3) == [2, 3]


def test_the_host_page_commands(page: Page, bundled: str, host: Host) -> None:
    page.goto(host.show(frame_of(bundled)))
    shown(page, 1)
    say = {"namespace": "slideshow"}

    command(page, {**say, "command": "next"}, {**say, "command": "next"})
    shown(page, 3)
    command(page, {**say, "command": "previous"})
    shown(page, 2)
    command(page, {**say, "command": "next"}, {**say, "command": "go", "position": 12})
    shown(page, 12)
    command(page, {**say, "command": "go", "position": 12}, {**say, "command": "previous"})
    shown(page, 11)


JUNK: list[object] = [
    None,
    "slideshow",
    42,
    [],
    "x" * 1_000_000,
    {"namespace": "slideshow"},
    {"namespace": "slideshow", "command": "toString"},
    {"namespace": "slideshow", "command": "__proto__"},
    {"namespace": "slideshow", "command": "constructor", "position": 3},
    {"namespace": "slideshow", "command": ["next"], "position": 3},
    {"namespace": "slideshow", "command": None},
    *(
        {"namespace": "slideshow", "command": "go", "position": position}
        for position in (None, 0, -1, 18, 1e30, 2.5, "3", "3/../../x", [3], {"a": 1})
    ),
    {"namespace": "other", "command": "next"},
    {"message": "ready", "secret": None},
]


def test_junk_is_ignored_in_silence(page: Page, bundled: str, host: Host) -> None:
    """The frame loads under a strict host policy, and junk messages move nothing (A15)."""
    page.goto(host.show(frame_of(bundled)))
    shown(page, 1)

    command(page, *JUNK)
    command(page, {"namespace": "slideshow", "command": "next"})

    shown(page, 2)
    assert heard(page, 2) == [2]


def test_only_the_host_page_commands(page: Page, bundled: str, host: Host) -> None:
    other = frame_of(bundled, 5).replace('id="frame"', 'id="other"')
    page.goto(host.show(frame_of(bundled) + other))
    shown(page, 1)
    expect(page.frame_locator("#other").locator("#slide")).to_have_attribute("data-position", "5")
    first, stranger = page.frames[1:]
    first.evaluate("addEventListener('message', () => { window.isAsked = true })")

    stranger.evaluate(
        "parent.frames[0].postMessage({namespace: 'slideshow', command: 'next'}, '*')"
    )
    first.wait_for_function("() => window.isAsked")
    command(page, {"namespace": "slideshow", "command": "go", "position": 3})

    shown(page, 3)
    assert heard(page, 3) == [3]


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_the_host_keeps_focus_and_scroll(
    page: Page, bundled: str, host: Host, sandbox: str
) -> None:
    """When the frame loads, when it changes, when a wheel turns over it (A9)."""
    page.goto(host.show(f"<p class=tall></p>{OBEY}{frame_of(bundled, attributes=sandbox)}"))
    page.locator("#field").evaluate("e => e.focus({ preventScroll: true })")
    shown(page, 1)
    page.evaluate("scrollTo(0, 3000)")
    before = page.evaluate("scrollY")

    command(page, {"namespace": "slideshow", "command": "next"})
    shown(page, 2)

    assert page.evaluate("document.activeElement.id") == "field"
    assert page.evaluate("scrollY") == before
    box = page.locator("#frame").bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.wheel(0, 200)
    page.wait_for_function("before => scrollY > before", arg=before)


@pytest.mark.parametrize("width", [240, 320, 600, 1000])
def test_the_height_follows_the_text_and_stays(
    page: Page, bundled: str, host: Host, width: int
) -> None:
    """No scrollbar inside, and twenty resizes do not make it grow (A11)."""
    page.goto(host.show(OBEY + frame_of(bundled, 8), css=f"iframe {{ width: {width}px }}"))
    frame = shown(page, 8)
    page.wait_for_function("() => messages.some(m => m.data.event === 'height')")
    fits = "() => document.documentElement.scrollHeight <= innerHeight"
    inside = page.frames[1]
    inside.wait_for_function(fits)
    first = page.locator("#frame").evaluate("e => e.height")

    for step in range(20):
        page.locator("#frame").evaluate(
            "(e, width) => { e.style.width = width + 'px' }", width - 1 + step % 2
        )
        inside.wait_for_function("width => innerWidth === width", arg=width - 1 + step % 2)
    hear_all(page)  # a height that is still on its way would undo what follows
    page.locator("#frame").evaluate("e => { e.height = 1500 }")
    inside.wait_for_function("() => innerHeight === 1500")
    frame.locator("a[rel=next]").click()
    shown(page, 9)
    frame.locator("a[rel=prev]").click()
    shown(page, 8)

    expect(page.locator("#frame")).to_have_attribute("height", first)
    inside.wait_for_function(fits)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert inside.evaluate(overflow) == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_frame(
    context_of: ContextOf, bundled: str, language: str, scheme: str
) -> None:
    """In the theme that the reader's system does not have (B1)."""
    other = "dark" if scheme == "light" else "light"
    found = {}

    page = context_of(color_scheme=other).new_page()
    page.goto(f"{bundled}/embed/{language}/{STORY}/8/?theme={scheme}")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    for width in (240, 320, 1280):
        page.set_viewport_size({"width": width, "height": 500})
        found[width] = violations(page)

    assert not any(found.values()), found


def test_what_failed_is_said_above_the_steps(context_of: ContextOf, bundled: str) -> None:
    """Every control is large enough, and focus can be seen (B7, B13)."""
    page = context_of().new_page()
    page.route("**/9-*/", lambda route: route.abort())

    for width in (240, 320, 600):
        page.set_viewport_size({"width": width, "height": 500})
        page.goto(f"{bundled}/embed/fr/{STORY}/8/")
        page.locator("a[rel=next]").click()
        expect(page.locator("#retry")).to_be_visible()
        message, steps = (page.locator(each).bounding_box() for each in (".message", ".steps"))
        assert message
        assert steps
        assert message["y"] + message["height"] <= steps["y"], width


@pytest.mark.parametrize("theme", ["", "?theme=dark"])
@pytest.mark.parametrize("path", [f"fr/{STORY}/8/", "en/make-a-slideshow/2/"])
def test_on_paper_a_host_page_has_the_text_without_the_controls(
    page: Page, bundled: str, host: Host, path: str, theme: str
) -> None:
    """In the width of a sheet, in the height that the frame has on the screen (A17)."""
    page.set_viewport_size({"width": 720, "height": 1000})
    src = f"{bundled}/embed/{path}{theme}"
    page.goto(host.show(f'<iframe id=frame src="{src}" width="100%" height="480"></iframe>'))
    frame = shown(page, int(path[-2]))

    page.emulate_media(media="print")

    expect(frame.locator("h1")).to_be_visible()
    for hidden in (".steps", ".masthead", ".message"):
        for each in frame.locator(hidden).all():
            expect(each).to_be_hidden()
    bottom, height, ink = page.frames[1].evaluate(
        """() => [
          document.querySelector("article").getBoundingClientRect().bottom,
          innerHeight,
          getComputedStyle(document.querySelector("h1")).color,
        ]"""
    )
    assert bottom <= height
    assert ink == "rgb(0, 0, 0)"


def test_the_theme_stays_on_every_way(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/embed/fr/{STORY}/1/?theme=dark")
    scheme = "getComputedStyle(document.documentElement).colorScheme"

    page.locator("a[rel=next]").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", "2")
    page.locator("#languages a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    assert page.evaluate(scheme) == "dark"
    expect(page.locator("a[rel=next]")).to_have_attribute(
        "href", f"/embed/en/{STORY}/{place('en', 3)}/?theme=dark"
    )


@pytest.mark.parametrize("sandbox", ["", "sandbox"])
def test_without_javascript_the_frame_is_read_by_its_links(
    context_of: ContextOf, bundled: str, host: Host, sandbox: str
) -> None:
    """Without JavaScript the frame shows the slide, its links and a way to the story (A14, C12)."""
    page = context_of(java_script_enabled=False).new_page()
    page.goto(host.show(frame_of(bundled, 6, sandbox)))
    frame = page.frame_locator("#frame")
    slide = frame.locator("#slide")

    frame.locator("a[rel=next]").click()
    expect(slide).to_have_attribute("data-position", "7")
    frame.locator("#languages a[hreflang=en]").click()
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    expect(slide).to_have_attribute("data-position", "7")
    frame.locator("a[rel=prev]").click()

    expect(slide).to_have_attribute("data-position", "6")
    link = frame.locator("#whole")
    assert link.get_attribute("href") == f"{bundled}/en/{STORY}/{place('en', 6)}/"
    expect(link).to_contain_text("Slideshow")
