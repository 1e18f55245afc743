"""Passes over Pandoc's tree that keep only an article: headlines, text, tables, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slideshow.commands.importing.pandoc.nodes import (
    comment,
    is_empty,
    is_picture,
    text_of,
    trimmed,
)
from slideshow.commands.importing.pandoc.program import Node
from slideshow.commands.importing.pandoc.tables import table

DELETION = "tracked deletion"
INSERTION = "tracked insertion, taken as accepted"
COMMENT = "comment"
DROPPED_SPANS = {
    "deletion": DELETION,
    "paragraph-deletion": DELETION,
    "comment-start": COMMENT,
    "comment-end": "",
}
COUNTED_SPANS = {"insertion": INSERTION}


def inlines(nodes: list[Node], counts: Counter[str]) -> list[Node]:
    """Strip wrappers, comments and deletions from inlines; count the parts left out."""
    found: list[Node] = []
    for node in nodes:
        kind = node["t"]
        inner: Any = node.get("c")
        if kind == "Span":
            found += _span(node, counts)
        elif kind == "Quoted":
            found += _quoted(inner, counts)
        elif kind in ("Underline", "SmallCaps"):
            found += inlines(inner, counts)
        elif kind == "Cite":
            found += inlines(inner[1], counts)
        elif kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript"):
            words = inlines(inner, counts)
            is_mark = any(each["t"] in ("Note", "Image") for each in words)
            found += words if is_mark else [{"t": kind, "c": words}]
        elif kind == "Link":
            found += _link(node, counts)
        elif kind == "Note":
            found.append({"t": kind, "c": _unmarked(blocks(inner, counts))})
        elif kind == "RawInline":
            continue
        else:
            found.append({"t": "Space"} if kind == "SoftBreak" else node)
    return found


def _unmarked(note: list[Node]) -> list[Node]:
    """Strip the reference mark that some word processors repeat at the start of a note."""
    if note and note[0]["t"] in ("Para", "Plain") and note[0]["c"][:1]:
        first = note[0]["c"][0]
        if first["t"] == "Superscript" or re.fullmatch(r"[\d¹²³⁴-⁹*†‡]+", text_of(first)):
            return [{"t": note[0]["t"], "c": trimmed(note[0]["c"][1:])}, *note[1:]]
    return note


def _span(node: Node, counts: Counter[str]) -> list[Node]:
    (_, classes, _), inner = node["c"]
    for name in classes:
        if name in DROPPED_SPANS:
            counts[DROPPED_SPANS[name]] += 1
            return []
        if name in COUNTED_SPANS:
            counts[COUNTED_SPANS[name]] += 1
    return inlines(inner, counts)


def _quoted(inner: Any, counts: Counter[str]) -> list[Node]:
    opening, closing = ("‘", "’") if inner[0]["t"] == "SingleQuote" else ("“", "”")
    text = inlines(inner[1], counts)
    return [{"t": "Str", "c": opening}, *text, {"t": "Str", "c": closing}]


def _link(node: Node, counts: Counter[str]) -> list[Node]:
    """Strip a link's attributes, or the link itself if it points into the document."""
    _, content, (address, title) = node["c"]
    inner = inlines(content, counts)
    is_picture = [each["t"] for each in inner] == ["Image"]
    if is_picture or address.startswith("#") or not address:
        return inner
    return [{"t": "Link", "c": [["", [], []], inner, [address, title]]}]


def blocks(nodes: list[Node], counts: Counter[str]) -> list[Node]:
    """Strip wrappers and raw parts from blocks, and simplify the cells of tables."""
    found: list[Node] = []
    for node in nodes:
        found += _BLOCKS.get(node["t"], _same)(node, counts)
    return _with_whole_lists(node for node in found if not is_empty(node))


