"""A reader's browser, whichever engine it has: the few gestures that the main path takes."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserType, Frame, Page, Playwright

from tests.browser.install import find_firefox, find_webkit, of_playwright
from tests.browser.webdriver import ELEMENT, KEYS, DriverError, Http, Marionette, Wire
from tests.conftest import ending, wait_for
from tests.support.ports import reserved_port

BEGINS_WITHIN = 120.0  # seconds; Firefox reads a hundred megabytes before it listens
WITHIN = 30.0  # seconds; a bound for what never comes, not a measure
WIDTH, HEIGHT = 1280, 800
# Nothing of a first start, and nothing that asks another origin.
PROFILE = """
user_pref("marionette.port", {port});
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"""
NOT_YET = {  # the errors of an element that cannot be clicked for a moment
    "element click intercepted",
    "element not interactable",
    "no such element",
    "stale element reference",
}
Condition = Callable[[], object]


class Reader(Protocol):
    """What a reader does with a browser. Selectors are of CSS; scripts are bodies of functions."""

    def open(self, url: str) -> None: ...
    def back(self) -> None: ...
    def reload(self) -> None: ...
    def click(self, selector: str) -> None: ...
    def press(self, key: str) -> None: ...
    def run(self, script: str, *arguments: object) -> Any: ...
    def enter(self, frame: str) -> None: ...
    def leave(self) -> None: ...


class PlaywrightReader:
    """A page of one of the browsers that Playwright drives."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frame: Page | Frame = page

    def open(self, url: str) -> None:
        self._page.goto(url)

    def back(self) -> None:
        self._page.go_back()

    def reload(self) -> None:
        self._page.reload()

    def click(self, selector: str) -> None:
        self._frame.locator(selector).click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def run(self, script: str, *arguments: object) -> Any:
        return self._frame.evaluate(f"arguments => {{ {script} }}", arguments)

    def enter(self, frame: str) -> None:
        inside = self._page.locator(frame).element_handle().content_frame()
        assert inside
        self._frame = inside

    def leave(self) -> None:
        self._frame = self._page


class WebDriverReader:
    """The window of a browser that WebDriver drives."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        wire.send("SetWindowRect", x=0, y=0, width=WIDTH, height=HEIGHT)

    def open(self, url: str) -> None:
        self._wire.send("Navigate", url=url)

    def back(self) -> None:
        self._wire.send("Back")

    def reload(self) -> None:
        """Reload as the button does: Firefox's driver would pass the worker by, as Shift does."""
        self.run("window.isOld = true; setTimeout(() => location.reload());")
        eventually(self._is_reloaded)

    def _is_reloaded(self) -> bool:
        try:
            return bool(self.run("return !window.isOld && document.readyState === 'complete'"))
        except DriverError:  # between two pages
            return False

    def click(self, selector: str) -> None:
        """Click an element once it is there and can be hit, as Playwright does."""
        eventually(lambda: self._is_clicked(selector))

    def _is_clicked(self, selector: str) -> bool:
        try:
            self._wire.send("ElementClick", id=self._element(selector))
        except DriverError as error:
            if error.kind not in NOT_YET:
                raise
            return False
        return True

    def press(self, key: str) -> None:
        strokes = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self._wire.send(
            "PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}]
        )

    def run(self, script: str, *arguments: object) -> Any:
        return self._wire.send("ExecuteScript", script=script, args=list(arguments))

    def enter(self, frame: str) -> None:
        element = self._element(frame)
        self._wire.send("SwitchToFrame", id={ELEMENT: element}, element=element)

    def leave(self) -> None:
        self._wire.send("SwitchToFrame", id=None)

    def _element(self, selector: str) -> str:
        found = self._wire.send("FindElement", using="css selector", value=selector)
        return str(found[ELEMENT])


def eventually(condition: Condition, within: float = WITHIN) -> None:
    """Wait until a condition holds; fail if it takes too many seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"{condition} never held"
        time.sleep(0.02)


def opened(engine: str, playwright: Playwright, browser: Browser) -> AbstractContextManager[Reader]:
    """Return a reader whose browser has an engine, until the block ends.

    Raises LookupError if this machine has no such browser.
    """
    if engine == "chromium":
        return _playwright(browser)
    if engine == "firefox" and (path := find_firefox()):
        return _firefox(path)
    if engine == "webkit" and (path := find_webkit()):
        return _webkit(path)
    if path := of_playwright(engine):
        return _launched(getattr(playwright, engine), path)
    raise LookupError(f"no browser with {engine}: run `make test`, which installs one")


@contextmanager
def _launched(kind: BrowserType, path: str) -> Iterator[Reader]:
    with kind.launch(executable_path=path) as browser, _playwright(browser) as reader:
        yield reader


@contextmanager
def _playwright(browser: Browser) -> Iterator[Reader]:
    with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}) as context:
        yield PlaywrightReader(context.new_page())


@contextmanager
def _firefox(path: str) -> Iterator[Reader]:
    with tempfile.TemporaryDirectory() as folder, reserved_port() as port, ExitStack() as stack:
        Path(folder, "user.js").write_text(PROFILE.format(port=port))
        command = [path, "--headless", "--no-remote", "--marionette", "--profile", folder]
        process = stack.enter_context(ending(command, stdout=subprocess.DEVNULL))
        listens = Path(folder, "MarionetteActivePort")
        eventually(lambda: process.poll() is not None or listens.exists(), BEGINS_WITHIN)
        wire = Marionette(port)
        stack.callback(wire.close)
        yield WebDriverReader(wire)


@contextmanager
def _webkit(path: str) -> Iterator[Reader]:
    """Yield a reader with WebKitGTK, which needs a display: one that nobody sees."""
    with reserved_port() as port, ExitStack() as stack:
        # Not its complaints, about displays that others have, in the place of a number.
        command = ["sh", "-c", "exec Xvfb -displayfd 1 2>/dev/null"]
        display = stack.enter_context(ending(command, stdout=subprocess.PIPE))
        assert display.stdout
        environment = {"DISPLAY": f":{display.stdout.readline().strip()}"}
        process = stack.enter_context(ending([path, f"--port={port}"], environment))
        wait_for(f"http://127.0.0.1:{port}/status", process)
        wire = Http(f"http://127.0.0.1:{port}", {"browserName": "MiniBrowser"})
        stack.callback(wire.close)
        yield WebDriverReader(wire)
