"""Titles folded, to be searched."""

from __future__ import annotations

import unicodedata

# What a reader would not type as the article has it.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d"})


def folded(text: str) -> str:
    """Give a text without case and accents, for comparison with another so folded."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part))
