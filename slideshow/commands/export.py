"""Writes the whole site as static files: what the app answers, byte for byte."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from slideshow.errors import SlideshowError
from slideshow.library.files import held, remove
from slideshow.settings import Settings
from slideshow.web.site import SERVER_ONLY, Site

__all__ = ["SERVER_ONLY", "Summary", "count", "export", "file_of"]

MANIFEST = ".slideshow-export.json"
STAGING = ".slideshow-export.new"
BATCH = 200  # pages a process renders at a time

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the site; ``staged`` is where its new bytes wait, if they are new."""

    name: str
    staged: Path | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What an export did, in files."""

    total: int
    written: int
    removed: int


def export(settings: Settings, out: Path, progress: Progress) -> Summary:
    """Write the site into ``out``; ``progress`` is told of every batch of files done.

    Nothing in ``out`` changes before every page is rendered; then only files that differ are
    replaced, and those that an earlier export wrote and this one did not are removed. Raises
    SlideshowError if ``out`` cannot be written, holds the articles, another export is at work
    there or a page cannot be rendered.
    """
    place = Path(settings.stories)
    if settings.stories and out.resolve() == (place.parent if place.is_file() else place).resolve():
        # There robots.txt would be an article.
        raise SlideshowError("the folder of the articles", "choose another --out", path=str(out))
    site = Site(settings)
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        return _export(site, settings, out, progress)


def _export(site: Site, settings: Settings, out: Path, progress: Progress) -> Summary:
    staging = out / STAGING
    with _writing(out):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
    try:
        files = [file for batch in _rendered(site, settings, out, progress) for file in batch]
        names = [file.name for file in files]
        with _writing(out), _undisturbed():
            written = _put_in_place(files, out)
            removed = _remove_vanished(out, names)
            (staging / MANIFEST).write_text(json.dumps(sorted(names)))
            (staging / MANIFEST).replace(out / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Summary(len(names), written, removed)


def count(settings: Settings) -> int:
    """Give the number of files that an export writes."""
    return sum(1 for _ in Site(settings).addresses())


def file_of(path: str) -> str:
    """Give the file, relative to the export, that a static host answers ``path`` with."""
    name = unquote(path).lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


def _rendered(
    site: Site, settings: Settings, out: Path, progress: Progress
) -> Iterator[list[_File]]:
    batches = _batched(site.addresses(), BATCH)
    first = next(batches)
    second = next(batches, None)
    if second is None:  # too little to share out
        yield _render(site, out, first)
        progress(len(first))
        return
    # A fork in a process that runs threads may hang: each worker starts from nothing.
    with ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings, out),
    ) as pool:
        for files in pool.map(_work, _chain(first, second, batches)):
            yield files
            progress(len(files))


_worker: list[tuple[Site, Path]] = []  # what a worker process renders, and into which folder


def _start_worker(settings: Settings, out: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process stops the work
    parent = multiprocessing.parent_process()
    assert parent
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _worker.append((Site(settings), out))


def _end_with(parent: BaseProcess) -> None:
    """Wait until a process is gone, and end this one; who is killed tells nobody to stop."""
    parent.join()
    os._exit(1)


def _work(paths: list[str]) -> list[_File]:
    return _render(*_worker[0], paths)


def _render(site: Site, out: Path, paths: Iterable[str]) -> list[_File]:
    """Stage the files that differ from those in place."""
    files = []
    with _writing(out):
        folder = Path(tempfile.mkdtemp(dir=out / STAGING))
    for number, path in enumerate(paths):
        name = file_of(path)
        body = site.body(path)
        staged = None
        if not _holds(out / name, body):
            staged = folder / str(number)
            with _writing(out):
                staged.write_bytes(body)
        files.append(_File(name, staged))
    return files


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Make what the disk refuses an error that names the file."""
    try:
        yield
    except OSError as error:
        raise SlideshowError(
            f"cannot be written: {error.strerror}",
            "make way for it, or choose another --out",
            path=str(error.filename2 or error.filename or out),
        ) from error


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Refuse to write where another export does: each would take the other's files."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(out))
        except BlockingIOError as error:
            raise SlideshowError(
                "another export writes into it", "wait until that is done", path=str(out)
            ) from error
        yield


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def _put_in_place(files: list[_File], out: Path) -> int:
    # Fingerprinted files first: no page ever names one that is not there yet.
    staged = [(file.name, file.staged) for file in files if file.staged]
    for name, path in sorted(staged, key=lambda pair: not pair[0].startswith("static/")):
        target = out / name
        try:
            path.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True)
            path.replace(target)
    return len(staged)


def _remove_vanished(out: Path, names: list[str]) -> int:
    vanished = [out / name for name in sorted(_earlier(out) - set(names))]
    return sum(remove(path, out) for path in vanished)


def _earlier(out: Path) -> set[str]:
    """Give the files that an earlier export wrote, as far as its list of them can be believed."""
    try:
        names = json.loads((out / MANIFEST).read_text())
    except (OSError, ValueError):
        return set()
    files = {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()
    return {name for name in files if not {"/", ".."} & {*PurePosixPath(name).parts}}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put SIGINT and SIGTERM off until the files are in place, a matter of moments."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # Not by a mask: another thread would take the signal, and Python act on it in this one.
    handlers = {
        each: signal.signal(each, lambda number, _: came.append(number))
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _batched(paths: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(paths, size)):
        yield batch


def _chain(first: list[str], second: list[str], others: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from (first, second)
    yield from others
