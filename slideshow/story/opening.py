"""The opening of a text, which describes a page in search results, chats and feeds."""

from __future__ import annotations

import re
import unicodedata

CLOSING = "»”’\"')\\]」』）】"
# A sentence ends at a full stop of a script without spaces, or at one before a space.
SENTENCE_END = re.compile(
    rf"[。！？｡]+[{CLOSING}]*"
    rf"|[.!?…‽؟۔।॥።။]+[\u00a0\u202f]?[{CLOSING}]*(?= )"
    r"|។ ?"
)
TITLES = (
    "col", "dr", "gen", "gov", "hr", "lt", "mr", "mrs", "ms", "mt", "prof", "sen", "sgt", "st",
)  # fmt: skip
ENOUGH_CHARACTERS = 60  # of an opening of one sentence
JOINER = "\u200d"
ENDS_BADLY = " \u00a0\u202f,;:–—«“‘([、，；：「『（"  # before an ellipsis


def opening(text: str, length: int = 200) -> str:
    """Extract a text's first sentence, and the next if that is short.

    At most ``length`` characters: a longer opening is cut, between words if the script has spaces,
    else between letters, and ends in an ellipsis.
    """
    # The rest cannot be shown, and searching 20,000 full stops for an end takes seconds.
    head = text[: 2 * max(length, ENOUGH_CHARACTERS)]
    for match in SENTENCE_END.finditer(head):
        if match.end() >= ENOUGH_CHARACTERS and _is_end(head, match):
            return cut(head[: match.end()].rstrip(" "), length)
    return cut(head, length)


def cut(text: str, length: int) -> str:
    """Shorten a text to at most ``length`` characters, with an ellipsis if it was longer."""
    if len(text) <= length:
        return text
    # Plain spaces only: no cut at a no-break space.
    end = text.rfind(" ", length // 2, length)
    if end < 0:
        end = length - 1
        while end > 1 and not _is_between_letters(text, end):
            end -= 1
    return text[:end].rstrip(ENDS_BADLY) + "…"


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Distinguish a sentence's end from the full stop of "Dr.", "J. F." or "3."."""
    following = text[match.end() :].lstrip(" ")[:1]
    if following.islower():
        return False
    if match[0] != ".":
        return True
    word = re.split(r"[ \u00a0\u202f’']", text[: match.start()])[-1]
    is_short = len(word) < 2 or (word.isdigit() and len(word) < 3)
    return not (is_short or "." in word or word.lower() in TITLES)


def _is_between_letters(text: str, place: int) -> bool:
    """Check that a cut at ``place`` splits neither a letter from its accents nor an emoji."""
    before, after = text[place - 1], text[place]
    is_mark = unicodedata.category(after)[0] == "M" or "🏻" <= after <= "🏿"
    return not is_mark and JOINER not in (before, after)
