"""A moment of publication under load: two copies with two workers each, asked without a pause."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import serving
from tests.web.conftest import write
from tests.web.test_publishing import BOTH, WORDS, catalogue, zebra

pytestmark = pytest.mark.trial

AHEAD_SECONDS = 4.0
AFTER_SECONDS = 3.0
TOLERANCE_SECONDS = 1.0
PATHS = {
    "/en/zebra/": "The zebra",
    "/fr/zebra/": "Le zèbre",
    "/en+fr/zebra/1-stripes/": "Rayures",
    "/embed/fr/zebra/1-rayures/": "Noir, blanc.",
    "/en/": "/en/zebra/",
    "/fr/": "/fr/zebra/",
    "/sitemap.xml": "/fr/zebra/",
    "/fr/feed.xml": "/fr/zebra/",
}


@dataclass(frozen=True)
class Seen:
    """An answer: when it was asked for and had, and whether it shows the story."""

    path: str
    asked: float
    had: float
    is_there: bool


def read(address: str, end: float, seen: list[Seen]) -> None:
    """Ask for every path in turn until a moment, over one connection."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for path in cycle(PATHS):
        if time.time() > end:
            break
        asked = time.time()
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 404, 503), (path, answer.status)
        if answer.status != 503:  # the stories are not read yet
            is_there = answer.status == 200 and PATHS[path] in text
            seen.append(Seen(path, asked, time.time(), is_there))
    connection.close()


def test_a_story_appears_everywhere_in_one_second_under_load(tmp_path: Path) -> None:
    with ExitStack() as stack:
        place = write(tmp_path / "stories", {"lion.en.md": zebra()})
        copies = [
            stack.enter_context(serving(str(place), "--workers", "2", environment=environment))
            for environment in ({"XDG_CACHE_HOME": str(tmp_path / name)} for name in ("a", "b"))
        ]
        moment = time.time() + AHEAD_SECONDS
        publish = datetime.fromtimestamp(moment, UTC).isoformat()
        files = {
            "zebra.en.md": zebra(f"{BOTH}publish: {publish}\n"),
            "translations/fr/LC_MESSAGES/zebra.po": catalogue(WORDS),
        }
        write(place, files)
        seen: list[Seen] = []
        readers = [
            threading.Thread(target=read, args=(copy, moment + AFTER_SECONDS, seen))
            for copy in copies
            for _ in range(3)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    early = [each for each in seen if each.is_there and each.had < moment - TOLERANCE_SECONDS]
    late = [each for each in seen if not each.is_there and each.asked > moment + TOLERANCE_SECONDS]
    assert early == []
    assert late == []
    assert {each.path for each in seen if each.is_there} == set(PATHS)
    assert {each.path for each in seen if not each.is_there} == set(PATHS)
