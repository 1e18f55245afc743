"""The one rule of XML that no template engine keeps."""

from __future__ import annotations

import re

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def printable(text: str) -> str:
    """Return a text without the few characters that XML 1.0 cannot hold, even escaped."""
    return NOT_XML.sub("", text)
