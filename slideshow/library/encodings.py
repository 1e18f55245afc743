"""Files as other programs save them: documents, Windows-1252, stray control characters."""

from __future__ import annotations

import re

MOST_ACCENTED = 0.25  # of the bytes; in other scripts most letters are beyond ASCII
MOST_BY_CHANCE = 0.25  # of the bytes beyond ASCII that make letters in UTF-8 too
_STRAY = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
MAX_STRAY_SHARE, MAX_STRAYS = 0.005, 3  # of a text; more than both mean binary data
_DOCUMENTS = {b"{\\rtf": ".rtf", b"PK\3\4": ".zip", b"%PDF-": ".pdf", b"\xd0\xcf\x11\xe0": ".doc"}
_ZIPPED = {
    b"opendocument.text": ".odt",
    b"application/epub": ".epub",
    b"ppt/": ".pptx",
    b"word/": ".docx",
}


def document_kind(data: bytes) -> str:
    """Return the suffix of the document that a file is by its bytes; empty for a text."""
    kind = next((kind for start, kind in _DOCUMENTS.items() if data.startswith(start)), "")
    if kind != ".zip":
        return kind
    return next((within for name, within in _ZIPPED.items() if name in data), kind)


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


def stray_line(text: str) -> int:
    """Return the line of the first stray control character; 0 if there is none, or too many."""
    first = _STRAY.search(text)
    if not first or "\0" in text:
        return 0
    others = sum(character != "\v" for character in _STRAY.findall(text))
    if others > max(MAX_STRAYS, MAX_STRAY_SHARE * len(text)):
        return 0
    return text.count("\n", 0, first.start()) + 1


def without_strays(text: str) -> str:
    """Strip control characters; Word's sign for a new line, within a paragraph, becomes a blank."""
    return _STRAY.sub("", text.replace("\v", " "))
