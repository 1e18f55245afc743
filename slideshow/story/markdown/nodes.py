"""The blocks at the top level of an article, and those that boxes and HTML elements join."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
# Elements whose end tag is missing or often omitted; elements for layout only.
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li")
_LAYOUT = re.compile(
    "div|section|article|main|center|span|font|header|footer|nav|body|html", re.IGNORECASE
)


@dataclass(slots=True)
class Node:
    """A block at the top level of an article: its tokens, and its first and last line."""

    tokens: list[Token]
    first: int
    end: int

    @property
    def kind(self) -> str:
        """The type of the first token, without ``_open``."""
        return self.tokens[0].type.removesuffix("_open")

    @property
    def rank(self) -> int:
        """The rank of a heading, 0 for another block."""
        return int(self.tokens[0].tag[1]) if self.kind == "heading" else 0

    def note(self, name: str) -> list[str]:
        """Return a note that the parser made about the text, empty if there is none."""
        return next((token.meta[name] for token in self.tokens if name in token.meta), [])

    @property
    def content(self) -> str:
        """The text of a heading or a paragraph."""
        return self.tokens[min(1, len(self.tokens) - 1)].content


def depth_of(node: Node, ranks: list[int]) -> int:
    """Compute the depth of the first heading of a block below the headline, and record it.

    Closes gaps between ranks, so that the outline of the page has none.
    """
    rank = next((int(each.tag[1]) for each in node.tokens if each.type == "heading_open"), 0)
    if not rank:
        return 1
    while len(ranks) > 1 and ranks[-1] >= rank:
        ranks.pop()
    depth = len(ranks)
    if node.kind == "heading":
        ranks.append(rank)
    return depth


def grouped(nodes: list[Node]) -> list[Node]:
    """Group nodes: those inside a box or an HTML element follow its opening node."""
    open_at: list[tuple[str, int]] = []
    ends: dict[int, int] = {}
    for place, node in enumerate(nodes):
        for name, is_end in _borders(node):
            if not is_end:
                open_at.append((name, place))
                continue
            matching = next(
                (at for at in reversed(range(len(open_at))) if open_at[at][0] == name), None
            )
            if matching is not None:
                begun = open_at[matching][1]
                del open_at[matching:]
                if begun < place and (
                    name == "box"
                    or not _LAYOUT.fullmatch(name)
                    or not _has_heading(nodes, begun, place)
                ):
                    ends[begun] = max(place, ends.get(begun, 0))
    outer, end = [], -1
    for place in range(len(nodes)):
        if place > end:
            outer.append(place)
            end = ends.get(place, place)
    has_heading = any(nodes[place].rank for place in outer)
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        end = ends.get(place, place)
        # An article that is one box from start to end is still an article.
        if end > place and (has_heading or not _has_heading(nodes, place, end)):
            made.append(_joined(nodes[place : end + 1]))
            place = end + 1
        else:
            made.append(nodes[place])
            place += 1
    return made


def _joined(nodes: list[Node]) -> Node:
    tokens = [token for node in nodes for token in node.tokens]
    return Node([Token("group_open", "", 1), *tokens], nodes[0].first, nodes[-1].end)


def _has_heading(nodes: list[Node], start: int, end: int) -> bool:
    return any(node.rank for node in nodes[start : end + 1])


def _borders(node: Node) -> Iterator[tuple[str, bool]]:
    """Yield the boxes and elements that a node opens and closes; an alert is whole by itself."""
    if node.kind in ("box", "box_close") and not node.tokens[0].nesting:
        yield "box", node.kind == "box_close"
    elif node.kind == "html_block" or (node.kind == "inline" and node.tokens[0].info == "html"):
        for found in _TAG.finditer(node.tokens[0].content):
            name = found[2].lower()
            if not _VOID.fullmatch(name) and not found[3]:
                yield name, bool(found[1])
