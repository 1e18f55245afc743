"""Chinese and Japanese letters, which are written without spaces."""

from __future__ import annotations

import re

# Kana, ideographs with their extensions, fullwidth forms and punctuation; Korean has spaces.
UNSPACED = (
    "\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
# Marks of emphasis may come between the letters and the end of the line.
_WRAP = re.compile(rf"([{UNSPACED}][*_~=]*)\n(?=[*_~=]*[{UNSPACED}])")


def is_unspaced(letter: str) -> bool:
    """Check whether a letter belongs to a script without spaces."""
    return _UNSPACED.match(letter) is not None


def is_east_asian(letter: str) -> bool:
    """Check whether a letter is Chinese, Japanese or Korean."""
    return is_unspaced(letter) or _KOREAN.match(letter) is not None


def unwrapped(text: str) -> str:
    """Join the lines of a paragraph, without spaces between Chinese or Japanese letters."""
    return _WRAP.sub(r"\1", text).replace("\n", " ") if "\n" in text else text
