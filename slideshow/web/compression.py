"""Content codings: which one a request wants, and a body in each (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip

import brotli
from werkzeug.http import parse_accept_header

IDENTITY = "identity"
OFFERED = ("br", "gzip")  # the smaller first
WORTH_COMPRESSING = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/manifest+json",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
)
SMALLEST = 256  # bytes: below, the header costs more than it saves
# A page is compressed while its first reader waits: from here on, brotli takes ten times as
# long to save another fiftieth.
BROTLI_QUALITY = 5


def chosen(accepted: str) -> str:
    """Give the coding to answer an ``Accept-Encoding`` header with.

    It is ``identity`` too where the header refuses everything: a page that cannot be read is
    no better than one that was not asked for.
    """
    qualities: dict[str, float] = {}
    for coding, quality in parse_accept_header(accepted):
        qualities.setdefault(coding.lower().replace("x-gzip", "gzip"), quality)
    others = qualities.get("*", 0)
    best, best_quality = IDENTITY, qualities.get(IDENTITY, 0)
    for coding in reversed(OFFERED):
        quality = qualities.get(coding, others)
        if quality and quality >= best_quality:
            best, best_quality = coding, quality
    return best


def is_worth_compressing(media_type: str, size: int) -> bool:
    """Tell whether a body of a type becomes smaller by compressing it."""
    return size >= SMALLEST and media_type.startswith(WORTH_COMPRESSING)


def encoded(body: bytes, coding: str) -> bytes:
    """Give a body in a coding."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    return body
