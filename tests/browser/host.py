"""Host pages: pages of another site, on a server and an origin of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import ClassVar

from playwright.sync_api import FrameLocator, Locator, expect

from tests.support.http import answering

PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><meta charset="utf-8"><title>Host</title>
<link rel="icon" href="data:,"><script src="/seen.js"></script>
<h1>A page of another site</h1><input id="field">
{body}
<p id="after">After the frame.</p>
<div class="tall"></div><link rel="stylesheet" href="/host.css">"""

# What a host page sees: the messages by window, the DOM events by element.
SEEN = """
window.messages = [];
window.events = [];
addEventListener("message", ({ data, origin, source }) => messages.push({ data, origin, source }));
for (const name of ["ready", "slide", "language", "end"]) {
  document.addEventListener(`slideshow:${name}`, (event) => {
    events.push({ name, id: event.target.id, ...event.detail });
  });
}
window.last = (window_, event) => messages.filter(
  (m) => m.data?.namespace === "slideshow" && m.data.event === event && m.source === window_
).at(-1)?.data;
"""

# What a publisher may write who takes a plain frame: it gets the height that it asks for.
OBEY = '<script src="/obey.js"></script>'
OBEYING = """
addEventListener("message", ({ data, source }) => {
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source && data.event === "height") frame.height = data.height;
  }
});
"""

LOADED = """() => document.readyState === "complete"
  || new Promise((done) => addEventListener("load", () => done(true)))"""


class Host:
    """A site of its own; ``address`` is another site than ours, not just another port."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, tuple[str, str, dict[str, str]]] = {
            "/seen.js": (SEEN, "text/javascript", {}),
            "/obey.js": (OBEYING, "text/javascript", {}),
        }
        self._numbers = count(1)

    def show(
        self,
        body: str,
        css: str = "",
        *,
        lang: str = "en",
        dir: str = "ltr",
        headers: dict[str, str] | None = None,
    ) -> str:
        """Return the address of a page with ``body``, higher than any window."""
        number = next(self._numbers)
        text = PAGE.format(body=body, lang=lang, dir=dir).replace("host.css", f"{number}.css")
        self.files[f"/{number}"] = (text, "text/html; charset=utf-8", headers or {})
        self.files[f"/{number}.css"] = (f"{css} .tall {{ height: 3000px }}", "text/css", {})
        return f"{self.address}/{number}"


class Handler(BaseHTTPRequestHandler):
    host: ClassVar[Host]

    def do_GET(self) -> None:
        """Answer with the page that a test put there."""
        text, kind, headers = self.host.files.get(self.path, ("", "text/plain", {}))
        body = text.encode()
        self.send_response(200 if text else 404)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def slide_in(frame: FrameLocator, position: int) -> Locator:
    """Return the slide in a frame, once it is that at a position and the frame's scripts have run.

    Until then a click is the browser's own affair, which loads the next slide as a page.
    """
    slide = frame.locator("#slide")
    expect(slide).to_have_attribute("data-position", str(position))
    slide.evaluate(LOADED)
    return slide


@contextmanager
def hosting() -> Iterator[Host]:
    """Run a server of host pages."""
    handler: type[Handler] = type("HandlerOfOne", (Handler,), {})
    with answering(handler, "localhost") as address:
        handler.host = Host(address)
        yield handler.host
