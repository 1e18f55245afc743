"""What of a request makes another page: known arguments in its query, and the host."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

# Arguments with few values: each value has pages of its own.
FEW = {"theme": frozenset({"light", "dark", "auto"})}
# Arguments that can hold anything: what they ask for is made anew each time.
ENDLESS = frozenset({"q", "url", "format", "maxwidth", "maxheight", "path"})
LONGEST_QUERY = 2000  # characters; no query of ours comes near

MOST_HOSTS = 16
MOST_USES = 1000  # that count for a host: a site that moved is not remembered for ever


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

    There is room for a few. Where it is taken, each page for another host costs the least used
    of them one of its uses, and one without any is replaced: so made-up hosts neither keep the
    real one out nor push it out (the algorithm of Misra and Gries).
    """

    def __init__(self) -> None:
        self._uses: dict[str | None, int] = {}

    def is_kept(self, host: str | None) -> bool:
        """Tell whether pages for a host may be kept, now that one was made."""
        uses = self._uses
        if host not in uses and len(uses) >= MOST_HOSTS:
            least, count = min(list(uses.items()), key=lambda item: item[1])
            if count > 0:
                uses[least] = count - 1
                return False
            uses.pop(least, None)
        uses[host] = min(uses.get(host, 0) + 1, MOST_USES)
        return True

    def note(self, host: str | None) -> None:
        """Note that a kept page for a host was asked for."""
        known = self._uses.get(host)
        if known is not None:
            self._uses[host] = min(known + 1, MOST_USES)
