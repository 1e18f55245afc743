"""The folder of an export: new files are staged beside the old ones, then put in place."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from slideshow.errors import SlideshowError
from slideshow.library.files import remove
from slideshow.library.freshness.identities import digest_of
from slideshow.library.freshness.stamps import stamp_at
from slideshow.library.unread import EXPORT_LIST

STATE = ".slideshow-export.state"  # a digest of all files
STAGING = ".slideshow-export.new"  # after the name of the folder
LONGEST_NAME_BYTES = 255  # on the disks of Linux, macOS and Windows


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site; ``staged`` is the path of its new bytes, if they differ."""

    name: str
    digest: str
    staged: Path | None


class Output:
    """The folder of an export, in which nothing changes until all of it is staged.

    Errors of the disk become a SlideshowError with the path of the file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = staging_of(folder)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Lock the folder until the block ends. Raises SlideshowError if another export has it."""
        with self._writing():
            self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            with self._writing():
                for left in (self._folder / STAGING, self._staging):
                    shutil.rmtree(left, ignore_errors=True)
                self._staging.mkdir()
            try:
                yield
            finally:
                shutil.rmtree(self._staging, ignore_errors=True)

    def stage(self, bodies: Iterable[tuple[str, bytes]]) -> list[File]:
        """Write files, as pairs of name and bytes, beside those in place; skip unchanged ones."""
        files = []
        with self._writing():
            folder = Path(tempfile.mkdtemp(dir=self._staging))
        for number, (name, body) in enumerate(bodies):
            staged = None
            if not _holds(self._folder / name, body):
                staged = folder / str(number)
                with self._writing():
                    staged.write_bytes(body)
            files.append(File(name, digest_of(body), staged))
        return files

    def stamps(self, places: Iterable[str]) -> str:
        """Compute the digest of the stamps of files and folders as they lie in the folder."""
        folder = str(self._folder)
        return digest_of(repr([stamp_at(f"{folder}/{name}") for name in places]).encode())

    def holds(self, digests: Mapping[str, str]) -> bool:
        """Check whether files in the folder have the bytes of digests, by name."""
        try:
            return all(
                digest_of((self._folder / name).read_bytes()) == digest
                for name, digest in digests.items()
            )
        except OSError:
            return False

    @property
    def state(self) -> str:
        """The state in which an export has left the folder, or begun to change it; else empty."""
        try:
            is_listed = (self._folder / EXPORT_LIST).exists()
            return (self._folder / STATE).read_text(encoding="ascii") if is_listed else ""
        except (OSError, ValueError):
            return ""

    def put_in_place(
        self, files: Sequence[File], names: set[str] | None, state: str
    ) -> tuple[int, int]:
        """Put the staged files in place, and remove those that only an earlier export wrote.

        ``names`` are those of all files of the site, None if they are the same as before; ``state``
        is a digest of all files. Returns the number of written files, and of removed ones.
        """
        staged = [(file.name, file.staged) for file in files if file.staged]
        earlier = set() if names is None else self.listed()
        if names is not None:
            self._refuse_to_overwrite(files, earlier)
        with self._writing(), _undisturbed():
            if names is not None:
                # Listed before they exist: if we are killed, the next export knows about them.
                self._note(EXPORT_LIST, json.dumps(sorted(names | earlier)))
            if self.state != state:
                self._note(STATE, state)
            # Fingerprinted files first: no page ever links to a missing one.
            for name, path in sorted(staged, key=lambda pair: not pair[0].startswith("static/")):
                _move(path, self._folder / name)
            if names is None:
                return len(staged), 0
            vanished = [self._folder / name for name in sorted(earlier - names)]
            removed = sum(remove(path, self._folder) for path in vanished)
            self._note(EXPORT_LIST, json.dumps(sorted(names)))
        return len(staged), removed

    def _note(self, name: str, text: str) -> None:
        note = self._staging / name
        note.write_text(text, encoding="utf-8")
        note.replace(self._folder / name)

    def _refuse_to_overwrite(self, files: Iterable[File], earlier: set[str]) -> None:
        """Raise SlideshowError if a file that no export wrote would be overwritten."""
        for file in files:
            if file.staged is None or file.name in earlier:
                continue
            path = self._folder / file.name
            above = [self._folder / each for each in PurePosixPath(file.name).parents[:-1]]
            in_the_way = next((each for each in above if each.is_file()), path)
            if in_the_way is not path or path.exists():
                raise SlideshowError(
                    "this file was there already, and no export wrote it",
                    "move it away, or choose another --out",
                    path=str(in_the_way),
                )

    def listed(self) -> set[str]:
        """Read the list of files of an earlier export, as far as it can be trusted."""
        try:
            names = json.loads((self._folder / EXPORT_LIST).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):  # for endlessly nested lists
            return set()
        files = {each for each in names if isinstance(each, str)} if isinstance(names, list) else ()
        return {name for name in files if not {"/", ".."} & {*PurePosixPath(name).parts}}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Refuse to write while another export does: each would remove the other's files.

        Has no effect on Windows and on file systems without locks.
        """
        if sys.platform == "win32":
            yield
            return
        import fcntl

        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno == errno.EWOULDBLOCK:
                    raise SlideshowError(
                        "another export is writing to this folder",
                        "wait for it to finish",
                        path=str(self._folder),
                    ) from error
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SlideshowError(
                f"cannot be written: {error.strerror}",
                "make way for it, or choose another --out",
                path=str(error.filename2 or error.filename or self._folder),
            ) from error


def staging_of(folder: Path) -> Path:
    """Choose the folder where an export's new files wait until they replace those in ``folder``.

    It is beside ``folder``, so that a killed export publishes nothing, unless ``folder`` is a mount
    point, has a very long name, or is in a folder that is not writable.
    """
    folder = Path(os.path.realpath(folder))
    above = folder.parent
    while not above.exists():
        above = above.parent
    is_one_disk = not folder.exists() or folder.stat().st_dev == above.stat().st_dev
    name = f".{folder.name}{STAGING}"
    is_writable = folder != above and os.access(above, os.W_OK | os.X_OK)
    is_beside = is_one_disk and is_writable and len(os.fsencode(name)) <= LONGEST_NAME_BYTES
    return folder.parent / name if is_beside else folder / STAGING


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def _move(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        path.replace(target)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Defer SIGINT and SIGTERM until the files are in place, which takes only moments."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # Not by a mask: another thread would receive the signal, and Python handle it in this one.
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
