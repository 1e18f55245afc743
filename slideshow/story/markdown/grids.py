"""Tables drawn with lines of ``+---+``, as Pandoc writes those of Word, as tables of GFM."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+")
MAX_LINES = 2000


def grid_at(lines: Sequence[str], place: int) -> tuple[list[str], int]:
    """Convert the table that starts at a line, and count its lines; 0 if there is none.

    A table whose cells span several columns or rows is left as it is.
    """
    first = lines[place].strip()
    if not _BORDER.fullmatch(first):
        return [], 0
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    marks = [at for at, sign in enumerate(first) if sign == "+"]
    rows: list[list[str]] = []
    row: list[list[str]] = []
    head, end = 0, place + 1
    for end in range(place + 1, min(len(lines), place + MAX_LINES)):
        line = lines[end].strip()
        if not line or any(line[at : at + 1] not in ("|", "+") for at in marks):
            return [], 0
        if not _BORDER.fullmatch(line):
            row.append([line[a + 1 : b].strip() for a, b in pairwise(marks)])
            continue
        rows.append([" ".join(filter(None, cell)) for cell in zip(*row, strict=True)])
        row = []
        head = len(rows) if "=" in line else head
        if end + 1 == len(lines) or not lines[end + 1].strip().startswith("|"):
            break
    if row or head > 1 or not rows or not all(rows):
        return [], 0
    empty = [""] * (len(marks) - 1)
    body = rows[head:]
    shown = [rows[0] if head else empty, ["---"] * len(empty), *body]
    return [f"{indent}| {' | '.join(map(_escaped, each))} |" for each in shown], end - place + 1


def _escaped(cell: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", cell)
