"""The README as tests read it: its sections, and what stands there to be copied."""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).resolve().parent.parent / "README.md").read_text()


def section(title: str) -> str:
    """Return the text below a heading, up to the next one of its rank."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", README, re.S | re.M)
    assert found, f"no section {title!r}"
    return found[2]


def blocks(title: str, language: str = "") -> list[str]:
    """Return the fenced blocks of a section that are of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", section(title), re.S | re.M)


def rows(title: str, heading: str) -> dict[str, str]:
    """Return the rows of a section's table, by first cell; its first heading is ``heading``."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)*)", section(title), re.M)
    assert table, f"no table of {heading!r}"
    cells = (line.strip("| ").split("|", 1) for line in table[1].splitlines())
    return {name.strip(" `"): text.strip() for name, text in cells}
