"""Scale: what a start and a slide cost with ten thousand stories, and in one of as many slides."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urlsplit

from tests.bench.bench import Bench
from tests.bench.many import write_stories
from tests.bench.rows import Row, at_most, beside
from tests.conftest import serving

MANY = 10_000
USUAL = 17  # slides in a story
ASKED = 300
UNCACHED = {"SLIDESHOW_PAGECACHE_BYTES": "0"}  # a page that is kept costs the same everywhere


def rows(bench: Bench) -> Iterator[Row]:
    """Give start, memory, and the cost of random slides beside those of one usual story."""
    one = write_stories(bench.work / "one-story", 1, USUAL)
    many = write_stories(bench.work / "many-stories", MANY, USUAL)
    long = write_stories(bench.work / "long-story", 1, MANY)
    enter = bench.stack.enter_context
    start = time.monotonic()
    of_many = enter(serving(str(many), environment=UNCACHED))
    yield at_most(f"start with {MANY:,} stories", time.monotonic() - start, "s", 2)
    of_one = enter(serving(str(one), environment=UNCACHED))
    of_long = enter(serving(str(long), environment=UNCACHED))
    cost = _cost(of_one, 1, USUAL)
    among = _cost(of_many, MANY, USUAL)
    inside = _cost(of_long, 1, MANY)
    yield at_most(f"memory with {MANY:,} stories", _memory(of_many), "MB", 250)
    name = f"one story of {USUAL}"
    yield beside(f"a slide among {MANY:,} stories", among, "ms", name, cost, 1.2, least=False)
    yield beside(f"a slide among {MANY:,} of one", inside, "ms", name, cost, 1.2, least=False)


def _cost(address: str, stories: int, slides: int) -> float:
    """Give the median milliseconds of slides drawn by lot, each made anew."""
    draw = random.Random(0)
    connection = HTTPConnection(urlsplit(address).netloc)
    times = []
    for _ in range(ASKED):
        path = f"/fr/story-{draw.randrange(stories)}/{draw.randint(1, slides)}/"
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - start) * 1000)
        assert answer.status == 200, path
    connection.close()
    return median(times)


def _memory(address: str) -> float:
    """Give the megabytes of the largest process that serves an address."""
    port = f"--port {urlsplit(address).port}"
    listing = subprocess.run(
        ["ps", "-eo", "pid,ppid,rss,args"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[1:]
    processes = [line.split(None, 3) for line in listing]
    parent = next(pid for pid, _, _, command in processes if command.endswith(port))
    return max(int(rss) for pid, of, rss, _ in processes if parent in (pid, of)) / 1024
