"""Export again: the time it takes where nothing has changed, and where a comma has."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.command import export
from tests.bench.many import write_stories
from tests.bench.rows import Row, at_most

MANY = 10_000
SLIDES = 2  # an unchanged story takes the same time, however many slides it has


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the seconds of a second export, and of a third with one more comma."""
    stories = write_stories(bench.work / "to-export-again", MANY, SLIDES, is_translated=True)
    out = bench.work / "exported-again"
    environment = {"SLIDESHOW_FILECACHE_FOLDER": str(bench.work / "exports")}
    bench.say(f"  the first export: {export(stories, out, environment):.0f} s")
    name = f"{MANY:,} stories exported again"
    yield at_most(f"{name}, nothing changed", export(stories, out, environment), "s", 5)
    changed = stories / f"story-{MANY // 2}.fr.txt"
    changed.write_text(changed.read_text().replace("nuit part", "nuit, part"))
    yield at_most(f"{name}, one comma more", export(stories, out, environment), "s", 10)
