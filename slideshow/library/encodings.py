"""The encoding of texts that are not in UTF-8: Windows-1252, in which Word saves plain text."""

from __future__ import annotations

MOST_ACCENTED = 0.25  # of the bytes; in other scripts most letters are beyond ASCII
MOST_BY_CHANCE = 0.25  # of the bytes beyond ASCII that make letters in UTF-8 too


def is_western(data: bytes) -> bool:
    """Check whether a text that is not UTF-8 is one of Western Europe, in Windows-1252.

    Its accented letters are few among plain ones, and hardly any two of them make a letter in
    UTF-8: a text in another script, or one in UTF-8 with a broken byte, is not taken for it.
    """
    beyond = sum(byte > 0x7F for byte in data)
    if beyond > MOST_ACCENTED * len(data):
        return False
    by_chance = sum(not letter.isascii() for letter in data.decode("utf-8", "ignore"))
    if by_chance > MOST_BY_CHANCE * beyond:
        return False
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
