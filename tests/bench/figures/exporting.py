"""Export: slides written a second, on all cores, by the command itself.

A slide is three files: its page, its frame and its card. Other tools write pages alone, and so do
we once, in one process.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

from slideshow.commands.export import Site
from slideshow.settings import Settings
from tests.bench.bench import Bench
from tests.bench.command import export
from tests.bench.generators import GENERATORS, pages_a_second
from tests.bench.many import write_stories
from tests.bench.peers import NoPeerError
from tests.bench.rows import Row, at_least, compared, missing

STORIES, SLIDES = 25, 100
SLIDE = re.compile(r"/fr/story-[0-9]+/[0-9]+-[^/]+/")


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the rate into an empty folder, and again where nothing has changed."""
    stories = write_stories(bench.work / "to-export", STORIES, SLIDES)
    # No card may be there from an earlier run.
    cache = {"SLIDESHOW_FILECACHE_FOLDER": str(bench.work / "cards")}
    rates: list[float] = []
    for figure in ("slides exported a second", "the same again, nothing changed"):
        seconds = export(stories, bench.work / "exported", cache)
        files = sum(1 for path in (bench.work / "exported").rglob("*") if path.is_file())
        bench.say(f"  {figure}: {files / seconds:,.0f} files/s")
        rates.append(STORIES * SLIDES / seconds)
        yield at_least(figure, rates[-1], "", 500)
    pages = _pages_a_second(stories, bench.work / "pages")
    for generator in GENERATORS:
        try:
            theirs = pages_a_second(generator, bench.work / "peer", STORIES, SLIDES)
        except NoPeerError as error:
            yield missing("slides exported a second", generator.name, str(error))
            continue
        yield compared("slides exported a second, pages alone", pages, "", generator.name, theirs)
        yield compared("slides exported a second, all", rates[0], "", generator.name, theirs)


def _pages_a_second(stories: Path, out: Path) -> float:
    """Return the pages of slides that one process writes in a second."""
    site = Site(Settings(stories=str(stories)))
    start = time.monotonic()
    paths = [path for path in site.addresses if SLIDE.fullmatch(path)]
    for path in paths:
        page = out / path.strip("/") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(site.body(path))
    return len(paths) / (time.monotonic() - start)
