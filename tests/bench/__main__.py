"""Measures Slideshow against its peers on this machine and prints one table.

``python -m tests.bench [FIGURE…]``; without a figure, all of them.
"""

from __future__ import annotations

import argparse
import time
from contextlib import ExitStack
from importlib import import_module

from tests.bench.bench import Bench, CannotMeasureError
from tests.bench.rows import Row, missing, table

# Each is a module of tests/bench/figures with a function rows(bench); this is their order.
FIGURES = (
    "weight", "first_headline", "change", "throughput", "scale", "soak", "edits", "exporting",
    "export_again", "authors", "comparison",
)  # fmt: skip


def main() -> None:
    """Measure the figures asked for; print the table."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)}")
    asked = parser.parse_args().figures
    if unknown := set(asked) - set(FIGURES):
        parser.error(f"no figure {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    rows: list[Row] = []
    with ExitStack() as stack:
        bench = Bench(stack)
        for name in asked or FIGURES:
            start = time.monotonic()
            bench.say(f"Measuring {name}")
            rows += _measured(name, bench)
            bench.say(f"  {time.monotonic() - start:.0f} s")
    print(table(rows))


def _measured(name: str, bench: Bench) -> list[Row]:
    try:
        return list(import_module(f"tests.bench.figures.{name}").rows(bench))
    except CannotMeasureError as error:
        return [missing(name, "", str(error))]


if __name__ == "__main__":
    main()
