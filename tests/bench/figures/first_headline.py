"""First headline: from opening the address to the first frame in which it can be read."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from math import inf
from statistics import median

from playwright.sync_api import TimeoutError

from tests.bench.bench import EXPORTED, US, Bench, System
from tests.bench.reader import PHONE, SLOW_PHONE, Reader, reading
from tests.bench.rows import Row, beside, missing

RUNS = 9
PATIENCE = 10_000  # ms
SEEN = """(text) => {
    watched.sought ??= watched.headline(text).then((time) => { watched.seen = time; });
    return watched.seen;
}"""
FIGURE = "first headline, slow phone"


def rows(bench: Bench) -> Iterator[Row]:
    """Yield milliseconds beside each peer's; the tools take turns, so that all see the same."""
    times: dict[str, list[float]] = defaultdict(list)
    draw = random.Random(0)
    able = [system for system in bench.systems if not system.reason]
    for system in bench.systems:
        if system.reason:
            yield missing(FIGURE, system.name, system.reason)
    # One context for all: what only another visit could use is cleared or blocked.
    with reading(bench.browser, SLOW_PHONE, {**PHONE, "service_workers": "block"}) as reader:
        for _ in range(RUNS):
            draw.shuffle(able)  # who comes after a heavy page pays for its end
            for system in able:
                times[system.name].append(first_headline(bench, system, reader))
    for name, measured in times.items():
        spread = f"{min(measured):.0f} to {max(measured):.0f}"
        bench.say(f"  {name}: {median(measured):.0f} ms ({spread})")
    ours = median(times[US])
    for name, measured in times.items():
        if name not in (US, EXPORTED):
            yield beside(FIGURE, ours, "ms", name, median(measured), 1, least=False)


def first_headline(bench: Bench, system: System, reader: Reader) -> float:
    """Return milliseconds from the start of the navigation; infinite if it never can be read."""
    reader.open_cold(system.address, bench.elsewhere)
    headline = bench.story.slides[0].name.value
    try:
        # It may begin in the page that is being left, and begins anew in the one that comes.
        found = reader.page.wait_for_function(SEEN, arg=headline, polling=20, timeout=PATIENCE)
    except TimeoutError:
        return inf
    time: float = found.json_value()
    return time
