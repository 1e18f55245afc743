"""Change of slide: from the key press to the next headline, and until nothing moves any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median, quantiles

from tests.bench.bench import EXPORTED, US, Bench, System
from tests.bench.reader import DESK, NEAR, reading
from tests.bench.rows import Row, at_most, compared, missing

ROUNDS = 2
PRESSES = 10
PAUSE = 250  # ms that a reader takes at the least, and the next slide to come ahead


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the median, the 95th percentile and the end of the movement, and the peers' median."""
    readable: dict[str, list[float]] = defaultdict(list)
    still: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for system in bench.systems:
            if system.reason:
                continue
            for change in changes(bench, system):
                readable[system.name].append(change["readable"])
                still[system.name].append(change["still"])
    for name, times in readable.items():
        bench.say(
            f"  {name}: {median(times):.0f} ms, 95th {_95th(times):.0f}, "
            f"still at {median(still[name]):.0f}"
        )
    ours = readable[US]
    yield at_most("change of slide", median(ours), "ms", 30)
    yield at_most("change of slide, 95th", _95th(ours), "ms", 50)
    yield at_most("movement over", median(still[US]), "ms", 350)
    for system in bench.systems:
        theirs = readable[system.name]
        if system.name in (US, EXPORTED):
            continue
        if theirs:
            yield compared("change of slide", median(ours), "ms", system.name, median(theirs))
        else:
            reason = system.reason or "does not turn by key"
            yield missing("change of slide", system.name, reason)


def changes(bench: Bench, system: System) -> Iterator[dict[str, float]]:
    """Press Arrow Right again and again; give the times of each change."""
    with reading(bench.browser, NEAR, DESK) as reader:
        page = reader.page
        page.goto(system.address, wait_until="networkidle")
        for slide in bench.story.slides[1 : PRESSES + 1]:
            watch = page.evaluate_handle(
                "(text) => ({ done: watched.change(text) })", slide.name.value
            )
            page.keyboard.press("ArrowRight")
            change = page.evaluate("(watch) => watch.done", watch)
            if change is None:
                return
            yield change
            page.wait_for_timeout(PAUSE)


def _95th(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
