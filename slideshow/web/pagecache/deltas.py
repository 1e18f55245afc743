"""Pages as differences from a page in the reader's cache: RFC 9842, with Zstandard.

All pages share their styles and most of their frame. A supporting browser (Chromium, over HTTPS)
sends the hash of the last page it got when it requests another within a minute: the next slide then
takes some 400 bytes instead of 6,500.
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
# For deltas only: every client can read our other responses, and some CDNs cache nothing that
# varies by an unknown header.
VARY = "Accept-Encoding, Available-Dictionary"
MAX_PAGE_BYTES = 200_000  # a larger page takes longer to decode than its delta saves
# A skippable frame of Zstandard with the hash of the dictionary (section 5).
FRAME = bytes.fromhex("5e2a4d18 20000000")
LEVEL = 3  # 9 would save another twentieth


def are_worth_making(media_type: str, size: int) -> bool:
    """Check whether a page may be a dictionary, or be sent as a delta."""
    return media_type.startswith("text/html") and SMALLEST <= size <= MAX_PAGE_BYTES


def use_as_dictionary(root: str) -> str:
    """Format the header that makes a page a dictionary for all others below our mount point."""
    return f'match="{quote(root, encoding="latin-1")}/*"'


def named(dictionary: str, accepted: str) -> bytes | None:
    """Parse the hash in an ``Available-Dictionary``; None if no dictionary can be used.

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
    """Encode a body as its difference from ``dictionary``, whose SHA-256 is ``digest``."""
    raw = zstd.ZstdDict(dictionary, is_raw=True)
    return FRAME + digest + zstd.compress(body, LEVEL, zstd_dict=raw)
