"""The links of an article: the harmless addresses, and those of files beside it."""

from __future__ import annotations

import re

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto", "tel", "sms")  # of links; other links become text


def is_harmless(url: str) -> bool:
    """Check whether an address may be linked to."""
    scheme = SCHEME.match(url)
    return scheme is None or scheme[1].lower() in SCHEMES


def is_beside(file: str) -> bool:
    """Check that ``file`` is a path inside the article's folder."""
    parts = file.split("/")
    return bool(parts[0]) and ".." not in parts and not SCHEME.match(file) and "\\" not in file
