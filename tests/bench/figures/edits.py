"""Edits: what ten minutes of mixed requests leave behind while the files change all the time."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.bench import Bench, CannotMeasureError
from tests.bench.rows import Row, at_most
from tests.conftest import serving
from tests.processes import PROC, Taken, taken
from tests.web.conftest import write

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
SAMPLE_SECONDS = SECONDS / 20
EDIT_SECONDS = 0.25
READERS = 6
STORIES = 40
SLIDES = 30
PATHS = (
    "/fr/s{n}/", "/fr/s{n}/{k}-vue-{k}/", "/en/s{n}/{k}/", "/embed/fr/s{n}/{k}-vue-{k}/",
    "/fr+en/s{n}/{k}-vue-{k}/", "/fr/s{n}/all/", "/fr/s{n}/{k}-vue-{k}/card.png",
    "/fr/s{n}/feed.xml", "/fr/", "/fr/feed.xml",
    "/sitemap.xml", "/fr/search?q=titre", "/fr/nowhere/", "/oembed?url=http://127.0.0.1/fr/s{n}/1/",
)  # fmt: skip


def rows(bench: Bench) -> Iterator[Row]:
    """Yield what memory, descriptors and threads grow by in the second half, and the failures."""
    if not PROC.exists():
        raise CannotMeasureError("no /proc to look at")
    place = write(bench.work / "edited", {f"s{n}.fr.txt": article(n, 0) for n in range(STORIES)})
    for n in range(STORIES):
        write(place, {f"translations/en/LC_MESSAGES/s{n}.po": catalogue(0)})
    address = bench.stack.enter_context(serving(str(place)))
    wrong: list[str] = []
    asked = count()
    done = threading.Event()
    ask(address, "/fr/feed.xml", "/sitemap.xml")
    threads = [threading.Thread(target=edit, args=(place, address, done))]
    for seed in range(READERS):
        reader = threading.Thread(target=read, args=(address, seed, done, wrong, asked))
        threads.append(reader)
    for thread in threads:
        thread.start()
    samples: list[Taken] = []
    start = time.monotonic()
    while time.monotonic() - start < SECONDS:
        time.sleep(SAMPLE_SECONDS)
        samples.append(taken(address))
        bench.say(f"  {time.monotonic() - start:4.0f} s: {samples[-1]}")
    done.set()
    for thread in threads:
        thread.join()
    half, end = samples[len(samples) // 2], samples[-1]
    name = f"{next(asked):,} answers in {SECONDS:.0f} s under edits:"
    yield at_most(f"{name} memory", end.megabytes, "MB", 400)
    growth = (end.megabytes / half.megabytes - 1) * 100
    yield at_most(f"{name} memory grown in the second half by", max(growth, 0), "%", 10)
    yield at_most(f"{name} descriptors more", end.descriptors - half.descriptors, "", READERS)
    yield at_most(f"{name} threads more", end.threads - half.threads, "", 2)
    yield at_most(f"{name} failures", len(wrong), "", 0)


def article(number: int, version: int) -> str:
    """Return a story whose every text names a version."""
    slides = (
        f"Vue {k}\n\nTexte {k} de la version {version}. {'mot ' * 60}" for k in range(1, SLIDES + 1)
    )
    return "\n\n".join([f"Titre {number}", *slides]) + "\n"


def catalogue(version: int) -> str:
    """Return a catalogue that translates the headlines."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    views = (f'\nmsgid "Vue {k}"\nmsgstr "View {k}, {version}"\n' for k in range(1, SLIDES + 1))
    return head + "".join(views)


def ask(address: str, *paths: str) -> None:
    """Ask for paths until each is answered with 200, as the outlines are at first not at once."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for path in paths:
        status = 0
        while status != 200:
            connection.request("GET", path)
            with connection.getresponse() as answer:
                answer.read()
                status = answer.status
    connection.close()


def edit(place: Path, address: str, done: threading.Event) -> None:
    """Change, break, remove and restore files, some each second, until told to stop."""
    draw = random.Random(0)
    for version in count(1):
        if done.wait(EDIT_SECONDS):
            return
        number = draw.randrange(STORIES)
        story = place / f"s{number}.fr.txt"
        words = place / f"translations/en/LC_MESSAGES/s{number}.po"
        kind = draw.randrange(5)
        if kind == 0 and story.exists():
            # Else no version of it may have been read since it was restored.
            ask(address, f"/fr/s{number}/")
            story.write_text("\0")
        elif kind == 1:
            story.unlink(missing_ok=True)
        elif kind == 2:
            words.write_text('msgid "broken')
        elif kind > 2:
            story.write_text(article(number, version))
            words.write_text(catalogue(version))


def read(
    address: str, seed: int, done: threading.Event, wrong: list[str], asked: Iterator[int]
) -> None:
    """Ask for pages of all kinds until told to stop; note each failure."""
    draw = random.Random(seed)
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    while not done.is_set():
        path = draw.choice(PATHS).format(n=draw.randrange(STORIES), k=draw.randint(1, SLIDES))
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        next(asked)
        if answer.status >= 500:
            wrong.append(f"{path}: {answer.status}")
    connection.close()
