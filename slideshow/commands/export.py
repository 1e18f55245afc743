"""Writes the whole site as static files: the app's responses, byte for byte."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from os.path import realpath
from pathlib import Path
from urllib.parse import unquote

from slideshow.commands.export_folder import File, Output
from slideshow.commands.processes import when_parent_is_gone
from slideshow.errors import SlideshowError
from slideshow.library.articles import folder_of
from slideshow.settings import Settings
from slideshow.web.crawl import SERVER_ONLY, Site

__all__ = ["SERVER_ONLY", "Site", "Summary", "export", "file_of"]

BATCH = 200  # pages a process renders at a time

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """The results of an export, in numbers of files."""

    total: int
    written: int
    removed: int


def export(site: Site, out: Path, progress: Progress) -> Summary:
    """Write the site into ``out``; ``progress`` is called for every finished batch of files.

    Nothing in ``out`` changes until every page is rendered; then only changed files are replaced,
    and files of an earlier export that are no longer part of the site are removed. Raises
    SlideshowError if ``out`` cannot be written or holds the articles, if another export is running
    there, or if a page cannot be rendered.
    """
    stories = site.settings.stories
    if stories and realpath(out) == realpath(folder_of(Path(stories))):
        # There robots.txt would be an article.
        raise SlideshowError(
            "cannot export into the folder that holds the articles",
            "choose another --out",
            path=str(out),
        )
    output = Output(out)
    with output.filling():
        batches = _rendered(site, output, progress)
        files = [file for batch in batches for file in batch]
        return Summary(len(files), *output.put_in_place(files))


def file_of(path: str) -> str:
    """Map the URL path ``path`` to a file of the export, as a static host does."""
    name = unquote(path).lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


def _rendered(site: Site, output: Output, progress: Progress) -> Iterator[list[File]]:
    batches = _batched(iter(site.addresses), BATCH)
    first = next(batches)
    second = next(batches, None)
    if second is None:  # too few to distribute
        yield _render(site, output, first)
        progress(len(first))
        return
    # A fork of a process with threads may hang, so workers are spawned.
    with ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(site.settings, output),
    ) as pool:
        for files in pool.map(_work, chain((first, second), batches)):
            yield files
            progress(len(files))


_worker: list[tuple[Site, Output]] = []  # the site and the folder of a worker process


def _start_worker(settings: Settings, output: Output) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles the interrupt
    when_parent_is_gone(lambda: os._exit(1))
    _worker.append((Site(settings), output))


def _work(paths: list[str]) -> list[File]:
    return _render(*_worker[0], paths)


def _render(site: Site, output: Output, paths: Iterable[str]) -> list[File]:
    return output.stage((file_of(path), site.body(path)) for path in paths)


def _batched(paths: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(paths, size)):
        yield batch
