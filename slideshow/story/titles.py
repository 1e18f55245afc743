"""Makes titles from the names of files."""

from __future__ import annotations

import re


def title_of_slug(slug: str) -> str:
    """Make the title of an untitled article from its file's name."""
    words = " ".join(re.split(r"[-_]+", slug)).strip() or slug
    return words[:1].upper() + words[1:]
