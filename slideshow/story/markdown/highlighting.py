"""Highlights code with the classes of a style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CODE_CHARACTERS = 20_000  # longer code is shown in one colour
# Languages that Pygments does not know, and similar ones that it knows.
_SIMILAR = {
    **dict.fromkeys(("astro", "go-html-template", "hbs", "njk", "svelte", "vue-html"), "html"),
    **dict.fromkeys(("mdc", "mdx", "qmd", "rmd"), "markdown"),
    **dict.fromkeys(("cjs", "mjs"), "javascript"),
    **dict.fromkeys(("cli", "commandline", "terminal"), "console"),
    "jsonc": "json",
}
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
# Few kinds of tokens, so that each colour is meaningful and has enough contrast.
CLASSES = frozenset(_KINDS.values())


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # late: few stories have code
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def coloured(code: str, language: str) -> str:
    """Render code as HTML; without highlighting if its language is unknown."""
    language = _SIMILAR.get(language.lower(), language.lower())
    lexer = _lexer(language) if language and len(code) <= MAX_CODE_CHARACTERS else None
    if lexer is None:
        return escape(code, quote=False)
    return "".join(
        f'<span class="{name}">{escape(text, quote=False)}</span>'
        if name
        else escape(text, quote=False)
        for name, text in _runs(lexer, code)
    )


def _runs(lexer: Lexer, code: str) -> Iterator[tuple[str, str]]:
    """Yield the class and the text of each part of some code; no part ends within a word."""
    last, text = "", ""
    for kind, value in lexer.get_tokens(code):
        name = next((_KINDS[part] for part in reversed(kind) if part in _KINDS), "")
        if text and value and _is_of_word(text[-1]) and _is_of_word(value[0]):
            rest = _after_word(value)
            last, text, value = last or name, text + value[: len(value) - len(rest)], rest
        if name == last:
            text += value
        elif value:
            yield last, text
            last, text = name, value
    yield last, text


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _after_word(value: str) -> str:
    return value[next((at for at, each in enumerate(value) if not _is_of_word(each)), len(value)) :]
