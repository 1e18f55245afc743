"""Titles apart from their stories: read from the head of an article, folded to be searched."""

from __future__ import annotations

import re
import unicodedata

from slideshow.errors import ArticleError
from slideshow.story.formats.plaintext import TRIMMED, readable
from slideshow.story.frontmatter import split_front_matter

# CommonMark 0.31, section 4.2, without what makes a heading of it that is more than its line.
_HEADING = re.compile(r" {0,3}#[ \t]+(?![ \t]*#)([^\\\n]*?)(?:[ \t]+#+)?[ \t]*")
# What a reader would not type as the article has it.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d"})


def title_at_head(head: str, is_markdown: bool) -> str | None:
    """Give the title that an article begins with; ``head`` is its first part, cut anywhere.

    None if only a reading of the whole article tells.
    """
    try:
        head = readable(head)
        parts = split_front_matter(head) if is_markdown else None
    except ArticleError:
        return None
    _, head = parts or ("", head)
    lines = head.split("\n")[:-1]  # the last may go on
    first = next((line for line in lines if line and not line.isspace()), None)
    if first is None or not is_markdown:
        return first and first.strip(TRIMMED)
    heading = _HEADING.fullmatch(first)
    return heading[1] if heading and heading[1] else None


def folded(text: str) -> str:
    """Give a text without case and accents, for comparison with another so folded."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return "".join(part for part in parts if not unicodedata.combining(part))
