"""The headers with which proxies describe a request's origin, checked before use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix

_PREFIX = r"(?:/(?!\.{1,2}(?:/|$))[\w.~-]+)*/?"
# Every address on a page starts with these, so they must not name another site. Proxies that
# don't set one of the headers pass on the client's.
FORMS = {
    "HTTP_X_FORWARDED_PREFIX": re.compile(_PREFIX, re.ASCII),
    "HTTP_X_FORWARDED_PROTO": re.compile("https?"),
}


class Forwarded:
    """Middleware that believes ``hops`` trusted proxies, as far as their headers are valid.

    A site with a base URL has its own prefix, and ignores that of a proxy.
    """

    def __init__(self, app: WSGIApplication, hops: int, has_base_url: bool) -> None:
        self._app = ProxyFix(
            app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0 if has_base_url else hops
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle the request with its origin from the proxies, without invalid headers."""
        for name in FORMS.keys() & environ.keys():
            if not all(FORMS[name].fullmatch(value.strip()) for value in environ[name].split(",")):
                del environ[name]
        return self._app(environ, start_response)
