"""E-books whose headings and emphasis are nothing but classes, as LibreOffice writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slideshow.commands.importing.pandoc.nodes import text_of
from slideshow.commands.importing.pandoc.program import Node
from slideshow.commands.importing.readers.archives import Archive

RULES = re.compile(rb"\.([\w-]+)\s*\{([^{}]*)\}")
SIZE = re.compile(rb"font-size:\s*(\d{1,3}(?:\.\d{1,6})?)pt")
TEXT_POINTS = 12.0  # size of text that states none
HEADLINE_RATIO = 1.1  # size of the smallest headline to that of most text


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a class: its size in points; bold and italic type."""

    points: float
    is_bold: bool
    is_italic: bool


def styled(nodes: list[Node], archive: Archive) -> list[Node]:
    """Turn the classes of an e-book without headings into headings and emphasis."""
    if any(node["t"] == "Header" for node in nodes):
        return nodes
    sheets = b"\n".join(archive.read(name) for name in archive.names if name.endswith(".css"))
    styles = {name.decode(): _style(rules) for name, rules in RULES.findall(sheets)}
    sizes = [_points(node, styles) for node in nodes]
    lengths: Counter[float] = Counter()
    for node, size in zip(nodes, sizes, strict=True):
        lengths[size] += len(text_of(node.get("c")))
    usual = max(lengths, key=lambda size: lengths[size], default=TEXT_POINTS)
    ranks = sorted({size for size in sizes if size >= usual * HEADLINE_RATIO}, reverse=True)
    return [
        {"t": "Header", "c": [min(6, ranks.index(size) + 1), ["", [], []], node["c"]]}
        if size in ranks
        else _stressed(node, styles)
        for node, size in zip(nodes, sizes, strict=True)
    ]


def _style(rules: bytes) -> Style:
    size = SIZE.search(rules)
    is_italic = re.search(rb"font-style:\s*italic", rules) is not None
    return Style(float(size[1]) if size else TEXT_POINTS, b"bold" in rules, is_italic)


def _points(node: Node, styles: Mapping[str, Style]) -> float:
    """Find the size of the smallest text in a paragraph; that of other blocks is the usual one."""
    classes = [_class(each) for each in node["c"] if each["t"] != "Space"] if _is_text(node) else []
    sizes = [styles[name].points if name in styles else TEXT_POINTS for name in classes]
    return min(sizes, default=TEXT_POINTS)


def _is_text(node: Node) -> bool:
    return node["t"] == "Para" and bool(text_of(node["c"]).strip())


def _class(node: Node) -> str:
    names = node["c"][0][1] if node["t"] == "Span" else ()
    return names[0] if names else ""


def _stressed(node: Any, styles: Mapping[str, Style]) -> Any:
    """Replace the spans in bold and italic type."""
    if isinstance(node, list):
        return [_stressed(each, styles) for each in node]
    if not isinstance(node, dict):
        return node
    style = styles.get(_class(node)) if node.get("t") == "Span" else None
    if style is None or not node["c"][1]:
        return {name: _stressed(each, styles) for name, each in node.items()}
    content = node["c"][1]
    if style.is_italic:
        content = [{"t": "Emph", "c": content}]
    if style.is_bold:
        content = [{"t": "Strong", "c": content}]
    return {"t": "Span", "c": [["", [], []], content]}
