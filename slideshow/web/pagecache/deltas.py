"""Pages as what differs from a page that the reader has: RFC 9842, with Zstandard.

All pages share their styles and most of their frame. A browser that can (Chromium, over HTTPS)
names the last page that it got in what it asks for within a minute: so the next slide takes some
400 bytes instead of 6,500.
"""

from __future__ import annotations

import base64
import sys
from urllib.parse import quote

from werkzeug.http import parse_accept_header

from slideshow.web.compression import SMALLEST

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CODING = "dcz"  # Dictionary-Compressed Zstandard
# Of the deltas alone: what else we answer anyone can read, and some CDNs keep nothing that varies
# by what they do not know.
VARY = "Accept-Encoding, Available-Dictionary"
LARGEST = 200_000  # bytes: a larger page takes longer to be read than its delta saves
# A skippable frame of Zstandard that holds the hash of the dictionary (section 5).
FRAME = bytes.fromhex("5e2a4d18 20000000")
LEVEL = 3  # at 9, a twentieth smaller


def are_worth_making(media_type: str, size: int) -> bool:
    """Tell whether a page may be a dictionary, and be told by one."""
    return media_type.startswith("text/html") and SMALLEST <= size <= LARGEST


def use_as_dictionary(root: str) -> str:
    """Give the header that lets a page help all others below the place where we are mounted."""
    return f'match="{quote(root, encoding="latin-1")}/*"'


def named(dictionary: str, accepted: str) -> bytes | None:
    """Give the hash in an ``Available-Dictionary``; None if there is none to be used.

    ``accepted`` is the ``Accept-Encoding`` beside it. A hash is base64 between colons (RFC 9651,
    section 3.3.5).
    """
    if not parse_accept_header(accepted).quality(CODING):
        return None
    try:
        return base64.b64decode(dictionary.strip().strip(":"), validate=True)
    except ValueError:
        return None


def delta(body: bytes, dictionary: bytes, digest: bytes) -> bytes:
    """Give a body as what differs from ``dictionary``, whose SHA-256 is ``digest``."""
    raw = zstd.ZstdDict(dictionary, is_raw=True)
    return FRAME + digest + zstd.compress(body, LEVEL, zstd_dict=raw)
