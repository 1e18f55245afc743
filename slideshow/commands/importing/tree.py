"""Passes over Pandoc's tree that keep only an article: headlines, text, tables, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slideshow.commands.importing.pandoc import Node

HEADLINE = 2  # the heading level of headlines in an imported article
SPACE: Node = {"t": "Space"}
DROPPED_SPANS = {
    "deletion": "tracked deletions",
    "paragraph-deletion": "tracked deletions",
    "comment-start": "comments",
    "comment-end": "",
}
COUNTED_SPANS = {"insertion": "tracked insertions, taken as accepted"}
UNWRAPPED = {"Underline", "SmallCaps", "Quoted", "Span", "Cite"}


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
            return [{"t": note[0]["t"], "c": _trimmed(note[0]["c"][1:])}, *note[1:]]
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
    return _with_whole_lists(node for node in found if not _is_empty(node))


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
    return [*found, {"t": node["t"], "c": _trimmed(run)}]


def _trimmed(run: list[Node]) -> list[Node]:
    breaks = ("Space", "LineBreak", "SoftBreak")
    while run and run[0]["t"] in breaks:
        run = run[1:]
    while run and run[-1]["t"] in breaks:
        run = run[:-1]
    return run


def _header(node: Node, counts: Counter[str]) -> list[Node]:
    level, _, content = node["c"]
    inner = inlines(content, counts)
    pictures = [{"t": "Para", "c": [each]} for each in inner if each["t"] == "Image"]
    words = _trimmed([each for each in inner if each["t"] not in ("Image", "LineBreak")])
    return [{"t": "Header", "c": [level, ["", [], []], _unstressed(words)]}, *pictures]


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
        counts["speaker notes, kept as comments"] += 1
        return [comment(text_of([each["c"] for each in inner if "c" in each]))]
    return blocks(inner, counts)


def comment(text: str) -> Node:
    """Build a block that readers don't see."""
    kept = text.strip().replace("--", "—")
    return {"t": "RawBlock", "c": ["markdown", f"<!-- {kept} -->"]}


def _raw(node: Node, _: Counter[str]) -> list[Node]:
    return [node] if node["c"][0] == "markdown" else []


def _code(node: Node, _: Counter[str]) -> list[Node]:
    (_, classes, _), code = node["c"]
    return [{"t": "CodeBlock", "c": [["", classes[:1] or ["text"], []], code]}]


def _lines(node: Node, counts: Counter[str]) -> list[Node]:
    run: list[Node] = []
    for line in node["c"]:
        run += [*inlines(line, counts), {"t": "LineBreak"}]
    return [{"t": "Para", "c": _trimmed(run)}]


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


def is_picture(node: Node) -> bool:
    """Check whether a block is a single picture."""
    return node["t"] == "Para" and [each["t"] for each in node["c"]] == ["Image"]


def _table(node: Node, counts: Counter[str]) -> list[Node]:
    """Reduce a table's cells to one line of text each, as in Markdown."""
    _, caption, columns, (_, head), bodies, (_, foot) = node["c"]
    rows = [*head, *(row for body in bodies for row in [*body[2], *body[3]]), *foot]
    cells = [list(_cells(row, counts)) for row in rows]
    width = max(map(len, cells), default=0)
    if width == 0:
        return []
    if width == 1:  # a layout frame around text, not a table
        return [each for row in rows for cell in row[1] for each in blocks(cell[4], counts)]
    full = [row + [[]] * (width - len(row)) for row in cells]
    columns = (columns + [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width)[:width]
    made = [[["", [], []], [_cell(content) for content in row]] for row in full]
    empty = ["", [], []]
    plain = [[side, {"t": "ColWidthDefault"}] for side, _ in columns]
    table = [empty, [None, []], plain, [empty, made[:1]], [[empty, 0, [], made[1:]]], [empty, []]]
    return [{"t": "Table", "c": table}, *blocks(caption[1], counts)]


def _cells(row: Any, counts: Counter[str]) -> Iterator[list[Node]]:
    for _, _, _, span, content in row[1]:
        yield _one_line(blocks(content, counts))
        yield from ([] for _ in range(min(span, 100) - 1))


def _one_line(content: list[Node]) -> list[Node]:
    run: list[Node] = []
    for node in content:
        inner = node["c"] if node["t"] in ("Para", "Plain") else [_string(text_of(node))]
        run += [*(SPACE if each["t"] == "LineBreak" else each for each in inner), SPACE]
    return _trimmed(run)


def _string(text: str) -> Node:
    return {"t": "Str", "c": " ".join(text.split())}


def _cell(content: list[Node]) -> Any:
    plain = [{"t": "Plain", "c": content}] if content else []
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, plain]


def _is_empty(node: Node) -> bool:
    if node["t"] in ("Para", "Plain"):
        return not any(each["t"] in ("Image", "Math") for each in node["c"]) and not (
            text_of(node["c"]).strip()
        )
    return node["t"] == "Header" and not text_of(node["c"][2]).strip()


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
    "Table": _table,
}


def without_names_of_slides(nodes: list[Node]) -> list[Node]:
    """Drop the headings that Pandoc invents for a deck's untitled slides."""
    return [
        node
        for node in nodes
        if node["t"] != "Header" or not re.fullmatch(r"Slide \d+", text_of(node["c"][2]))
    ]


def titled(nodes: list[Node], title: str) -> tuple[str, list[Node]]:
    """Find an article's title, and its blocks with headlines at level 2.

    ``title`` is that of the metadata, if any; without one, a first heading that is alone on its
    level is the title. A first paragraph that repeats the title is left out.
    """
    first = nodes[0] if nodes else None
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
    return title, [_shifted(node, shift) for node in nodes]


def _says(node: Node, title: str) -> bool:
    content = node["c"][2] if node["t"] == "Header" else node.get("c")
    same = node["t"] in ("Header", "Para", "Plain")
    return same and bool(title) and text_of(content).split() == title.split()


def _shifted(node: Node, shift: int) -> Node:
    if node["t"] != "Header":
        return node
    level, attributes, content = node["c"]
    return {"t": "Header", "c": [min(6, level + shift), attributes, content]}
