"""Texts in Markdown, and blocks of several texts: lists, tables, quotations, boxes, code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from markdown_it.token import Token

from slideshow.story.markdown.parser import is_piece, parse_blocks, parse_line
from slideshow.story.markdown.rendering import LINKS, file_of, rendered, words_of
from slideshow.story.markup import Markup, escaped, language_attributes
from slideshow.story.model import Block, Text
from slideshow.story.showing import Showing

_BLOCK_START = re.compile(r"\s*<(?:p|div|h[1-6]|table|ul|ol|dl|details|figure|section)\b")
NOTES = "footnote_reference"


@dataclass(frozen=True, slots=True)
class Markdown(Markup):
    """The Markdown of one article; ``notes`` maps the labels of its footnotes to numbers."""

    notes: Mapping[str, int] = field(default_factory=dict)
    name: ClassVar[str] = "Markdown"

    def plain(self, value: str) -> str:
        """Render a text as one line without its Markdown."""
        body, env = split(value)
        parse = parse_blocks if _is_of_blocks(body) else parse_line
        tokens = parse(body, env)
        if parse is parse_blocks:
            _with_children(tokens, env)
            return words_of(tokens) or value
        return words_of([_line(tokens)]) or value

    def inline(self, value: str) -> str:
        """Render a headline or a title as HTML without links."""
        children = [each for each in parse_line(value, {}) if each.type not in LINKS]
        html = rendered([_line(children)], Showing(""), self.notes, is_inline=True)
        return html if html.strip() else escaped(value)

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Render a paragraph as HTML; a translation may consist of several blocks."""
        body, env = split(value)
        if _is_of_blocks(body):
            tokens = parse_blocks(body, env)
            _with_children(tokens, env)
            html = rendered(tokens, showing, self.notes)
        else:
            pieces = parse_line(body, env)
            html = rendered([_line(pieces)], showing, self.notes)
            if not _BLOCK_START.match(html):
                html = f"<p>{html}</p>\n"
        return f'<div class="paragraph"{attributes}>{html}</div>\n'

    def files(self, value: str) -> Iterator[str]:
        """Yield the files of the pictures in a text."""
        if may_show_pictures(value):
            body, env = split(value)
            yield from filter(None, map(file_of, parse_line(body, env)))


def may_show_pictures(value: str) -> bool:
    """Check whether a text has signs of pictures, before it is parsed, which is slow."""
    return "![" in value or "<img" in value or "[[" in value


def pictures_in(value: str) -> Iterator[Token]:
    """Yield the pictures in a text that Markdown's own syntax shows."""
    if "![" in value:
        body, env = split(value)
        yield from (piece for piece in parse_line(body, env) if piece.type == "image")


def loose_links_in(value: str) -> Iterator[str]:
    """Yield the labels of the reference links in a text that have no definition."""
    if "][" in value:
        body, env = split(value)
        pieces = parse_line(body, env)
        loose = (piece for piece in pieces if piece.type == "loose_reference")
        yield from (" ".join(piece.meta["label"].split()) for piece in loose)


