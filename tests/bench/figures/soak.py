"""Soak: what a hundred thousand answers leave behind."""

from __future__ import annotations

from collections.abc import Iterator

from slideshow.commands.server import BLOCKING_THREADS
from tests.bench.bench import Bench, CannotMeasureError
from tests.bench.rows import Row, at_most
from tests.commands.test_soak import PATHS
from tests.conftest import serving
from tests.processes import PROC, ask, taken

TIMES = 100_000
WARM = 10_000


def rows(bench: Bench) -> Iterator[Row]:
    """Return the growth of memory, descriptors and threads, after a tenth as many answers."""
    if not PROC.exists():
        raise CannotMeasureError("no /proc to look at")
    address = bench.stack.enter_context(serving())
    wrong = ask(address, PATHS, WARM, readers=BLOCKING_THREADS)  # until all of them are there
    before = taken(address)
    wrong += ask(address, PATHS, TIMES)
    after = taken(address)
    name = f"after {TIMES:,} answers:"
    growth = (after.megabytes / before.megabytes - 1) * 100
    yield at_most(f"{name} memory grown by", max(growth, 0), "%", 10)
    yield at_most(f"{name} descriptors more", after.descriptors - before.descriptors, "", 0)
    yield at_most(f"{name} threads more", after.threads - before.threads, "", 0)
    yield at_most(f"{name} failures", len(wrong), "", 0)