def _with_whole_lists(nodes: Iterable[Node]) -> list[Node]:
    """Join lists that follow each other, into which some word processors divide one list."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else node
        if node["t"] != last["t"] or last is node:
            found.append(node)
        elif node["t"] == "BulletList":
            last["c"] = [*last["c"], *node["c"]]
        elif node["t"] == "OrderedList" and node["c"][0][1:] == last["c"][0][1:]:
            last["c"] = [last["c"][0], [*last["c"][1], *node["c"][1]]]
        else:
            found.append(node)
    return found


def _same(node: Node, _: Counter[str]) -> list[Node]:
    return [node]


def _text(node: Node, counts: Counter[str]) -> list[Node]:
    """Cut a paragraph at its pictures, each of which becomes a paragraph of its own."""
    found: list[Node] = []
    run: list[Node] = []
    for inline in inlines(node["c"], counts):
        if inline["t"] == "Image":
            found += [{"t": node["t"], "c": run}, {"t": "Para", "c": [inline]}]
            run = []
        else:
            run.append(inline)
    return [*found, {"t": node["t"], "c": trimmed(run)}]


def _header(node: Node, counts: Counter[str]) -> list[Node]:
    level, _, content = node["c"]
    inner = inlines(content, counts)
    pictures = [{"t": "Para", "c": [each]} for each in inner if each["t"] == "Image"]
    words = [
        {"t": "Space"} if each["t"] == "LineBreak" else each
        for each in inner
        if each["t"] != "Image"
    ]
    return [{"t": "Header", "c": [level, ["", [], []], _unstressed(trimmed(words))]}, *pictures]


def _unstressed(words: list[Node]) -> list[Node]:
    """Strip the bold type of a headline that is bold as a whole."""
    if len(words) == 1 and words[0]["t"] in ("Strong", "Emph"):
        inner: list[Node] = words[0]["c"]
        return _unstressed(inner)
    return words


def _list(node: Node, counts: Counter[str]) -> list[Node]:
    content = node["c"]
    items = content if node["t"] == "BulletList" else content[1]
    kept = [each for item in items if (each := blocks(item, counts))]
    if any(block["t"] == "Header" for item in kept for block in item):
        return [block for item in kept for block in item]  # numbered headings, not a list
    if node["t"] == "OrderedList":
        return [{"t": "OrderedList", "c": [content[0], kept]}] if kept else []
    return [{"t": "BulletList", "c": kept}] if kept else []


def _definitions(node: Node, counts: Counter[str]) -> list[Node]:
    kept = [
        [inlines(term, counts), [blocks(each, counts) for each in texts]]
        for term, texts in node["c"]
    ]
    return [{"t": "DefinitionList", "c": kept}]


def _quotation(node: Node, counts: Counter[str]) -> list[Node]:
    return [{"t": "BlockQuote", "c": blocks(node["c"], counts)}]


def _div(node: Node, counts: Counter[str]) -> list[Node]:
    (_, classes, _), inner = node["c"]
    if "notes" in classes:
        counts["speaker note, kept as hidden text"] += 1
        return [comment("\n".join(_lines_of(inner)))]
    return blocks(inner, counts)


def _lines_of(nodes: list[Node]) -> Iterator[str]:
    """Yield the text of each paragraph, those in lists too."""
    for node in nodes:
        if node["t"] in ("BulletList", "OrderedList"):
            items = node["c"] if node["t"] == "BulletList" else node["c"][1]
            for item in items:
                yield from _lines_of(item)
        elif "c" in node:
            yield text_of(node["c"])


def _raw(node: Node, _: Counter[str]) -> list[Node]:
    return [node] if node["c"][0] == "markdown" else []


def _code(node: Node, _: Counter[str]) -> list[Node]:
    (_, classes, _), code = node["c"]
    return [{"t": "CodeBlock", "c": [["", classes[:1] or ["text"], []], code]}]


def _lines(node: Node, counts: Counter[str]) -> list[Node]:
    run: list[Node] = []
    for line in node["c"]:
        run += [*inlines(line, counts), {"t": "LineBreak"}]
    return [{"t": "Para", "c": trimmed(run)}]


def _figure(node: Node, counts: Counter[str]) -> list[Node]:
    """List a figure's blocks, its caption right below unless that is the alternative text."""
    _, (_, caption), inner = node["c"]
    content = blocks(inner, counts)
    words = blocks(caption, counts)
    shown = {text_of(each["c"][0]["c"][1]).strip() for each in content if is_picture(each)}
    named = [_captioned(each, words) if is_picture(each) else each for each in content]
    if text_of(words).strip() in {"", *shown}:
        return named
    is_short = len(words) == 1 and words[0]["t"] in ("Para", "Plain")
    if named and is_picture(named[-1]) and is_short:
        below = [*named[-1]["c"], {"t": "SoftBreak"}, *words[0]["c"]]
        return [*named[:-1], {"t": "Para", "c": below}]
    return [*named, *words]


def _captioned(node: Node, caption: list[Node]) -> Node:
    """Use a caption as the alternative text of a picture that has none."""
    attributes, alternative, target = node["c"][0]["c"]
    words = alternative or [{"t": "Str", "c": text_of(caption).strip()}]
    return {"t": "Para", "c": [{"t": "Image", "c": [attributes, words, target]}]}


_BLOCKS: dict[str, Callable[[Node, Counter[str]], list[Node]]] = {
    "Para": _text,
    "Plain": _text,
    "Header": _header,
    "BulletList": _list,
    "OrderedList": _list,
    "DefinitionList": _definitions,
    "BlockQuote": _quotation,
    "Div": _div,
    "RawBlock": _raw,
    "CodeBlock": _code,
    "LineBlock": _lines,
    "Figure": _figure,
    "Table": lambda node, counts: table(node, counts, blocks),
}