@dataclass(frozen=True, slots=True)
class Composite(Block):
    """A block of several texts: ``source`` has their order and the markup around them.

    ``written`` is the block as in the article, which an older catalogue may translate as a whole.
    """

    source: str
    pieces: tuple[Text, ...]
    written: Text
    markup: Markdown
    kind: str = ""
    depth: int = 1  # of its first heading below the headline

    def texts(self) -> Iterator[Text]:
        """Yield the texts in reading order."""
        yield from self.pieces

    def translated(self, translate: Callable[[Text], Text]) -> Composite:
        """Translate the texts of the block, each by its own message or all by one."""
        pieces = tuple(map(translate, self.pieces))
        if any(new is not old for new, old in zip(pieces, self.pieces, strict=True)):
            return replace(self, pieces=pieces)
        whole = translate(self.written)
        if whole is self.written:
            return self
        made = composite(whole.value, whole, self.markup)
        return replace(made, kind=self.kind, depth=self.depth) if made.pieces else self

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the files of the pictures in the block, each with its line in the article."""
        for piece in self.pieces:
            yield from piece.files()

    def plain(self) -> str:
        """Join the words of a list or a quotation; tables and code are skipped."""
        if self.kind in ("table", "fence", "code_block", "math_block"):
            return ""
        return " ".join(piece.plain() for piece in self.pieces)

    def html(self, showing: Showing) -> str:
        """Render the block as HTML, each text in its own language."""
        tokens = parse_blocks(self.source, {})
        places = iter(self.pieces)
        _nest(tokens, self.depth)
        for token in tokens:
            if is_piece(token):
                _fill(token, next(places, None), showing)
        html = rendered(tokens, showing, self.markup.notes)
        if self.kind == NOTES:
            return f'<ol class="notes">\n{html}</ol>\n'
        return f'<div class="paragraph">{html}</div>\n'


def composite(
    source: str,
    written: Text,
    markup: Markdown,
    definitions: Callable[[str], str] = lambda _: "",
    numbers: Sequence[int] = (),
) -> Composite:
    """Parse Markdown into a block; its texts have the language of ``written``.

    ``numbers`` are those of the lines in the file.
    """
    tokens = parse_blocks(source, {})
    pieces = tuple(
        Text(
            value + definitions(value),
            written.language,
            numbers[first] if numbers else written.line + first,
            markup if token.type == "inline" else CODE,
        )
        for token in tokens
        if is_piece(token)
        for value, first in ((_value(token), token.map[0] if token.map else 0),)
    )
    kind = next((token.type.removesuffix("_open") for token in tokens), "")
    return Composite(source, pieces, written, markup, kind)


def pieces_of(value: str) -> list[str]:
    """List the messages in a block of Markdown."""
    return [_value(token) for token in parse_blocks(value, {}) if is_piece(token)]


class _Code(Markup):
    """Code, which is not Markdown even in a Markdown article."""

    __slots__ = ()
    name = "code"
    is_prose = False

    def plain(self, value: str) -> str:
        """Join the code into one line."""
        return " ".join(value.split())

    def html(self, value: str, attributes: str, showing: Showing) -> str:
        """Render the code as a block."""
        return f"<pre{attributes}><code>{escaped(value)}</code></pre>\n"


CODE = _Code()


def _nest(tokens: Sequence[Token], depth: int) -> None:
    """Set each heading's depth below the headline."""
    ranks: list[int] = []
    for token in tokens:
        if token.type.startswith("heading_"):
            rank = int(token.tag[1])
            while ranks and ranks[-1] > rank:
                ranks.pop()
            if not ranks or ranks[-1] < rank:
                ranks.append(rank)
            token.meta["depth"] = depth + len(ranks) - 1


def _value(token: Token) -> str:
    return token.content if token.type == "inline" else token.content.rstrip("\n")


def _fill(token: Token, text: Text | None, showing: Showing) -> None:
    """Put a text, translated or not, into the token of its piece."""
    if text is None:
        return
    if token.type != "inline":
        token.content = text.value + "\n"
        return
    body, env = split(text.value)
    children = parse_line(body, env)
    attributes = language_attributes(text.language, showing.language)
    if attributes:
        opening = Token("text_open", "span", 1, content=attributes)
        children = [opening, *children, Token("text_close", "span", -1)]
    _finish(token, children)


def _finish(token: Token, children: list[Token]) -> None:
    if "task" in token.meta:
        children = [Token("task", "", 0, content="☑" if token.meta["task"] else "☐"), *children]
    if token.info == "title":
        children = [*children, Token("title_close", "", -1)]
    token.children = children


def _with_children(tokens: Sequence[Token], env: dict[str, Any]) -> None:
    for token in tokens:
        if token.type == "inline":
            _finish(token, parse_line(token.content, env))


def _line(children: list[Token]) -> Token:
    return Token("inline", "", 0, children=children)


def split(value: str) -> tuple[str, dict[str, Any]]:
    """Split a text into its content and the definitions of its links."""
    body, gap, tail = value.rpartition("\n\n")
    if not gap or not tail.startswith("["):
        return value, {}
    env: dict[str, Any] = {}
    parse_blocks(tail, env)
    return (body, env) if env.get("references") else (value, {})


def _is_of_blocks(body: str) -> bool:
    return "\n\n" in body.strip("\n")
