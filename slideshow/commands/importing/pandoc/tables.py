"""Tables, whose cells Markdown has as one line of text each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from slideshow.commands.importing.pandoc.nodes import text_of, trimmed
from slideshow.commands.importing.pandoc.program import Node

SPACE: Node = {"t": "Space"}
MAX_SPAN = 100  # columns of one cell

Pass = Callable[[list[Node], Counter[str]], list[Node]]


def table(node: Node, counts: Counter[str], blocks: Pass) -> list[Node]:
    """Reduce a table's cells to one line of text each, as in Markdown."""
    _, caption, columns, (_, head), bodies, (_, foot) = node["c"]
    rows = [*head, *(row for body in bodies for row in [*body[2], *body[3]]), *foot]
    cells = list(_grid(rows, counts, blocks))
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


def _grid(rows: list[Any], counts: Counter[str], blocks: Pass) -> Iterator[list[list[Node]]]:
    """Yield the cells of each row; the places that a larger cell covers are empty."""
    covered: dict[int, int] = {}  # column -> rows below that the cell reaches
    for row in rows:
        found: list[list[Node]] = []
        for _, _, down, across, content in row[1]:
            found += _under(covered, len(found))
            for number in range(min(across, MAX_SPAN)):
                covered[len(found)] = down - 1
                found.append([] if number else _one_line(blocks(content, counts)))
        yield [*found, *_under(covered, len(found))]


def _under(covered: dict[int, int], column: int) -> Iterator[list[Node]]:
    """Yield an empty place for each column from here on that a cell above covers."""
    while covered.get(column, 0) > 0:
        covered[column] -= 1
        column += 1
        yield []


def _one_line(content: list[Node]) -> list[Node]:
    run: list[Node] = []
    for node in content:
        words = [{"t": "Str", "c": " ".join(text_of(node).split())}]
        inner = node["c"] if node["t"] in ("Para", "Plain") else words
        run += [*(SPACE if each["t"] == "LineBreak" else each for each in inner), SPACE]
    return trimmed(run)


def _cell(content: list[Node]) -> Any:
    plain = [{"t": "Plain", "c": content}] if content else []
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, plain]
