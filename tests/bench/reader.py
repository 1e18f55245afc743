"""A reader on a phone or at a desk: a real Chromium with a shaped network, looking at one page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

PHONE: Any = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
}
DESK: Any = {"viewport": {"width": 1280, "height": 800}}
WATCH = Path(__file__).with_name("watch.js").read_text()


@dataclass(frozen=True, slots=True)
class Network:
    """A network and a processor: round trip in ms, bytes a second, how much slower than here."""

    round_trip: float
    throughput: float = -1
    slowdown: float = 1


SLOW_PHONE = Network(150, 1.6e6 / 8, 4)
NEAR = Network(100)


@dataclass  # no slots: Playwright writes on whoever listens
class Wire:
    """What came over the network: each request's bytes, its headers among them."""

    requests: dict[str, float] = field(default_factory=dict)
    ahead: set[str] = field(default_factory=set)  # of those, what a script fetched

    def listen(self, session: CDPSession) -> None:
        """Count what a session loads from now on."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    @property
    def size(self) -> float:
        """The bytes of all requests."""
        return sum(self.requests.values())

    @property
    def size_ahead(self) -> float:
        """The bytes of what a script fetched: of a page of ours, the slide after it."""
        return sum(self.requests[each] for each in self.ahead)

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests.setdefault(event["requestId"], 0)
            if event["type"] == "Fetch":
                self.ahead.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.requests:
            self.requests[event["requestId"]] = event["encodedDataLength"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A page behind a network, and what comes over its wire."""

    page: Page
    session: CDPSession
    wire: Wire

    def open_cold(self, address: str, elsewhere: str) -> None:
        """Come from another site with nothing in the cache; go on at the first bytes."""
        self.page.goto(elsewhere)
        self.session.send("Network.clearBrowserCache")
        self.page.goto(address, wait_until="commit")


@contextmanager
def reading(browser: Browser, network: Network, device: Any = PHONE) -> Iterator[Reader]:
    """Yield a reader who has been nowhere yet."""
    context = browser.new_context(**device, locale="fr")
    page = context.new_page()
    session = context.new_cdp_session(page)
    wire = Wire()
    wire.listen(session)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.round_trip,
            "downloadThroughput": network.throughput,
            "uploadThroughput": network.throughput,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": network.slowdown})
    page.add_init_script(WATCH)
    yield Reader(page, session, wire)
    context.close()
