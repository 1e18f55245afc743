"""Content codings: selection for a request, and encoding (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip

import brotli
from werkzeug.http import parse_accept_header

IDENTITY = "identity"
OFFERED = ("br", "gzip")  # the most effective first
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
SMALLEST = 256  # bytes; below that, the header costs more than compression saves
# A page is compressed while its first reader waits: a higher quality takes ten times as
# long to save another fiftieth.
BROTLI_QUALITY = 5


def chosen(accepted: str) -> str:
    """Choose the coding of a response to an ``Accept-Encoding`` header.

    Also ``identity`` if the header refuses everything: an unreadable page is no worse than an
    error.
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
    """Check whether compression makes a body of a type smaller."""
    return size >= SMALLEST and media_type.startswith(WORTH_COMPRESSING)


def encoded(body: bytes, coding: str) -> bytes:
    """Encode a body in a coding."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    return body
