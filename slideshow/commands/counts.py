"""Prints the counts of reads, as a table or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

Row = tuple[str | int, ...]


def as_csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Format lines of CSV, the names of the columns first."""
    for row in [(*names, "reads"), *rows]:
        line = StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        yield line.getvalue()


def as_table(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Format lines of aligned columns, and the sum of the reads below."""
    cells = [[*names, "reads"], *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        *texts, reads = zip(row, widths, strict=True)
        yield "  ".join([*(text.ljust(width) for text, width in texts), reads[0].rjust(reads[1])])
    yield f"{sum(int(row[-1]) for row in cells[1:])} reads in all."
