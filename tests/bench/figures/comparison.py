"""What the README compares: headlines without JavaScript, and an address for each slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.bench.bench import EXPORTED, US, Bench, System
from tests.bench.rows import Row, missing
from tests.readme import section

PLAIN, ADDRESS = "without JavaScript", "an address for each slide"  # rows of the README's table


def rows(bench: Bench) -> Iterator[Row]:
    """Yield what the README's table says of a tool, beside what the tool does."""
    columns = [cell.strip() for cell in section("How it compares").split("|")]
    for system in bench.systems:
        name = system.name.split(" ")[0]
        if name not in columns or system.name == EXPORTED:
            continue
        if system.reason:
            yield missing(PLAIN, system.name, system.reason)
            continue
        for row, found in ((PLAIN, headlines(bench, system)), (ADDRESS, address(bench, system))):
            said = said_of(row, name)
            yield Row(f"{row}, says the README", said, found, system.name, is_met=said == found)


def said_of(row: str, name: str) -> str:
    """Return a cell of the README's table."""
    lines = re.findall(r"^\| ?(.*) \|$", section("How it compares"), re.M)
    head, *cells = ([cell.strip() for cell in line.split("|")] for line in lines)
    found: list[str] = [line[head.index(name)] for line in cells if line[0] == row]
    return found[0]


def headlines(bench: Bench, system: System) -> str:
    """Say how many headlines readers see without JavaScript, following links to the next slide.

    A headline is seen if its middle is on the page, and not below other text.
    """
    context = bench.browser.new_context(java_script_enabled=False, locale="fr")
    page = context.new_page()
    page.goto(system.address)
    names = {slide.name.plain() for slide in bench.story.slides}
    seen: set[str] = set()
    while True:
        seen |= {name for name in names if _is_seen(page, name)}
        following = page.locator("a[rel=next][href]")
        if system.name != US or not following.count():
            context.close()
            return {0: "nothing", len(names): "everything"}.get(len(seen), f"{len(seen)} slides")
        page.goto(following.first.evaluate("link => link.href"))


def _is_seen(page: Page, name: str) -> bool:
    found: bool = page.evaluate(
        """(name) => [...document.querySelectorAll("h1, h2, h3")].some((heading) => {
            const text = heading.innerText.trim().replaceAll("\u2011", "-"); // as we print hyphens
            if (text !== name) return false;
            heading.scrollIntoView({ block: "center" });
            const { left, top, width, height } = heading.getBoundingClientRect();
            const hit = document.elementFromPoint(left + width / 2, top + height / 2);
            return width > 0 && hit !== null && (heading.contains(hit) || hit.contains(heading));
        })""",
        name,
    )
    return found


def address(bench: Bench, system: System) -> str:
    """Say what in the address changes with the slide: the page, a fragment, or nothing."""
    context = bench.browser.new_context(locale="fr")
    page = context.new_page()
    page.goto(system.address, wait_until="networkidle")
    before = urlsplit(page.url)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1000)
    if page.url == before.geturl():  # not every tool listens to keys before a click
        page.locator("[class*=next]:visible").first.click()
        page.wait_for_timeout(1000)
    after = urlsplit(page.url)
    context.close()
    if after.path != before.path:
        return "a page"
    return "a fragment" if after.fragment != before.fragment else "no"
