"""Code with its parts marked by the classes of a style sheet."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONGEST_CODE = 20_000  # characters; a longer program is shown in one colour
_KINDS = {
    "Comment": "c",
    "Keyword": "k",
    "Tag": "k",
    "Heading": "k",
    "String": "s",
    "Number": "m",
    "Function": "n",
    "Class": "n",
    "Attribute": "n",
    "Deleted": "d",
    "Inserted": "i",
}
# Few kinds of parts, so that each colour means something and keeps its contrast.
CLASSES = frozenset(_KINDS.values())


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def coloured(code: str, language: str) -> str:
    """Return a program as HTML; one in an unknown language without marks."""
    lexer = _lexer(language.lower()) if language and len(code) <= LONGEST_CODE else None
    if lexer is None:
        return escape(code, quote=False)
    parts = []
    for kind, value in lexer.get_tokens(code):
        name = next((_KINDS[part] for part in reversed(kind) if part in _KINDS), "")
        text = escape(value, quote=False)
        parts.append(f'<span class="{name}">{text}</span>' if name else text)
    return "".join(parts)
