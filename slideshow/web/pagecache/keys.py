"""What of a request makes another page: known arguments in its query, and the host."""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import parse_qsl, urlencode

# Arguments with few values: each value has pages of its own.
LISTED_ARGUMENTS = {"theme": frozenset({"light", "dark", "auto"})}
# Arguments that can hold anything: what they ask for is made anew each time.
OPEN_ARGUMENTS = frozenset({"q", "url", "format", "maxwidth", "maxheight", "path"})
MAX_QUERY_CHARACTERS = 2000  # no query of ours comes near

MAX_HOSTS = 16
HEAD_START_USES = 8  # uses by which another host must be ahead to take a place
MAX_COUNTED_HOSTS = 64  # hosts that have no place, whose uses are counted
MAX_COUNTED_USES = 1000  # that count for a host: a site that moved is not remembered for ever


def known_query(query: str) -> str | None:
    """Give the known arguments of a query in one spelling; None if its pages cannot be kept.

    What we do not know changes nothing in a page, so it is left out. Of an argument given
    twice the first counts, as it does in the views.
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
    """The hosts whose pages are kept, where pages name the host they were asked from.

    There is room for a few. Where it is taken, another host takes the place of the least used
    one once it was asked for more often: so made-up hosts neither keep the real one out nor push
    it out.
    """

    def __init__(self) -> None:
        self._uses: dict[str | None, int] = {}
        self._others: OrderedDict[str | None, int] = OrderedDict()

    def is_kept(self, host: str | None) -> bool:
        """Tell whether pages for a host may be kept, now that one was made."""
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
        """Note that a kept page for a host was asked for."""
        known = self._uses.get(host)
        if known is not None:
            self._uses[host] = min(known + 1, MAX_COUNTED_USES)
