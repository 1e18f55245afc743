"""Tables drawn with lines of ``+---+``, as Pandoc writes those of Word, as tables of GFM."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+")
MAX_LINES = 2000


def grid_at(lines: Sequence[str], place: int) -> tuple[list[tuple[str, int]], int]:
    """Convert the table that starts at a line, and count its lines; 0 if there is none.

    Each row has the place of its first line in the table. Below a head of one line, and without
    lines between the rows, each line is a row, as databases draw them. A table whose cells span
    several columns or rows is left as it is.
    """
    first = lines[place].strip()
    if not _BORDER.fullmatch(first):
        return [], 0
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    marks = [at for at, sign in enumerate(first) if sign == "+"]
    parts: list[list[list[str]]] = [[]]  # the lines between two borders
    starts = [1]
    head, end = 0, place + 1
    for end in range(place + 1, min(len(lines), place + MAX_LINES)):
        line = lines[end].strip()
        if not line or any(line[at : at + 1] not in ("|", "+") for at in marks):
            return [], 0
        if not _BORDER.fullmatch(line):
            parts[-1].append([line[a + 1 : b].strip() for a, b in pairwise(marks)])
            continue
        head = len(parts) if "=" in line else head
        parts.append([])
        starts.append(end - place + 1)
        if end + 1 == len(lines) or not lines[end + 1].strip().startswith("|"):
            break
    if parts.pop() or head > 1 or not parts or not all(parts):
        return [], 0
    if not head and len(parts) == 2 and len(parts[0]) == 1 < len(parts[1]):
        head, starts = 1, [starts[0], *(starts[1] + row for row in range(len(parts[1])))]
        parts = [parts[0], *([row] for row in parts[1])]
    rows = [[" ".join(filter(None, cell)) for cell in zip(*part, strict=True)] for part in parts]
    empty = [""] * (len(marks) - 1)
    top = (rows[0], starts[0]) if head else (empty, 0)
    shown = [top, (["---"] * len(empty), top[1]), *zip(rows[head:], starts[head:], strict=False)]
    made = [(f"{indent}| {' | '.join(map(_escaped, row))} |", at) for row, at in shown]
    return made, end - place + 1


def _escaped(cell: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", cell)
