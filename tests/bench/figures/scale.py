"""Scale: what a start and a page cost with ten thousand stories, and in one of as many slides."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urlsplit

from tests.bench.bench import Bench
from tests.bench.many import write_stories
from tests.bench.rows import Row, at_most, beside
from tests.conftest import serving
from tests.processes import ask, taken

MANY = 10_000
USUAL = 17  # slides in a story
ASKED = 500
OK = 200
PAUSE_SECONDS = 0.02  # between slides, while stories are read
UNCACHED = {"SLIDESHOW_PAGECACHE_BYTES": "0"}  # a page that is kept costs the same everywhere
# Pages that are made from all stories.
LISTS = {
    "feed": "/fr/feed.xml",
    "part of the sitemap": "/sitemap-2.xml",
    "shelf": "/fr/",
    "search": "/fr/search?q=train+neuf",
}


def rows(bench: Bench) -> Iterator[Row]:
    """Yield start, shelf and memory, and what random slides cost beside a usual story's."""
    one = write_stories(bench.work / "one-story", 1, USUAL, is_translated=True)
    many = write_stories(bench.work / "many-stories", MANY, USUAL, is_translated=True)
    long = write_stories(bench.work / "long-story", 1, MANY)
    enter = bench.stack.enter_context
    environment = {**UNCACHED, "SLIDESHOW_FILECACHE_FOLDER": str(bench.work / "cache")}
    yield from _index(str(many), environment)
    of_many = enter(serving(str(many), environment=environment))
    of_one = enter(serving(str(one), environment=UNCACHED))
    of_long = enter(serving(str(long), environment=UNCACHED))
    cost, first = _costs((of_one, 1, USUAL), (of_many, MANY, USUAL))
    name = f"one story of {USUAL}"
    yield beside(
        f"a slide among {MANY:,} stories, first read", first, "ms", name, cost, 1.2, least=False
    )
    ask(of_many, [_path(number, 1) for number in range(MANY)], MANY, readers=1)
    cost, among = _costs((of_one, 1, USUAL), (of_many, MANY, USUAL))
    yield beside(f"a slide among {MANY:,} stories", among, "ms", name, cost, 1.2, least=False)
    yield at_most(f"memory, all {MANY:,} stories read", taken(of_many).megabytes, "MB", 250)
    cost, inside = _costs((of_one, 1, USUAL), (of_long, 1, MANY))
    yield beside(f"a slide among {MANY:,} of one", inside, "ms", name, cost, 1.2, least=False)
    yield at_most(f"the cover of {MANY:,} slides", _time(of_long, "/fr/story-0/"), "ms", 500)


def _index(many: str, environment: dict[str, str]) -> Iterator[Row]:
    """Yield what it costs to read all stories once, and lists of them from then on."""
    start = time.monotonic()
    with serving(many, environment=environment) as address:
        yield at_most(f"start with {MANY:,} stories in two languages", _since(start), "s", 2)
        yield at_most("their shelf, right after", _time(address, "/fr/"), "ms", 500)
        meanwhile = [*_slides_until_indexed(address)]
        yield at_most("all of them in the index, after", _since(start), "s", 60)
        after = [_time(address, _random()) for _ in range(ASKED)]
        yield beside(
            "a slide meanwhile",
            median(meanwhile),
            "ms",
            "afterwards",
            median(after),
            2,
            least=False,
        )
    with serving(many, environment=environment) as address:
        for name, path in LISTS.items():
            yield at_most(f"their {name}, after a new start", _time(address, path), "ms", 300)


def _slides_until_indexed(address: str) -> Iterator[float]:
    """Yield the milliseconds of slides until the feed no longer waits for the index."""
    with ThreadPoolExecutor(1) as pool:
        while True:
            feed = pool.submit(_status, address, "/fr/feed.xml")
            while not feed.done():
                yield _time(address, _random())
                time.sleep(PAUSE_SECONDS)
            if feed.result() == OK:
                return


def _since(start: float) -> float:
    return time.monotonic() - start


def _random() -> str:
    """Return the path of a slide drawn by lot."""
    return _path(random.randrange(MANY), random.randint(1, USUAL))


def _status(address: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def _costs(*sites: tuple[str, int, int]) -> list[float]:
    """Return the median milliseconds of slides drawn by lot from each site, each made anew.

    A site is its address, its number of stories and of slides in each. They are asked in turn,
    so that what else the machine does weighs on all alike.
    """
    draw = random.Random(0)
    connections = [HTTPConnection(urlsplit(address).netloc) for address, _, _ in sites]
    times: list[list[float]] = [[] for _ in sites]
    for _ in range(ASKED):
        for (_, stories, slides), connection, kept in zip(sites, connections, times, strict=True):
            path = _path(draw.randrange(stories), draw.randint(1, slides))
            kept.append(_timed(connection, path))
    for connection in connections:
        connection.close()
    return [median(each) for each in times]


def _path(story: int, position: int) -> str:
    """Return the path of a slide of ``write_stories``."""
    return f"/fr/story-{story}/{position}-vue-{position}-de-{story}/"


def _time(address: str, path: str) -> float:
    """Return the milliseconds that a page takes."""
    connection = HTTPConnection(urlsplit(address).netloc)
    taken = _timed(connection, path)
    connection.close()
    return taken


def _timed(connection: HTTPConnection, path: str) -> float:
    start = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, path
    return (time.perf_counter() - start) * 1000
