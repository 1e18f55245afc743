"""What of a request makes another page: known arguments in its query, and the host."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlencode

# Arguments with few values: each value has pages of its own.
FEW = {"theme": frozenset({"light", "dark", "auto"})}
# Arguments that can hold anything: what they ask for is made anew each time.
ENDLESS = frozenset({"q", "url", "format", "maxwidth", "maxheight", "path"})
LONGEST_QUERY = 2000  # characters; no query of ours comes near

MOST_HOSTS = 16
HOST_IDLE_AFTER = 600.0  # seconds


def known_query(query: str) -> str | None:
    """Give the known arguments of a query in one spelling; None if its pages cannot be kept.

    What we do not know changes nothing in a page, so it is left out. Of an argument given
    twice the first counts, as it does in the views.
    """
    if len(query) > LONGEST_QUERY:
        return None
    known: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in ENDLESS or (name in FEW and value not in FEW[name]):
            return None
        if name in FEW:
            known.setdefault(name, value)
    return urlencode(sorted(known.items()))


class KeptHosts:
    """The hosts whose pages are kept, where pages name the host they were asked from.

    Whoever sends made-up hosts shall not push out the pages of the real one: there is room for
    a few, and one makes room for another only when nobody has asked for it for a while.
    """

    def __init__(self) -> None:
        self._used: dict[str | None, float] = {}

    def is_kept(self, host: str | None) -> bool:
        """Tell whether pages for a host may be kept, now that one was made."""
        now = time.monotonic()
        used = self._used
        if host not in used and len(used) >= MOST_HOSTS:
            oldest, last = min(list(used.items()), key=lambda item: item[1])
            if now - last < HOST_IDLE_AFTER:
                return False
            used.pop(oldest, None)
        used[host] = now
        return True

    def note(self, host: str | None) -> None:
        """Note that a kept page for a host was asked for."""
        if host in self._used:
            self._used[host] = time.monotonic()
