"""What the figures have in common: the story, the tools that show it, a browser, servers."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from slideshow.commands.export import Site, export
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.model import Story
from tests.bench.folders import NO_NGINX, compress, find_nginx, nginx
from tests.bench.peers import PEERS, NoPeerError
from tests.browser.conftest import FLAGS
from tests.browser.install import find_browser
from tests.conftest import serving
from tests.support.places import place

SLUG = "pyongyang-moscou"
US = "Slideshow"
EXPORTED = "Slideshow, exported"


class CannotMeasureError(Exception):
    """What a figure needs is not on this machine; the message says what."""


@dataclass(frozen=True, slots=True)
class System:
    """The story in one tool and the address it opens at; without one, ``reason`` says why."""

    name: str
    address: str = ""
    reason: str = ""


class Bench:
    """The means of one run, each made when first used; ``stack`` closes them."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack

    def say(self, line: str) -> None:
        """Tell whoever waits what is going on."""
        print(line, file=sys.stderr, flush=True)

    @cached_property
    def work(self) -> Path:
        """A folder for this run."""
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))

    @cached_property
    def story(self) -> Story:
        """The bundled story in French, which every tool shows."""
        story = Library().story(SLUG)
        assert story is not None
        return story

    @cached_property
    def browser(self) -> Browser:
        """A Chromium."""
        path = find_browser()
        if path is None:
            raise CannotMeasureError("no browser on this machine: playwright install chromium")
        playwright = self.stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        self.stack.callback(browser.close)
        return browser

    @cached_property
    def server(self) -> str:
        """The address of ``slideshow serve`` with the bundled stories."""
        return self.stack.enter_context(serving())

    @property
    def elsewhere(self) -> str:
        """The address of a page of another site, where a reader may come from."""
        return f"{self.server.replace('127.0.0.1', 'localhost')}/healthz"

    @cached_property
    def systems(self) -> list[System]:
        """The story in every tool, each opened at its first slide; ours first."""
        path = f"/fr/{SLUG}/{place('fr', 1)}/"
        ours = System(US, self.server + path)
        if find_nginx() is None:
            names = (EXPORTED, *(peer.label for peer in PEERS))
            return [ours, *(System(name, reason=NO_NGINX) for name in names)]
        sites = self.work / "sites"
        export(Site(Settings()), sites, lambda done: None)
        reasons: dict[str, str] = {}
        for peer in PEERS:
            self.say(f"Building {peer.label}")
            try:
                peer.build(self.story, sites / "peers" / peer.folder)
            except NoPeerError as error:
                reasons[peer.name] = str(error)
        compress(sites)
        address = self.stack.enter_context(nginx(sites, self.work / "nginx"))
        found = [
            System(peer.label, f"{address}/peers/{peer.folder}/", reasons.get(peer.name, ""))
            for peer in PEERS
        ]
        return [ours, System(EXPORTED, address + path), *found]
