"""What a publisher pastes: chosen in a dialog over the slide, or on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.host import Host
from tests.browser.test_accessibility import overflow, violations
from tests.support.places import STORY, place

ContextOf = Callable[..., BrowserContext]

SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


def field(page: Page, kind: str) -> Locator:
    return page.locator(f"textarea[aria-labelledby=embed-{kind}]")


def opened(page: Page, site: str, language: str = "en", position: int = 4) -> Locator:
    """Open the dialog by keyboard, from a slide that was reached by a change."""
    page.goto(f"{site}/{language}/{STORY}/{position - 1}/")
    page.locator("a[rel=next]").click()
    expect(page.locator("#slide")).to_have_attribute("data-position", str(position))
    page.locator("#more").press("Enter")
    page.locator("#embed-link").press("Enter")
    dialog = page.locator("dialog.embedding")
    expect(dialog).to_be_visible()
    expect(dialog.frame_locator("slide-show iframe").locator("#slide")).to_have_attribute(
        "data-position", str(position)
    )
    return dialog


def test_what_is_pasted_follows_what_is_chosen(page: Page, bundled: str) -> None:
    dialog = opened(page, bundled)
    address = f"{bundled}/en/{STORY}/{place('en', 4)}/"
    assert field(page, "address").input_value() == address

    dialog.locator("[name=language]").select_option("fr")
    dialog.locator("[name=theme]").select_option("dark")
    dialog.locator("[name=width]").fill("500")
    dialog.locator("[name=height]").fill("350")
    dialog.locator("[name=position]").fill("7")
    dialog.locator("[name=position]").press("Enter")

    frame = dialog.frame_locator("slide-show iframe")
    expect(frame.locator("#slide")).to_have_attribute("data-position", "7")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    place_in_french = place("fr", 7)
    address = f"{bundled}/fr/{STORY}/{place_in_french}/"
    # What is pasted is the title as it was written, without what keeps its lines together.
    title = frame.locator(".story").inner_text().replace("\u2011", "-")
    assert field(page, "address").input_value() == address
    assert field(page, "script").input_value() == (
        f'<slide-show src="{address}" lang="fr" theme="dark" width="500">'
        f'<a href="{address}">{title}</a></slide-show>\n'
        f'<script async src="{bundled}/embed.js"></script>'
    )
    assert field(page, "iframe").input_value() == (
        f'<iframe src="{address.replace("/fr/", "/embed/fr/")}?theme=dark" '
        'width="500" height="350" '
        f'title="{title}" frameborder="0" loading="lazy"></iframe>'
    )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#more")).to_be_focused()
    assert page.url.endswith(f"/en/{STORY}/{place('en', 4)}/")


@pytest.mark.parametrize(("language", "said"), [("fr", "Copié."), ("en", "Copied.")])
def test_what_is_copied_works_as_it_is(
    context_of: ContextOf, bundled: str, host: Host, language: str, said: str
) -> None:
    context = context_of()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, other = context.new_page(), context.new_page()
    page.bring_to_front()
    dialog = opened(page, bundled, language)
    pasted = []

    for kind in ("script", "iframe"):
        page.bring_to_front()
        section = dialog.locator("section", has=field(page, kind))
        section.locator("button").press("Enter")
        expect(section.locator("output")).to_have_text(said)
        other.bring_to_front()
        other.goto(host.show("<p>Paste here</p>"))
        text = other.evaluate("navigator.clipboard.readText()")
        other.goto(host.show(text))
        slide = other.frame_locator("iframe").locator("#slide")
        expect(slide).to_have_attribute("data-position", "4")
        pasted.append(text == field(page, kind).input_value())

    assert pasted == [True, True]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everyone_can_use_the_dialog(context_of: ContextOf, bundled: str, language: str) -> None:
    page = context_of(viewport={"width": 320, "height": 700}).new_page()
    opened(page, bundled, language)
    found = {}

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found[width, scheme] = (violations(page), overflow(page))

    assert set(map(str, found.values())) == {"([], 0)"}, found


def test_without_javascript_it_is_a_page(context_of: ContextOf, bundled: str) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{bundled}/fr/{STORY}/embed/?slide=5")

    slide = page.frame_locator("iframe").locator("#slide")
    expect(slide).to_have_attribute("data-position", "5")
    assert (
        f'src="{bundled}/embed/fr/{STORY}/{place("fr", 5)}/"' in field(page, "iframe").input_value()
    )
    expect(page.locator("form.choices")).to_be_hidden()
    page.locator("#languages a[hreflang=en]").click()

    page.wait_for_url(f"**/en/{STORY}/embed/?slide=5-*")
    assert field(page, "address").input_value() == f"{bundled}/en/{STORY}/{place('en', 5)}/"


def test_where_what_to_paste_cannot_be_fetched_the_slide_stays_and_says_so(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    page.route("**/embed/?*", lambda route: route.fulfill(status=500, body=""))
    page.goto(f"{bundled}/en/{STORY}/3/")
    page.locator("#more").click()

    page.locator("#embed-link").click()

    expect(page.locator("#retry")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Couldn’t load")
    assert page.url == f"{bundled}/en/{STORY}/{place('en', 3)}/"
    page.unroute("**/embed/?*")
    page.keyboard.press("Escape")
    page.locator("#retry").click()
    expect(page.locator("dialog.embedding")).to_be_visible()
