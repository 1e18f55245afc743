"""Many: ``check`` and ``translate`` over thousands of articles, in seconds and in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.rows import Row, at_most

FEW, MANY = 1_000, 10_000
MEGABYTES = 300.0
GROWTH = 1.2  # of the time an article takes, from few to many: more would not be linear
SLIDES = 8
SENTENCE = "Le train de nuit part à neuf heures, et personne ne sait s’il arrivera un jour"


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the time for ten thousand articles, how it grows with them, and the memory."""
    few, many = (_library(bench.work / f"stories-{count}", count) for count in (FEW, MANY))
    for command, options in (("translate", ["--to", "en"]), ("translate", []), ("check", [])):
        name = " ".join([command, *options])
        bench.say(f"  {name}")
        short, _ = _run(command, few, options)
        long, memory = _run(command, many, options)
        growth = (long / MANY) / (short / FEW)
        yield at_most(f"{name}: {MANY:,} articles", long, "s", 600)
        yield at_most(f"{name}: time per article, {MANY:,} to {FEW:,}", growth, "×", GROWTH)
        yield at_most(f"{name}: memory", memory, "MB", MEGABYTES)


def _library(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        slides = (
            f"Vue {place} de {number}\n\n{SENTENCE}, {place}. {SENTENCE}, {number}."
            for place in range(SLIDES)
        )
        text = "\n\n".join([f"Histoire {number}", *slides])
        (folder / f"story-{number:05}.fr.txt").write_text(text + "\n")
    return folder


def _run(command: str, folder: Path, options: list[str]) -> tuple[float, float]:
    """Return the seconds and the megabytes that a command takes."""
    arguments = [sys.executable, "-m", "slideshow", command, str(folder), *options]
    start = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"slideshow {command} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024
