"""Folds titles for searching, and makes them from names."""

from __future__ import annotations

import re
import unicodedata

# Characters that readers type differently.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d"})


def title_of_slug(slug: str) -> str:
    """Make the title of an untitled article from its file's name."""
    words = " ".join(re.split(r"[-_]+", slug)).strip() or slug
    return words[:1].upper() + words[1:]


def folded(text: str) -> str:
    """Remove case and accents from a text, for comparison with another folded one."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part))
