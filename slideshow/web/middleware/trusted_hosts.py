"""Checks the host of a request against the trusted ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.sansio.utils import host_is_trusted

MAX_NAME_CHARACTERS = 253  # RFC 1035, section 2.3.4
MAX_LABEL_CHARACTERS = 63
REMEMBERED_HOSTS = 64
# Probes of load balancers ask by an address that no reader knows.
FOR_ANY_HOST = ("/healthz", "/readyz")


class Hosts:
    """Middleware that removes a malformed or untrusted host.

    The app then sees a request without a host, and responds with 400. With Flask's own
    TRUSTED_HOSTS, the error page could not build URLs.
    """

    def __init__(self, app: WSGIApplication, trusted: Collection[str]) -> None:
        self._app = app
        # A few hosts recur all the time; invented ones only evict each other.
        known = lru_cache(maxsize=REMEMBERED_HOSTS)
        self._is_known = known(lambda host: is_trusted(host, trusted))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request, with its host if that is trusted."""
        host = environ.get("HTTP_HOST")
        if host is not None and not self._is_known(host):
            is_probe = environ["PATH_INFO"] in FOR_ANY_HOST
            environ["HTTP_HOST"] = "localhost" if is_probe else ""
        return self._app(environ, start_response)


def is_trusted(host: str, trusted: Collection[str]) -> bool:
    """Check whether a host is well formed and among the trusted ones; without any, all are."""
    host = host.lower()
    name = host.rpartition(":")[0] or host
    is_short = len(name) <= MAX_NAME_CHARACTERS
    labels = name.split(".")
    return (
        is_short
        and max(map(len, labels)) <= MAX_LABEL_CHARACTERS
        and host_is_trusted(host, [each.lower() for each in trusted])
        and _can_be_decoded(name)
    )


def _can_be_decoded(name: str) -> bool:
    """Check that labels that start with ``xn--`` are Punycode, as Werkzeug expects."""
    try:
        name.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return True
