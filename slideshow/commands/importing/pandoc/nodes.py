"""The nodes of Pandoc's tree: their text and their kinds."""

from __future__ import annotations

from typing import Any

from slideshow.commands.importing.pandoc.program import Node


def text_of(content: Any) -> str:
    """Extract the plain text of nodes."""
    if isinstance(content, list):
        return "".join(map(text_of, content))
    if not isinstance(content, dict):
        return ""
    kind: Any = content.get("t")
    inner: Any = content.get("c")
    if kind == "Str":
        return str(inner)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "Math"):
        return str(inner[1])
    if kind == "Note":
        return ""
    if kind in ("Link", "Image"):
        return text_of(inner[1])
    return text_of(inner)


def trimmed(run: list[Node]) -> list[Node]:
    """Strip spaces and line breaks from both ends of inlines."""
    breaks = ("Space", "LineBreak", "SoftBreak")
    while run and run[0]["t"] in breaks:
        run = run[1:]
    while run and run[-1]["t"] in breaks:
        run = run[:-1]
    return run


def comment(text: str) -> Node:
    """Build a block that readers don't see."""
    kept = text.strip().replace("--", "—")
    return {"t": "RawBlock", "c": ["markdown", f"<!-- {kept} -->"]}


def is_picture(node: Node) -> bool:
    """Check whether a block is a single picture."""
    return node["t"] == "Para" and [each["t"] for each in node["c"]] == ["Image"]


def is_empty(node: Node) -> bool:
    """Check whether a block shows nothing."""
    if node["t"] in ("Para", "Plain"):
        return not any(each["t"] in ("Image", "Math") for each in node["c"]) and not (
            text_of(node["c"]).strip()
        )
    return node["t"] == "Header" and not text_of(node["c"][2]).strip()
