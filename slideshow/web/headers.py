"""The headers of every response, by kind of route: page, frame or file."""

from __future__ import annotations

import math

from flask import Flask, abort, g, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response

from slideshow.library.pictures import drawings
from slideshow.web.lookup import own_scripts
from slideshow.web.routing import is_frame
from slideshow.web.services import services

POLICY = (
    "default-src 'none'; script-src 'self'{host}; style-src {styles}; img-src 'self' data:{host}; "
    "media-src 'self'; font-src 'self'; connect-src 'self'{host}; manifest-src 'self'; "
    "worker-src 'self'; "
    "base-uri 'none'; form-action {forms}; frame-src {frames}; frame-ancestors {ancestors}"
)
# For non-HTML. Only the service worker script needs a policy: it may fetch from us.
FILE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {ancestors}"
)
# A drawing opened by itself is a document: it may style itself, and do nothing else.
DRAWING_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}; sandbox"
)
ALLOWED_FEATURES = ("clipboard-write", "fullscreen")
# Features that prompt or identify the reader. Short: it is sent with every response.
DENIED_FEATURES = (
    "browsing-topics", "camera", "display-capture", "geolocation", "hid", "microphone", "midi",
    "payment", "serial", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(
    [*(f"{each}=(self)" for each in ALLOWED_FEATURES), *(f"{each}=()" for each in DENIED_FEATURES)]
)

# On every response, whatever its kind and status.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
}
# The shelf's search is the only form, and is also sent without scripts.
SENDS_A_FORM = ("slides.shelf", "slides.further", "slides.search")

PAGE = {"Cross-Origin-Resource-Policy": "same-origin"}
# Files are used in frames, which a sandbox makes cross-origin, and in host pages.
FILE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
HTML = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
# htmx's headers make a sandboxed frame's requests cross-origin and non-simple: CORS preflight.
PREFLIGHT = {"Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
# How long browsers and CDNs may cache a response, by endpoint; every other page is revalidated
# after the time in `kept_page` at the latest.
FOR_EVER = "public, max-age=31536000, immutable"  # the address changes with the bytes
ONE_HOUR = "public, max-age=3600"  # the address stays the same when the bytes change
ONE_DAY = "public, max-age=86400"
ASK_EACH_TIME = "no-cache"
NEVER = "no-store"
CACHE_CONTROL = {
    "assets.static": FOR_EVER,
    "assets.icon": ONE_DAY,
    "pictures.picture": FOR_EVER,
    "recordings.recording": FOR_EVER,
    "cards.shelf": ONE_HOUR,
    "cards.story": ONE_HOUR,
    "cards.slide": ONE_HOUR,
    "embed.script": ONE_HOUR,
    "embed.pinned": FOR_EVER,
    "offline.worker": ASK_EACH_TIME,
    "health.health": NEVER,
    "health.ready": NEVER,
    "reload.state": NEVER,
}
# Browsers and CDNs serve a stale copy at once while they revalidate it: nobody waits, and
# no copy is older than a minute. A reload asks us first.
STALE_WHILE_REVALIDATE_SECONDS = 60

READING_METHODS = ("GET", "HEAD", "OPTIONS")


def install(app: Flask) -> None:
    """Refuse requests that a read-only site cannot answer; add the headers to every response."""
    app.before_request(refuse)
    app.after_request(add_headers)


def refuse() -> Response | None:
    """Raise 405 for a writing method, 400 for a request without a trusted host.

    Returns the response to ``OPTIONS *``, which is about the server (RFC 9110, section 9.3.7).
    """
    method = request.environ["REQUEST_METHOD"]  # as it was sent: methods are case-sensitive
    if method not in READING_METHODS:
        raise MethodNotAllowed(READING_METHODS)
    if not request.host:
        abort(400)
    if method == "OPTIONS" and request.path in ("*", "/*"):
        return Response(status=204, headers={"Allow": ", ".join(READING_METHODS)})
    return None


def kept_page(max_age: int) -> str:
    """Format the header that lets caches show a page for ``max_age`` seconds without asking.

    With 0 seconds they always ask.
    """
    stale = f", stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}" if max_age else ""
    return f"public, max-age={max_age}{stale}"


def kept_until(max_age: int, left: float) -> str:
    """Format the header of a page that is certain to change in ``left`` seconds."""
    age = max(0, min(max_age, math.floor(left)))
    stale = min(STALE_WHILE_REVALIDATE_SECONDS, math.floor(left) - age)
    return f"public, max-age={age}" + (f", stale-while-revalidate={stale}" if stale > 0 else "")


def add_headers(response: Response) -> Response:
    """Add the headers of the kind of route, each once."""
    settings = services().settings
    is_html = response.mimetype == "text/html"
    ancestors = settings.frame_ancestors if is_frame() else "'self'"
    assets = services().assets
    own = services().branding.style
    inlined = [*assets.styles.values(), *([own] if own else [])]
    styles = " ".join(["'self'", *(style.source for style in inlined)])
    is_drawing = request.endpoint == "pictures.picture" and response.mimetype == drawings.TYPE
    policy = POLICY if is_html else DRAWING_POLICY if is_drawing else FILE_POLICY
    frames, host = g.get("frame_sources", ()), own_scripts().host
    forms = "'self'" if request.endpoint in SENDS_A_FORM else "'none'"
    response.headers["Content-Security-Policy"] = policy.format(
        styles=styles,
        forms=forms,
        frames=" ".join(["'self'", *frames]),
        ancestors=ancestors,
        host=f" {host}" if host else "",
    )
    response.headers.update(ALWAYS)
    response.headers.update(FILE if is_frame() or not is_html else PAGE)
    if response.status_code in (200, 206, 304) and request.endpoint in CACHE_CONTROL:
        response.headers["Cache-Control"] = CACHE_CONTROL[request.endpoint]
    if response.status_code in (404, 410):  # a story may be published there at any moment
        response.headers.setdefault("Cache-Control", ASK_EACH_TIME)
    if is_html:
        response.headers.update(HTML)
        if frames or host:  # few other sites allow their frames and files in an isolated page
            del response.headers["Cross-Origin-Embedder-Policy"]
        if settings.reload:
            response.headers["Cache-Control"] = NEVER
        response.headers.setdefault("Content-Language", g.language)
        if g.is_negotiated:  # an address without a language, whose page depends on the reader
            response.vary.add("Accept-Language")
    # A frame duplicates a page, and search results consist of parts of pages.
    if is_frame() or (is_html and "q" in request.args):
        response.headers["X-Robots-Tag"] = "noindex"
    if is_frame() and request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    # It is about the whole host, which is not ours to speak for below a path.
    if settings.hsts and request.is_secure and not request.root_path:
        response.headers["Strict-Transport-Security"] = f"max-age={settings.hsts}"
    return response
