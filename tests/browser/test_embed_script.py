"""``/embed.js`` and ``<slide-show>`` in pages of another site (checks A8-A11, A15)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from slideshow.paths import shipped
from tests.browser.host import Host, slide_in
from tests.browser.test_slides import TOTAL
from tests.support.places import STORY, place

HEIGHTS = "iframe { height: 400px; border: 9px solid; max-width: 50% } slide-show { width: 90% }"


def script(site: str) -> str:
    return f'<script async src="{site}/embed.js"></script>'


def element(site: str, id: str, path: str = f"/fr/{STORY}/1/", attributes: str = "") -> str:
    """Return the HTML of a slideshow, with the link that shows without the script."""
    address = site + path
    if " lang=" not in f" {attributes}":
        attributes += f' lang="{path.strip("/").removeprefix("embed/").split("/")[0]}"'
    link = f'<a href="{address}">The story of {id}</a>'
    return f'<slide-show id="{id}" src="{address}" {attributes}>{link}</slide-show>'


def shown(page: Page, id: str, position: int) -> Locator:
    """Return the slide in an element, once it is that at a position."""
    return slide_in(page.frame_locator(f"#{id} iframe"), position)


def inside(page: Page, id: str) -> Frame:
    handle = page.locator(f"#{id} iframe").element_handle()
    frame = handle.content_frame() if handle else None
    assert frame
    return frame


def events(page: Page, id: str) -> Iterator[tuple[str, int]]:
    for each in page.evaluate("events"):
        if each["id"] == id:
            yield each["name"], each["position"]


def test_the_script_weighs_less_than_3_kb() -> None:
    assert len(gzip.compress((shipped("static") / "embed.js").read_bytes())) < 3072


@pytest.mark.parametrize("dir", ["ltr", "rtl"])
def test_two_slideshows_are_each_their_own(page: Page, bundled: str, host: Host, dir: str) -> None:
    """On a page that sets a height for every iframe, in either direction (A10, A11)."""
    first = element(bundled, "first", attributes='theme="dark"')
    second = element(bundled, "second", f"/en/{STORY}/{TOTAL - 1}/")
    body = script(bundled) + first + second + script(bundled)
    page.goto(host.show(body, css=HEIGHTS, dir=dir, lang="ar" if dir == "rtl" else "en"))
    shown(page, "first", 1)

    shown(page, "second", TOTAL - 1).locator("a[rel=next]").click()
    shown(page, "second", TOTAL)
    page.evaluate("document.getElementById('first').next()")
    shown(page, "first", 2)

    page.wait_for_function("() => events.length === 5")
    assert list(events(page, "first")) == [("ready", 1), ("slide", 2)]
    assert list(events(page, "second")) == [("ready", TOTAL - 1), ("slide", TOTAL), ("end", TOTAL)]
    assert page.evaluate("events.find(e => e.name === 'end')") == {
        "name": "end",
        "id": "second",
        "story": STORY,
        "position": TOTAL,
        "total": TOTAL,
        "lang": "en",
        "url": f"{bundled}/en/{STORY}/{place('en', TOTAL)}/",
    }
    for id in ("first", "second"):
        frame = inside(page, id)
        frame.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
        width = page.locator(f"#{id} iframe").evaluate("e => [e.clientWidth, e.offsetWidth]")
        assert width[0] == width[1] == page.locator(f"#{id}").evaluate("e => e.clientWidth")
    title = page.locator("#second iframe").get_attribute("title")
    assert title == "The story of second"
    assert inside(page, "first").url.endswith("?theme=dark")


SHRINKING = {
    "flex": ".place { display: flex }",
    "column": ".place { display: flex; flex-direction: column; align-items: center }",
    "float": ".place > div { float: left }",
    "inline-block": ".place > div { display: inline-block }",
    "table": ".place { display: table } .place > div { display: table-cell }",
    "grid": ".place { display: grid; grid-template-columns: auto; justify-content: start }",
    "block": "slide-show { margin: 0 2rem }",
}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("css", SHRINKING.values(), ids=SHRINKING)
def test_it_fills_its_place_where_places_shrink(
    page: Page, bundled: str, host: Host, css: str, width: int
) -> None:
    own = element(bundled, "own", attributes='width="300"')
    place = f"<div class=place><div>{element(bundled, 'show')}</div></div>{own}"
    if "display: flex" in css:
        place = place.replace("<div>", "").replace("</div></div>", "</div>")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(host.show(script(bundled) + place, css=css))
    shown(page, "show", 1)

    room, widths = page.evaluate(
        """() => [
          document.body.clientWidth - (getComputedStyle(show).marginLeft === "32px" ? 64 : 0),
          [show, own].map(e => e.shadowRoot.firstChild.getBoundingClientRect().width),
        ]"""
    )

    assert widths == [room, 300 if "margin" not in css or width > 364 else room]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_page_on_ones_own_disk_is_a_host_too(page: Page, bundled: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<!doctype html><title>Page</title>{element(bundled, 'show')}{script(bundled)}"
    )

    page.goto(path.as_uri())

    shown(page, "show", 1)


def test_commands_before_the_frame_is_there_are_kept(page: Page, bundled: str, host: Host) -> None:
    page.goto(host.show(f"{script(bundled)}<div id=place></div>"))
    page.wait_for_function("() => !!customElements.get('slide-show')")

    page.evaluate(
        """address => {
          const show = document.createElement("slide-show");
          show.id = "late";
          show.setAttribute("src", address);
          show.go(9);
          document.getElementById("place").append(show);
          show.previous();
        }""",
        f"{bundled}/fr/{STORY}/3/",
    )

    shown(page, "late", 8)


def test_it_can_be_removed_moved_and_given_another_address(
    page: Page, bundled: str, host: Host
) -> None:
    page.goto(host.show(f"{script(bundled)}{element(bundled, 'show')}<div id=other></div>"))
    shown(page, "show", 1).locator("a[rel=next]").click()
    shown(page, "show", 2)

    page.evaluate("window.show = document.getElementById('show'); show.remove()")
    assert page.locator("iframe").count() == 0
    page.evaluate("document.getElementById('other').append(show)")
    shown(page, "show", 2)
    page.evaluate("document.body.append(show)")
    shown(page, "show", 2)
    page.evaluate("address => show.setAttribute('src', address)", f"{bundled}/en/{STORY}/5/")
    shown(page, "show", 5)
    assert page.locator("iframe").count() == 1
    page.evaluate("show.next()")
    shown(page, "show", 6)


@pytest.mark.parametrize(
    ("path", "position"),
    [
        (f"/en/{STORY}/", 1),
        (f"/en/{STORY}/4", 4),
        (f"/en/{STORY}/all/", 1),
        (f"/embed/en/{STORY}/7/?theme=light#x", 7),
        (f"/en/{STORY}/9/?utm_source=x", 9),
    ],
)
def test_other_addresses_of_a_slide_do_as_well(
    page: Page, bundled: str, host: Host, path: str, position: int
) -> None:
    page.goto(host.show(script(bundled) + element(bundled, "show", path)))

    shown(page, "show", position)


@pytest.mark.parametrize("src", ["", "javascript:alert(1)", "/not-ours/", "http://["])
def test_an_address_of_no_slide_leaves_the_link(
    page: Page, bundled: str, host: Host, src: str
) -> None:
    link = '<a href="/a">The story</a>'
    page.goto(host.show(f'{script(bundled)}<slide-show src="{src}">{link}</slide-show>'))
    page.wait_for_function("() => !!customElements.get('slide-show')")

    expect(page.get_by_role("link", name="The story")).to_be_visible()
    assert page.locator("iframe").count() == 0


def test_strangers_are_not_heard(page: Page, bundled: str, host: Host) -> None:
    stranger = '<iframe id="stranger" srcdoc="<p>stranger</p>"></iframe>'
    page.goto(host.show(script(bundled) + element(bundled, "show") + stranger))
    shown(page, "show", 1)
    page.wait_for_function("() => events.length === 1")
    height = page.locator("#show iframe").evaluate("e => e.style.height")
    lie = """{namespace: "slideshow", version: 1, event: "slide", position: 9, height: 9999}"""

    page.locator("#stranger").element_handle().content_frame().evaluate(  # type: ignore[union-attr]
        f"parent.postMessage({lie}, '*')"
    )
    page.evaluate(f"postMessage({lie}, '*'); postMessage(null, '*'); postMessage('x', '*')")
    page.evaluate("document.getElementById('show').next()")
    shown(page, "show", 2)

    page.wait_for_function("() => events.length === 2")
    assert list(events(page, "show")) == [("ready", 1), ("slide", 2)]
    assert page.locator("#show iframe").evaluate("e => parseInt(e.style.height)") < 2000
    assert height.endswith("px")


@pytest.mark.parametrize(
    "path",
    [
        "//{other}/en/x/1/",
        "/\\\\{other}/en/x/1/",
        "\\\\{other}/en/x/1/",
        "/..//{other}/en/x/1/",
        "/.//{other}/embed/en/x/1/",
        "/%2e%2e//{other}/en/x/1/",
        "/\t/{other}/en/x/1/",
        "///{other}/en/x/all/",
    ],
)
def test_no_spelling_of_an_address_frames_another_origin(
    page: Page, bundled: str, host: Host, path: str
) -> None:
    """A site may let addresses of one host pass, by what they start with."""
    other = host.address.removeprefix("http://")
    body = script(bundled) + element(bundled, "show", path.format(other=other))
    page.route("**/embed/**", lambda route: route.fulfill(body="<p>No slide"))

    page.goto(host.show(body))
    page.wait_for_function("() => !!document.querySelector('slide-show').shadowRoot?.firstChild")

    framed = page.locator("#show").evaluate("e => e.shadowRoot.querySelector('iframe')?.src")
    assert urlsplit(framed)[:2] == urlsplit(bundled)[:2]


def test_a_frame_cannot_name_another_origin_to_go_on_at(
    page: Page, bundled: str, host: Host
) -> None:
    page.goto(host.show(script(bundled) + element(bundled, "show")))
    shown(page, "show", 1)
    page.wait_for_function("() => events.length === 1")
    lie = {"namespace": "slideshow", "version": 1, "event": "slide"}

    for url in (f"{host.address}/en/x/1/", "javascript:alert(1)", 5, None, "//["):
        inside(page, "show").evaluate("m => parent.postMessage(m, '*')", {**lie, "url": url})
    page.wait_for_function("() => events.length === 6")
    page.locator("#show").evaluate("e => e.setAttribute('theme', 'dark')")

    shown(page, "show", 1)
    assert inside(page, "show").url == f"{bundled}/embed/fr/{STORY}/{place('fr', 1)}/?theme=dark"


def test_history_focus_and_scroll_stay_the_hosts(page: Page, bundled: str, host: Host) -> None:
    """Under strict policies of the host page's own too (A8, A9, A15)."""
    start = host.show("<p>Before</p>")
    page.goto(start)
    policy = f"default-src 'none'; script-src 'self' {bundled}; style-src 'self'; img-src data:; frame-src {bundled}"  # noqa: E501
    headers = {"Content-Security-Policy": policy, "Cross-Origin-Embedder-Policy": "require-corp"}
    body = script(bundled) + element(bundled, "show")
    page.goto(host.show(body, headers=headers))
    length = page.evaluate("history.length")
    page.locator("#field").focus()

    shown(page, "show", 1)
    for position in range(2, 7):
        page.evaluate("document.getElementById('show').next()")
        shown(page, "show", position)

    assert page.evaluate("document.activeElement.id") == "field"
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("history.length") == length
    page.go_back()
    assert page.url == start
