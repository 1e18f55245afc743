"""The pages of the page cache, in bounded memory; pages that were used only once go first."""

from __future__ import annotations

import threading
import time

from slideshow.web.pagecache.page import CachedPage

# A path, the known part of its query, host, scheme, and the app's mount point.
Key = tuple[str, str, str | None, str, str]

LARGEST_SHARE = 8  # no page may take more than one part in eight of the limit
AGED_SECONDS = 3600.0  # without use, after which a page is like those that were used only once
ROOM_MADE = 0.9  # share of the limit freed at a time, so that evictions are rare


class PageStore:
    """Rendered pages by key, in at most ``limit`` bytes. Safe to use from threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: dict[Key, CachedPage] = {}
        self._by_digest: dict[bytes, CachedPage] = {}
        self._size = 0
        self._lock = threading.Lock()

    @property
    def kept(self) -> tuple[int, int]:
        """The number of pages, and their size in bytes."""
        return len(self._pages), self._size

    def get(self, key: Key) -> CachedPage | None:
        """Look up the page of a key; None if there is none."""
        return self._pages.get(key)

    def having(self, digest: bytes) -> CachedPage | None:
        """Look up a page by the digest that browsers send; None if it is not cached."""
        return self._by_digest.get(digest)

    def keep(self, key: Key, page: CachedPage) -> None:
        """Store a page, unless it is too large, replacing the former one."""
        with self._lock:
            self._remove(key)
            if page.size <= self._limit / LARGEST_SHARE:
                self._pages[key] = page
                if page.digest:
                    self._by_digest[page.digest] = page
                self._count(page)

    def drop(self, key: Key) -> None:
        """Remove the page of a key."""
        with self._lock:
            self._remove(key)

    def note_growth(self, key: Key, page: CachedPage) -> None:
        """Update the size of a page that has got another encoding."""
        with self._lock:
            if self._pages.get(key) is page:
                self._count(page)

    def _count(self, page: CachedPage) -> None:
        """Update the size of a new or grown page; evict the least useful ones.

        Whoever asks for every page there is, such as all pairs of twenty languages, evicts none of
        those that others read.
        """
        size = page.size
        self._size += size - page.counted
        page.counted = size
        if self._size <= self._limit:
            return
        aged = time.monotonic() - AGED_SECONDS
        pages = self._pages.items()
        for key, _ in sorted(pages, key=lambda item: (item[1].is_reused(aged), item[1].used)):
            if self._size <= self._limit * ROOM_MADE:
                return
            self._remove(key)

    def _remove(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self._size -= page.counted
        if self._by_digest.get(page.digest) is page:
            del self._by_digest[page.digest]
