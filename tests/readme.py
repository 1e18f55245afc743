"""The README and the manual as tests read them: their sections, and the blocks to be copied."""

from __future__ import annotations

import re
from pathlib import Path

from slideshow.paths import BUNDLED

README = (Path(__file__).resolve().parent.parent / "README.md").read_text()
# The stories of the manual, by the last part of their names.
MANUAL = {
    path.name.split(".")[0].rpartition("-")[2]: path.read_text()
    for path in sorted(BUNDLED.glob("manual-*.en.md"))
}
EVERYTHING = "\n".join((README, *MANUAL.values()))


def section(title: str, story: str = "") -> str:
    """Return the text below a heading of a story, or of the README, up to the next of its rank."""
    text = MANUAL[story] if story else README
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", text, re.S | re.M)
    assert found, f"no section {title!r}"
    return found[2]


def blocks(title: str, language: str = "", story: str = "") -> list[str]:
    """Return the fenced blocks of a section, of one language."""
    return fenced(section(title, story), language)


def fenced(text: str, language: str = "") -> list[str]:
    """Return the fenced blocks of a text, of one language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.S | re.M)
    return [block for name, block in found if name == language]


def rows(title: str, heading: str, story: str = "") -> dict[str, str]:
    """Return the rows of the table in a section whose first heading is ``heading``, by cell."""
    pattern = rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n?)*)"
    table = re.search(pattern, section(title, story), re.M)
    assert table, f"no table of {heading!r}"
    cells = (line.strip("| ").split("|", 1) for line in table[1].splitlines())
    return {name.strip(" `"): text.strip() for name, text in cells}
