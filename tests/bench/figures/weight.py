"""Light: a slide, cold, with everything it loads until nothing more comes.

The slide that is fetched ahead is among that; what the first one weighs by itself is said too.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import EXPORTED, US, Bench
from tests.bench.reader import NEAR, reading
from tests.bench.rows import Row, at_most, compared, missing

KILOBYTES = 25.0
REQUESTS = 6


def rows(bench: Bench) -> Iterator[Row]:
    """Yield kilobytes and requests, headers and what is fetched ahead included."""
    weights: dict[str, tuple[float, int, float]] = {}
    for system in bench.systems:
        if system.reason:
            yield missing("weight, cold", system.name, system.reason)
            continue
        with reading(bench.browser, NEAR) as reader:
            reader.page.goto(system.address, wait_until="networkidle")
            size, count = reader.wire.size / 1024, len(reader.wire.requests)
            ahead = reader.wire.size_ahead / 1024
        weights[system.name] = size, count, ahead
        bench.say(f"  {system.name}: {size:.1f} KB, {count} requests")
    kilobytes, requests, ahead = weights[US]
    yield at_most("weight, cold", kilobytes, "KB", KILOBYTES)
    for name, (theirs, _, _) in weights.items():
        if name not in (US, EXPORTED):
            yield compared("weight, cold", kilobytes, "KB", name, theirs)
    yield at_most("weight, without what is fetched ahead", kilobytes - ahead, "KB", KILOBYTES)
    yield at_most("requests, cold", requests, "", REQUESTS)
