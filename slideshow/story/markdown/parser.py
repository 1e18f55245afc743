"""Parses the Markdown of articles: CommonMark, GFM and the extensions of site generators."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from slideshow.story.markdown.containers import containers
from slideshow.story.markdown.formulas import formulas
from slideshow.story.markdown.inlines import addresses, inlines
from slideshow.story.markdown.reshaping import reshaped

PRESERVED_SPACES = "\u00a0\u2007\u2009\u202f\u3000"  # stripped by markdown-it
NESTING_TOKENS = ("blockquote_open", "list_item_open")
MAX_NESTING = 20  # levels of lists and quotations; markdown-it silently drops deeper ones
_LOOSE_STRONG = re.compile(
    r"\*\*([ \t\u00a0\u202f]*)([^\s*](?:[^*\n]*[^\s*])?)([ \t\u00a0\u202f]*)\*\*"
)


class _Parser(MarkdownIt):
    """Parses any link, so that no syntax is shown; rendering drops harmful addresses."""

    def validateLink(self, url: str) -> bool:
        return True


def _made() -> _Parser:
    made = _Parser("commonmark", {"html": True, "maxNesting": MAX_NESTING, "store_labels": True})
    made.enable(["table", "strikethrough"])
    made.block.ruler.before("reference", "note", footnote_def, {"alt": ["paragraph", "reference"]})
    made.use(deflist_plugin)
    made.use(formulas)
    made.use(containers)
    made.use(inlines)
    made.use(sub_plugin)
    made.use(superscript_plugin)
    made.use(gfm_autolink_plugin)
    made.use(addresses)
    return made


PARSER = _made()


def parse_blocks(source: str, env: dict[str, Any]) -> list[Token]:
    """Parse Markdown into tokens of blocks, whose lines are not parsed yet."""
    tokens: list[Token] = []
    PARSER.block.parse(source, PARSER, env, tokens)
    lines = source.split("\n")
    for token in tokens:
        if token.type == "inline" and token.content and token.map:
            token.content = with_blanks(token.content, "\n".join(lines[slice(*token.map)]))
    return list(reshaped(tokens))


def parse_line(value: str, env: dict[str, Any]) -> list[Token]:
    """Parse a line of text into pieces."""
    pieces = PARSER.parseInline(value, env)[0].children or []
    if "**" in value and any("**" in piece.content for piece in pieces if piece.type == "text"):
        # A space inside the stars, such as before a French colon, is meant to be outside.
        loose = _LOOSE_STRONG.sub(r"\1**\2**\3", value)
        if loose != value:
            return PARSER.parseInline(loose, env)[0].children or []
    return pieces


def with_blanks(content: str, source: str) -> str:
    """Restore the ``PRESERVED_SPACES`` around ``content``."""
    if not content:
        return content
    before, found, after = source.partition(content)
    if not found:
        return content
    left = before[len(before.rstrip(PRESERVED_SPACES)) :]
    return left + content + after[: len(after) - len(after.lstrip(PRESERVED_SPACES))]


def is_cut(token: Token) -> bool:
    """Check whether markdown-it drops the content of a token because it is nested too deeply."""
    return token.type in NESTING_TOKENS and token.level + 1 >= MAX_NESTING


def is_piece(token: Token) -> bool:
    """Check whether a token contains a message."""
    if token.type in ("inline", "fence", "code_block"):
        return bool(token.content.strip())
    return False
