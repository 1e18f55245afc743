"""Titles folded, to be searched, and made from names."""

from __future__ import annotations

import re
import unicodedata

# What a reader would not type as the article has it.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d"})


def title_of_slug(slug: str) -> str:
    """Return the title of an article that has none: the name of its file."""
    words = " ".join(re.split(r"[-_]+", slug)).strip() or slug
    return words[:1].upper() + words[1:]


def folded(text: str) -> str:
    """Give a text without case and accents, for comparison with another so folded."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part))
