"""A page that comes in piece by piece, as on a slow network or machine, moves nothing."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WITHIN
from tests.browser.test_slides import STORY
from tests.support.http import answering

MOST_PIECES = 24
# Each shift with the elements that moved, from where to where.
SHIFTS = """
window.shifts = [];
const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
new PerformanceObserver((list) => {
  for (const { sources } of list.getEntries()) {
    window.shifts.push(...sources.map(({ node, previousRect, currentRect }) => {
      const element = (node?.outerHTML ?? node?.parentElement?.outerHTML)?.slice(0, 60);
      return `${element}: ${place(previousRect)} to ${place(currentRect)}`;
    }));
  }
}).observe({ type: "layout-shift", buffered: true });
"""
IS_PAINTED = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
"""


class Pieces:
    """A page cut at the ends of lines of its body; each piece is sent when it is asked for."""

    def __init__(self, url: str) -> None:
        with urllib.request.urlopen(url) as answer:
            data: bytes = answer.read()
        head, body = data.split(b"</head>")
        lines = body.splitlines(keepends=True)
        size = len(lines) // MOST_PIECES + 1
        rest = [b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]
        self.all = [head + b"</head>", *rest]
        self._wanted = threading.Semaphore(0)

    def send_next(self) -> None:
        """Let the server send one piece more."""
        self._wanted.release()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.all:
            self._wanted.acquire(timeout=WITHIN / 1000)
            yield piece


@contextmanager
def in_pieces(site: str, path: str) -> Iterator[tuple[str, Pieces]]:
    """Yield the address of a server that has one page of a site in pieces, and those."""
    pieces = Pieces(site + path)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urllib.request.urlopen(site + self.path) as answer:
                data, kind = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            for part in pieces if self.path == path else [data]:
                self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with answering(Handler) as address:
        yield address + path, pieces


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [f"/fr/{STORY}/", f"/fr/{STORY}/3/", f"/embed/fr/{STORY}/3/"])
def test_a_page_that_comes_in_moves_nothing(
    page: Page, bundled: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.add_init_script(SHIFTS)

    with in_pieces(bundled, path) as (address, pieces):
        pieces.send_next()
        page.goto(address, wait_until="commit")
        for _ in pieces.all:
            pieces.send_next()
            page.evaluate(IS_PAINTED)
        page.wait_for_load_state()

        assert page.evaluate("window.shifts") == []
