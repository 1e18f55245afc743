"""Where the page cache keeps its pages: in bounded memory, those used longest ago making room."""

from __future__ import annotations

import threading

from slideshow.web.pagecache.page import CachedPage

# A path, the known part of its query, host, scheme, and the prefix the app is mounted at.
Key = tuple[str, str, str | None, str, str]

LARGEST_SHARE = 8  # no page may take more than one part in eight of the limit
ROOM_MADE = 0.9  # of the limit, so that the next pages need not look for room again


class PageStore:
    """Finished pages by key, in at most ``limit`` bytes. Safe to use from threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: dict[Key, CachedPage] = {}
        self._by_digest: dict[bytes, CachedPage] = {}
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> CachedPage | None:
        """Give the page kept under a key, or None."""
        return self._pages.get(key)

    def having(self, digest: bytes) -> CachedPage | None:
        """Give the page that browsers name by its digest, or None if it is not kept."""
        return self._by_digest.get(digest)

    def keep(self, key: Key, page: CachedPage) -> None:
        """Keep a page, unless it is too large, instead of the one kept so far."""
        with self._lock:
            self._remove(key)
            if page.size <= self._limit / LARGEST_SHARE:
                self._pages[key] = page
                if page.digest:
                    self._by_digest[page.digest] = page
                self._count(page)

    def drop(self, key: Key) -> None:
        """Keep no page under a key."""
        with self._lock:
            self._remove(key)

    def note_growth(self, key: Key, page: CachedPage) -> None:
        """Count a page anew that has got another answer since it was kept."""
        with self._lock:
            if self._pages.get(key) is page:
                self._count(page)

    def _count(self, page: CachedPage) -> None:
        """Count a page that is new or has grown; forget those used longest ago for its room."""
        size = page.size
        self._size += size - page.counted
        page.counted = size
        if self._size <= self._limit:
            return
        for key, _ in sorted(self._pages.items(), key=lambda item: item[1].used):
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
