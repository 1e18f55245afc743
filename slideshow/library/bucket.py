"""Stories in a bucket: a local copy, kept up to date from the bucket's listing.

Readers never wait for the bucket: Slideshow serves the copy, which a thread updates in the
background. Copied stories stay online even if the bucket becomes unreachable.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from slideshow import DISTRIBUTION
from slideshow.errors import LibraryError
from slideshow.library.files import remove
from slideshow.library.folder import TEMPLATES
from slideshow.library.pictures import formats
from slideshow.library.recordings.files import SUFFIXES as RECORDINGS
from slideshow.library.sitefile import NAME as SITE_FILE
from slideshow.library.temporary import temporary_folder
from slideshow.story.formats.registry import SUFFIXES, format_of

logger = logging.getLogger(__name__)

SITE_SUFFIXES = (".css", ".js", ".svg", ".woff2")
# The files that stories consist of; other files in a bucket are ignored.
STORY_SUFFIXES = (*SUFFIXES, ".po", *formats.SUFFIXES, *RECORDINGS, SITE_FILE, *SITE_SUFFIXES)
PARALLEL_DOWNLOADS = 100  # concurrent downloads
UNREACHABLE = ".unreachable"  # marks the copy while the bucket is unreadable
INCOMING = ".incoming"
MAX_NAME_BYTES = 255  # on the disks of Linux, macOS and Windows

# An S3 client waits a minute for an address that does not answer, five times.
OPTIONS: Mapping[str, dict[str, Any]] = {
    "s3": {
        "config_kwargs": {
            "connect_timeout": 5,
            "read_timeout": 30,
            "retries": {"max_attempts": 1},
        }
    }
}


def is_bucket(stories: str) -> bool:
    """Check whether stories are named by a URL, such as ``s3://bucket/folder``."""
    return "://" in stories


