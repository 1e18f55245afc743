"""The only rule of XML that template engines don't apply."""

from __future__ import annotations

import re

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def printable(text: str) -> str:
    """Strip the few characters that XML 1.0 cannot contain, even escaped, from a text."""
    return NOT_XML.sub("", text)
