"""Counts the pages that people read, without cookies, addresses or anything else about them."""

from __future__ import annotations

import atexit
import logging
import re
import sqlite3
import threading
import time
from collections import Counter
from datetime import date

from flask import Flask
from werkzeug.exceptions import HTTPException

from slideshow.library.counts import FRAME, PAGE, Counts, Read
from slideshow.web.observing.exchange import Exchange
from slideshow.web.routing import FRAMES

logger = logging.getLogger(__name__)

# static/js/count.js sends it with a HEAD request for each slide shown in place of another, and
# page-language.js with its request for a page in another language.
READ_HEADER = "Slideshow-Read"
ROBOTS = re.compile(r"bot\b|bots\b|crawl|spider|slurp|preview|facebookexternalhit", re.IGNORECASE)
WRITTEN_EVERY_SECONDS = 5.0
PAGES = (
    "slides.cover", "slides.slide", "slides.whole", "pairs.cover", "pairs.slide", "pairs.whole",
    "embed.frame",
)  # fmt: skip


def is_read(exchange: Exchange) -> bool:
    """Decide whether a person has a page on the screen after this exchange.

    Pages that are fetched ahead, or to be kept for later, are not counted, nor are robots that
    name themselves.
    """
    if exchange.status not in (200, 304):
        return False
    if ROBOTS.search(exchange.header("User-Agent")):
        return False
    if exchange.header(READ_HEADER):
        return exchange.method in ("GET", "HEAD")
    if exchange.method != "GET" or "prefetch" in exchange.header("Sec-Purpose"):
        return False
    # Browsers send Sec-Fetch-Mode over HTTPS; elsewhere a page is asked for by its first type.
    mode = exchange.header("Sec-Fetch-Mode")
    return mode == "navigate" if mode else exchange.header("Accept").startswith("text/html,")


class Reads:
    """An observer that counts the reads of the pages of ``app``, and writes them to a file.

    It writes every ``pause`` seconds, in a thread of its own, and when the process ends.
    """

    def __init__(self, app: Flask, counts: Counts, pause: float = WRITTEN_EVERY_SECONDS) -> None:
        self._app = app
        self._counts = counts
        self._pause = pause
        self._seen: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._has_started = False

    def __call__(self, exchange: Exchange) -> None:
        """Count an exchange, if it is a read."""
        if not is_read(exchange):
            return
        day = date.fromtimestamp(exchange.time).isoformat()
        with self._lock:
            self._seen[day, exchange.environ["PATH_INFO"]] += 1
            is_first, self._has_started = not self._has_started, True
        if is_first:
            threading.Thread(target=self._write_on, daemon=True).start()
            atexit.register(self.write)

    def write(self) -> None:
        """Write the counts since the last time; keep them if the disk refuses."""
        with self._lock:
            seen, self._seen = self._seen, Counter()
        found: Counter[Read] = Counter()
        for (day, path), reads in seen.items():
            read = self._read(day, path)
            if read:
                found[read] += reads
        try:
            if found:
                self._counts.add(found)
        except sqlite3.Error as error:
            logger.warning("reads cannot be counted for now: %s", error)
            with self._lock:
                self._seen.update(seen)

    def _write_on(self) -> None:
        while True:
            time.sleep(self._pause)
            self.write()

    def _read(self, day: str, path: str) -> Read | None:
        path = path.encode("latin-1").decode("utf-8", "replace")
        try:
            endpoint, values = self._app.url_map.bind("").match(path)
        except HTTPException:
            return None
        if endpoint not in PAGES:
            return None
        slug, place = values["slug"], values.get("slide")
        # The key stays with the slide when others come before it.
        slide = place.key or str(place.position) if place else path.rpartition(slug)[2].strip("/")
        language = "+".join(values.get("pair") or (values["language"],))
        return Read(day, slug, slide, language, FRAME if path.startswith(FRAMES) else PAGE)
