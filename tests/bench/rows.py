"""The rows of the table that ``make bench`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

HEADINGS = ("figure", "Slideshow", "goal", "peer", "peer's", "ratio", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its goal, and beside a peer's on the same work in the same run.

    ``ratio`` is ours to the peer's; ``is_met`` None where the goal could not be put to the test,
    for the reason that then stands in ``theirs``.
    """

    figure: str
    ours: str
    goal: str
    peer: str = ""
    theirs: str = ""
    ratio: float | None = None
    is_met: bool | None = None


def at_most(
    figure: str, ours: float, unit: str, goal: float, peer: str = "", theirs: float | None = None
) -> Row:
    """Return the row of a figure that is to stay under a goal in its own unit."""
    return Row(
        figure,
        _shown(ours, unit),
        f"≤ {_shown(goal, unit)}",
        peer,
        _shown(theirs, unit) if theirs else "",
        ours / theirs if theirs else None,
        ours <= goal,
    )


def at_least(figure: str, ours: float, unit: str, goal: float) -> Row:
    """Return the row of a figure that is to reach a goal in its own unit."""
    return Row(
        figure,
        _shown(ours, unit),
        f"≥ {_shown(goal, unit)}",
        ratio=ours / goal,
        is_met=ours >= goal,
    )


def beside(
    figure: str, ours: float, unit: str, peer: str, theirs: float, goal: float, *, least: bool
) -> Row:
    """Return the row of a figure whose goal is a ratio to the peer's: ``least`` or at most."""
    ratio = ours / theirs
    is_met = ratio >= goal if least else ratio <= goal
    sign = "≥" if least else "≤"
    shown = f"{sign} {goal:g} × the peer's"
    return Row(figure, _shown(ours, unit), shown, peer, _shown(theirs, unit), ratio, is_met)


def compared(figure: str, ours: float, unit: str, peer: str, theirs: float) -> Row:
    """Return the row of a figure without a goal of its own, which sets off another."""
    return Row(figure, _shown(ours, unit), "", peer, _shown(theirs, unit), ours / theirs)


def missing(figure: str, peer: str, reason: str) -> Row:
    """Return the row of a figure that has nothing to stand beside, and why."""
    return Row(figure, "", "", peer, reason)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table with even columns."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    *texts, ratio, is_met = astuple(row)
    shown = "" if ratio is None else f"{ratio:.2f}"
    return (*texts, shown, {True: "yes", False: "no", None: ""}[is_met])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def _shown(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"{text} {unit}".strip()
