"""The title of a document, and the levels of its headlines."""

from __future__ import annotations

from slideshow.commands.importing.pandoc.nodes import text_of
from slideshow.commands.importing.pandoc.program import Node

HEADLINE = 2  # the heading level of headlines in an imported article


def titled(nodes: list[Node], title: str, properties: str = "") -> tuple[str, list[Node]]:
    """Find an article's title, and its blocks with headlines at level 2.

    ``title`` is the one that readers of the document see above it, if any; without one, a first
    heading that is alone on its level is the title, then that of the document's ``properties``. A
    first paragraph that repeats the title is left out.
    """
    first = nodes[0] if nodes else None
    if first and not title and _says(first, properties):
        title = properties
    if first and _says(first, title):
        nodes = nodes[1:]
    while nodes and nodes[-1]["t"] == "HorizontalRule":
        nodes = nodes[:-1]
    levels = [node["c"][0] for node in nodes if node["t"] == "Header"]
    is_alone = bool(levels) and levels.count(levels[0]) == 1 and min(levels) == levels[0]
    if first and not title and first["t"] == "Header" and is_alone:
        title, nodes = text_of(first["c"][2]).strip(), nodes[1:]
        levels = levels[1:]
    shift = HEADLINE - min(levels, default=HEADLINE)
    return title or properties, [_shifted(node, shift) for node in nodes]


def _says(node: Node, title: str) -> bool:
    content = node["c"][2] if node["t"] == "Header" else node.get("c")
    same = node["t"] in ("Header", "Para", "Plain")
    return same and bool(title) and text_of(content).split() == title.split()


def _shifted(node: Node, shift: int) -> Node:
    if node["t"] != "Header":
        return node
    level, attributes, content = node["c"]
    return {"t": "Header", "c": [min(6, level + shift), attributes, content]}
