"""The headers in which proxies say where a request came from, checked before they are believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PREFIX = r"(?:/(?!\.{1,2}(?:/|$))[\w.~-]+)*/?"
# Every address on a page starts with these: neither may name another site. Proxies that do not
# set one of the headers themselves pass on what a client wrote there.
FORMS = {
    "HTTP_X_FORWARDED_PREFIX": re.compile(_PREFIX, re.ASCII),
    "HTTP_X_FORWARDED_PROTO": re.compile("https?"),
}


class Forwarded:
    """Middleware that believes ``hops`` trusted proxies, as far as they say something sensible.

    A site with a base URL says its own prefix, and none is taken from a proxy.
    """

    def __init__(self, app: WSGIApplication, hops: int, has_base_url: bool) -> None:
        self._app = ProxyFix(
            app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0 if has_base_url else hops
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on as the proxies say it came, without senseless headers."""
        for name in FORMS.keys() & environ.keys():
            if not all(FORMS[name].fullmatch(value.strip()) for value in environ[name].split(",")):
                del environ[name]
        return self._app(environ, start_response)
