"""The headers that every response carries, by kind of route."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from slideshow.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-src 'self'; frame-ancestors {ancestors}"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def install(app: Flask) -> None:
    """Add the headers to every response, whatever its status."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add the security headers, and the language to pages."""
    settings: Settings = current_app.extensions["settings"]
    is_frame = request.path.startswith("/embed/")
    is_file = request.path.startswith(("/static/", "/pictures/")) or request.path == "/embed.js"
    is_shared = is_frame or is_file
    headers = response.headers
    ancestors = settings.frame_ancestors if is_frame else "'self'"
    headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=ancestors))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Permissions-Policy", PERMISSIONS)
    resource_policy = "cross-origin" if is_shared else "same-origin"
    headers.setdefault("Cross-Origin-Resource-Policy", resource_policy)
    if is_shared:
        headers.setdefault("Access-Control-Allow-Origin", "*")
    if response.mimetype == "text/html":
        headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Content-Language", g.language)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
