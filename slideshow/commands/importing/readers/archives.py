"""ZIP archives of documents, checked before anything in them is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from slideshow.errors import SlideshowError

MAX_FILES = 10_000
MAX_BYTES = 300_000_000  # total of the unpacked files
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class Archive:
    """The files in a ZIP archive, by name.

    Raises SlideshowError for a broken archive, and for one whose files would fill the memory: their
    declared sizes are checked here, their real ones as each file is read.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except BROKEN as error:
            raise self._broken(str(error)) from error
        members = self._zip.infolist()
        if len(members) > MAX_FILES or sum(each.file_size for each in members) > MAX_BYTES:
            raise SlideshowError(
                f"the files in it are more than {MAX_FILES:,} or larger than "
                f"{MAX_BYTES // 1_000_000} MB together",
                "split the document",
                path=path,
            )
        self.names = tuple(each.filename for each in members if not each.is_dir())

    def read(self, name: str) -> bytes:
        """Unpack a file. Raises SlideshowError if it is broken, KeyError if missing."""
        try:
            with self._zip.open(name) as file:
                data = file.read(MAX_BYTES + 1)
        except BROKEN as error:
            raise self._broken(str(error)) from error
        if len(data) > MAX_BYTES:
            raise self._broken("a file in it is larger than it says")
        return data

    def find(self, address: str) -> bytes | None:
        """Unpack the file whose path ends with an address; None without one."""
        file = self._by_ending.get(unquote(address).lstrip("./"))
        return self.read(file) if file else None

    @cached_property
    def _by_ending(self) -> Mapping[str, str]:
        """Map every end of a file's path, such as a/b.png and b.png, to its name in the archive."""
        found: dict[str, str] = {}
        for name in self.names:
            parts = PurePosixPath(name).parts
            for start in range(len(parts)):
                found.setdefault("/".join(parts[start:]), name)
        return found

    def _broken(self, why: str) -> SlideshowError:
        return SlideshowError(
            f"not a whole document: {why[:120]}",
            "open it in the program that made it and save it again",
            path=self._path,
        )
