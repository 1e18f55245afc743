"""Export: slides written a second, on all cores, by the command itself.

A slide is four files: its page, its frame, the page that offers to embed it, and its card.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.many import write_stories
from tests.bench.rows import Row, at_least

STORIES, SLIDES = 25, 100


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the rate into an empty folder, and again where nothing has changed."""
    stories = write_stories(bench.work / "to-export", STORIES, SLIDES)
    # No card may be there from an earlier run.
    cache = {"SLIDESHOW_FILECACHE_FOLDER": str(bench.work / "cards")}
    for figure in ("slides exported a second", "the same again, nothing changed"):
        start = time.monotonic()
        files = _export(stories, bench.work / "exported", cache)
        seconds = time.monotonic() - start
        bench.say(f"  {figure}: {files / seconds:,.0f} files/s")
        yield at_least(figure, STORIES * SLIDES / seconds, "", 1000)


def _export(stories: Path, out: Path, environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "slideshow", "export", str(stories), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return sum(1 for path in out.rglob("*") if path.is_file())
