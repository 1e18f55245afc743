"""Markdown into HTML that is safe whatever the text holds, and into plain text.

Links lead to harmless addresses only; raw HTML shows as it is written; a picture is shown
by its alternative text.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from slideshow.story.markup import Markup

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto")  # of links; the rest stays text
KEPT = "\u00a0\u2007\u2009\u202f\u3000"  # blanks that are part of a text
LINK = ("link_open", "link_close")
NESTED = ("blockquote_open", "list_item_open")
DEEPEST = 20  # levels of lists and quotations; what is deeper markdown-it drops in silence


class _Renderer(MarkdownIt):
    """Makes links of harmless addresses only."""

    def validateLink(self, url: str) -> bool:
        scheme = SCHEME.match(url)
        return scheme is None or scheme[1].lower() in SCHEMES


class _Markdown:
    """Text in Markdown, of which a paragraph may hold several blocks."""

    name = "Markdown"

    def plain(self, value: str) -> str:
        """Return a text in one line without its Markdown."""
        return plain(value)

    def inline(self, value: str) -> str:
        """Return a headline or a title as HTML without links."""
        return render_inline(value)

    def html(self, value: str, attributes: str) -> str:
        """Return a block as HTML, in one element with these attributes."""
        return f'<div class="paragraph"{attributes}>{render(value)}</div>\n'


MARKDOWN: Markup = _Markdown()


def render(value: str) -> str:
    """Give a paragraph's Markdown as HTML of its own blocks; never empty for what is not."""
    env: dict[str, Any] = {}
    tokens = _RENDERER.parse(value, env)
    if value and (not _words(tokens) or any(map(is_cut, tokens))):
        return f"<p>{escapeHtml(value)}</p>\n"
    rendered: str = _RENDERER.renderer.render(tokens, _RENDERER.options, env)
    return rendered


def render_inline(value: str) -> str:
    """Give a headline's or title's Markdown as HTML.

    Its links are left out and their texts kept: headlines stand inside links themselves.
    """
    tokens = _RENDERER.parseInline(value)
    if not _words(tokens):
        return escapeHtml(value)
    for token in tokens:
        pieces = token.children or []
        token.children = [piece for piece in pieces if piece.type not in LINK]
    rendered: str = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    return rendered


def parse(value: str) -> list[Token]:
    """Give a text's Markdown as markdown-it's tokens."""
    return _RENDERER.parse(value)


def plain(value: str) -> str:
    """Give a text in one line without its Markdown, for titles, descriptions and the like.

    What is one line already is read as a headline is: in "2. Two" the number is text.
    """
    parse = _RENDERER.parse if "\n" in value else _RENDERER.parseInline
    return _words(parse(value)) or value


def is_cut(token: Token) -> bool:
    """Tell whether markdown-it leaves out what stands below a token, as nested too deeply."""
    return token.type in NESTED and token.level + 1 >= DEEPEST


def _words(tokens: Sequence[Token]) -> str:
    """Give the text of some blocks in one line; empty if there is none to see."""
    texts = (text_of(token.children) if token.children else token.content for token in tokens)
    return " ".join(text for text in texts if text.strip(" \t\n")).replace("\n", " ")


def text_of(children: Sequence[Token]) -> str:
    """Give the text of the pieces of a line; of a picture, its alternative text."""
    return "".join(
        " "
        if token.type in ("softbreak", "hardbreak")
        else text_of(token.children or [])
        if token.type == "image"
        else token.content
        for token in children
    )


def with_blanks(content: str, source: str) -> str:
    """Give ``content`` with the blanks of KEPT around it that markdown-it strips from it."""
    if not content:
        return content
    before, _, after = source.partition(content)
    left = before[len(before.rstrip(KEPT)) :]
    return left + content + after[: len(after) - len(after.lstrip(KEPT))]


def _keep_blanks(state: StateCore) -> None:
    lines = state.src.split("\n")
    for token in state.tokens:
        if token.type == "inline" and token.content and token.map:
            token.content = with_blanks(token.content, "\n".join(lines[slice(*token.map)]))


def _link(
    self: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    address = str(tokens[place].attrs.get("href", ""))
    if address.startswith(("http:", "https:", "//")):
        tokens[place].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, place, options, env)


def _made_renderer() -> _Renderer:
    made = _Renderer("commonmark", {"html": False, "maxNesting": DEEPEST})
    made.core.ruler.after("block", "blanks", _keep_blanks)
    made.add_render_rule("link_open", _link)
    made.add_render_rule("image", lambda _, tokens, at, *__: escapeHtml(text_of([tokens[at]])))
    made.add_render_rule("heading_open", lambda *_: "<p><strong>")
    made.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    # Rules are compiled at first use, and half compiled for a second thread meanwhile.
    made.render("compile")
    return made


_RENDERER = _made_renderer()