class Bucket:
    """A copy of the stories at an fsspec URL, in a folder of its own until the process ends.

    ``place`` is the path of the copied folder or article.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.most_bytes = sys.maxsize  # of a file; larger ones are skipped
        self._named: set[str] = set()  # skipped, and logged
        self._files, root = _opened(url)
        path = PurePosixPath(root)
        is_article = format_of(path.name) is not None
        self._root = str(path.parent if is_article else path)
        self._stamps: dict[str, object] = {}
        temporary = temporary_folder()
        # Messages contain paths of the copy, so its folder is named after the original.
        self.folder = temporary.joinpath(*filter(_is_safe, self._root.split("/")))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.place = self.folder / path.name if is_article else self.folder

    def fetch_settings(self) -> None:
        """Download the file of settings, if there is one.

        Raises LibraryError if the bucket cannot be read.
        """
        try:
            self._files.get_file(f"{self._root}/{SITE_FILE}", str(self.folder / SITE_FILE))
        except FileNotFoundError:
            (self.folder / SITE_FILE).unlink(missing_ok=True)
        except Exception as error:
            raise self._unreadable(error) from error

    def fetch(self) -> None:
        """Download new and changed files, and remove deleted ones.

        Raises LibraryError if the bucket cannot be read or is empty.
        """
        try:
            listing = self._listing()
            changed = [name for name in listing if self._is_new(name, listing[name])]
            for names in _batches(changed):
                self._bring(names, listing)
            if listing:
                for name in self._stamps.keys() - listing.keys():
                    remove(self.folder / name, self.folder)
                    del self._stamps[name]
        except Exception as error:  # each file system raises its own client's errors
            raise self._unreadable(error) from error
        if not listing:
            raise LibraryError(
                "nothing found at this address",
                "check the names of the bucket and its folder",
                path=self._url,
            )

    def _unreadable(self, error: Exception) -> LibraryError:
        return LibraryError(
            f"cannot be read: {_reason(error)}",
            "check the address, the credentials and the network",
            path=self._url,
        )

    def follow(self, refresh: float) -> None:
        """Update the copy every ``refresh`` seconds, until the process ends."""
        threading.Thread(target=self._follow, args=(refresh,), daemon=True).start()

    def _follow(self, refresh: float) -> None:
        pause = threading.Event()
        while not pause.wait(refresh):
            self.renew()

    def renew(self) -> None:
        """Update the copy; leave a mark in it for as long as that fails."""
        mark = self.folder / UNREACHABLE
        try:
            self.fetch()
        except LibraryError as error:
            if not mark.exists():
                logger.error("%s; the last known stories stay online", error)
            with suppress(OSError):  # the disk may be full
                mark.touch()
        else:
            if mark.exists():
                logger.warning("%s: can be read again", self._url)
            with suppress(OSError):  # else retried next time
                mark.unlink(missing_ok=True)

    def _listing(self) -> dict[str, dict[str, Any]]:
        """Return the bucket's metadata of each file that may belong to a story, by name."""
        self._files.invalidate_cache()
        found = self._files.find(self._root, detail=True)
        names = {key: key[len(self._root) :].lstrip("/") for key in found}
        ours = {name: found[key] for key, name in names.items() if _is_ours(name)}
        wrong = dict(self._refused(ours))
        for name in wrong.keys() - self._named:
            logger.warning("%s: %s is left out: %s", self._url, name, wrong[name])
        self._named = set(wrong)
        return {name: details for name, details in ours.items() if name not in wrong}

    def _refused(self, found: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        """Yield each name that no copy can have or that is too large, and why."""
        for name, details in found.items():
            above = map(str, PurePosixPath(name).parents)
            size = details.get("size")
            if any(len(os.fsencode(part)) > MAX_NAME_BYTES for part in name.split("/")):
                yield name, "a part of its name is too long for a disk"
            elif any(folder in found for folder in above):
                yield name, "a folder of its name is a file too"
            elif isinstance(size, int) and size > self.most_bytes:
                yield name, f"{size} bytes are more than the {self.most_bytes} allowed"

    def _is_new(self, name: str, details: Mapping[str, Any]) -> bool:
        # Systems clean up temporary files that nobody has read for days.
        return self._stamps.get(name) != _stamp(details) or not (self.folder / name).exists()

    def _bring(self, names: list[str], listing: Mapping[str, dict[str, Any]]) -> None:
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        arrived = [incoming / str(number) for number in range(len(names))]
        keys = [listing[name]["name"] for name in names]
        self._files.get(keys, [str(path) for path in arrived])
        for name, path in zip(names, arrived, strict=True):
            target = self.folder / name
            self._make_way(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            # All copies of the server must show the same date, and nobody writes to this file.
            modified = _modified(listing[name])
            if modified:
                os.utime(path, (modified, modified))
            path.replace(target)
            self._stamps[name] = _stamp(listing[name])

    def _make_way(self, target: Path) -> None:
        """Remove a file whose path is now a folder, or a folder whose path is now a file."""
        for folder in target.relative_to(self.folder).parents:
            if (self.folder / folder).is_file():
                (self.folder / folder).unlink()
                self._stamps.pop(folder.as_posix(), None)
        if target.is_dir():
            shutil.rmtree(target)


def copy_of(
    stories: str, most_bytes: Callable[[Path], int] = lambda place: sys.maxsize
) -> Bucket | None:
    """Copy the stories of a bucket; None if the stories are not in a bucket.

    Skips files that are larger than ``most_bytes`` returns for the place of the copy, which has
    the settings by then. Raises LibraryError if the bucket cannot be read.
    """
    if not is_bucket(stories):
        return None
    bucket = Bucket(stories)
    bucket.fetch_settings()
    bucket.most_bytes = most_bytes(bucket.place)
    bucket.fetch()
    return bucket


def _opened(url: str) -> tuple[Any, str]:
    """Open the file system of a URL, and return it with the path there."""
    protocol = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(url, use_listings_cache=False, **OPTIONS.get(protocol, {}))
    except ImportError as error:
        advice = f"pip install '{DISTRIBUTION}[s3]'" if protocol == "s3" else str(error)
        raise LibraryError(
            f"{protocol}:// needs a package that is not installed", advice, path=url
        ) from error
    except Exception as error:  # each file system raises its own errors for missing features
        fix = "give a folder, or a URL as s3://…"
        raise LibraryError(_reason(error), fix, path=url) from error
    return files, str(root)


def _is_ours(name: str) -> bool:
    is_template = name.startswith(f"{TEMPLATES}/")
    is_known = is_template or name.lower().endswith(STORY_SUFFIXES)
    return is_known and all(map(_is_safe, name.split("/")))


def _is_safe(part: str) -> bool:
    """Check that part of a name, which may be any text, stays in its folder and is not hidden."""
    return bool(part) and not part.startswith(".") and not set(part) & set("\\\0:")


def _stamp(details: Mapping[str, Any]) -> object:
    """Return the metadata that changes with the file; each file system names it differently."""
    names = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "created", "size")
    return tuple(str(details[name]) for name in names if name in details)


def _modified(details: Mapping[str, Any]) -> float | None:
    for name in ("LastModified", "last_modified", "updated", "mtime", "created"):
        value = details.get(name)
        if isinstance(value, datetime):
            return value.timestamp()
        if isinstance(value, int | float):
            return float(value)
    return None


def _batches(names: list[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while batch := list(islice(rest, PARALLEL_DOWNLOADS)):
        yield batch


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:200]
