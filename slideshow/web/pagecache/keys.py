"""Cache keys: the parts of a request that select a different page."""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import parse_qsl, urlencode

# Arguments with few values: pages are cached for each value.
LISTED_ARGUMENTS = {"theme": frozenset({"light", "dark", "auto"})}
# Arguments with any value: their pages are never cached.
OPEN_ARGUMENTS = frozenset({"q", "url", "format", "maxwidth", "maxheight", "path", "slide"})
MAX_QUERY_CHARACTERS = 2000  # ours are much shorter

MAX_HOSTS = 16
HEAD_START_USES = 8  # lead in uses with which another host takes a place
MAX_COUNTED_HOSTS = 64  # hosts without a place whose uses are counted
MAX_COUNTED_USES = 1000  # highest count of a host, so that a former host loses its place


def known_query(query: str) -> str | None:
    """Normalise the known arguments of a query; None if its pages cannot be cached.

    Unknown arguments have no effect on a page, so they are left out. Of a repeated argument the
    first counts, as in the views.
    """
    if len(query) > MAX_QUERY_CHARACTERS:
        return None
    known: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in OPEN_ARGUMENTS or (
            name in LISTED_ARGUMENTS and value not in LISTED_ARGUMENTS[name]
        ):
            return None
        if name in LISTED_ARGUMENTS:
            known.setdefault(name, value)
    return urlencode(sorted(known.items()))


class KeptHosts:
    """The hosts whose pages are cached, on sites whose pages contain the request's host.

    There are few places. Once they are taken, another host replaces the least used one when it has
    been requested more often: invented hosts can neither keep the real one out nor evict it.
    """

    def __init__(self) -> None:
        self._uses: dict[str | None, int] = {}
        self._others: OrderedDict[str | None, int] = OrderedDict()

    def is_kept(self, host: str | None) -> bool:
        """Decide whether pages of a host may be cached, after rendering one."""
        uses = self._uses
        if host in uses or len(uses) < MAX_HOSTS:
            uses[host] = min(uses.get(host, 0) + 1, MAX_COUNTED_USES)
            return True
        asked = self._others.pop(host, 0) + 1
        least, used = min(list(uses.items()), key=lambda item: item[1])
        if asked > used + HEAD_START_USES:
            uses.pop(least, None)
            uses[host] = asked
            return True
        self._others[host] = asked
        if len(self._others) > MAX_COUNTED_HOSTS:
            self._others.popitem(last=False)
        return False

    def note(self, host: str | None) -> None:
        """Count a hit for a host."""
        known = self._uses.get(host)
        if known is not None:
            self._uses[host] = min(known + 1, MAX_COUNTED_USES)
