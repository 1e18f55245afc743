"""A real browser; what a page complains about in its console fails the test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.host import Host, hosting
from tests.browser.install import driver_error, find_browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The modules of this folder that `make test` runs; `make trials` runs the others.
MAIN_PATH = ("test_engines", "test_slides")

TRACES = Path(__file__).resolve().parents[1] / "shots" / "traces"
WITHIN = 30_000  # ms; a bound for what never comes, not a measure

ContextOf = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; all but those of the main path are trials."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
            if item.path.stem not in MAIN_PATH:
                item.add_marker("trial")


@pytest.fixture(scope="session")
def headed(request: pytest.FixtureRequest) -> bool:
    """Whether somebody looks on."""
    return bool(request.config.getoption("--headed"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Yield Playwright, running; if it does not start skip aloud, and under CI fail."""
    if error := driver_error():
        skip_aloud(f"Playwright does not start: {error}")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, headed: bool) -> Iterator[Browser]:
    """Yield a Chromium; without one skip aloud, and under CI fail."""
    path = find_browser(is_shown=headed)
    if path is None:
        skip_aloud("no browser: run `make test`, or set SLIDESHOW_BROWSER")
    expect.set_options(timeout=WITHIN)
    # Without a process for the pictures alone, pages take a fourteenth less of the processor.
    flags = FLAGS if headed else [*FLAGS, "--in-process-gpu"]
    browser = playwright.chromium.launch(executable_path=path, args=flags, headless=not headed)
    yield browser
    browser.close()


def skip_aloud(reason: str) -> NoReturn:
    """Skip a test for want of a browser, with the reason in the summary; under CI fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Yield a site of host pages."""
    with hosting() as host:
        yield host


@pytest.fixture
def context_of(
    browser: Browser, headed: bool, request: pytest.FixtureRequest
) -> Iterator[ContextOf]:
    """Yield a function that makes a browser context with options of Playwright's.

    Only tests that are marked have a service worker: it takes three times as long to open a page.
    """
    has_worker = request.node.get_closest_marker("worker") is not None
    name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
    traces = (TRACES / f"{name}-{number}.zip" for number in count(1))
    with ExitStack() as stack:

        def make(**options: Any) -> BrowserContext:
            options.setdefault("viewport", {"width": 1280, "height": 800})
            options.setdefault("service_workers", "allow" if has_worker else "block")
            context = browser.new_context(**options)
            stack.callback(context.close)
            if headed:
                context.tracing.start(screenshots=True, snapshots=True, sources=True)
                stack.callback(context.tracing.stop, path=next(traces))
            return context

        yield make


@pytest.fixture
def console() -> list[str]:
    """Return the complaints of ``page``, which fail the test at its end unless cleared."""
    return []


@pytest.fixture
def page(context_of: ContextOf, console: list[str]) -> Iterator[Page]:
    """Yield a page whose console stays silent."""
    page = context_of().new_page()
    listen(page, console)
    yield page
    assert console == []


# Without a network a picture that was never seen shows its words instead. A blocked service worker
# is none that a reader misses.
EXPECTED = re.compile(
    r"Failed to load resource: net::ERR_\w+ \(http://[^/]+/pictures/"
    r"|Service Worker registration blocked by Playwright"
)


def listen(page: Page, console: list[str]) -> None:
    """Gather the errors and warnings of a page, breaches of its CSP among them."""

    def note(complaint: str) -> None:
        if not EXPECTED.match(complaint):
            console.append(complaint)

    page.on("pageerror", lambda error: console.append(str(error)))
    page.on(
        "console",
        lambda message: (
            note(f"{message.text} ({message.location.get('url')})")
            if message.type in ("error", "warning")
            else None
        ),
    )
