"""Marks at the start of a line that Markdown does not know, of word processors and of Pandoc."""

from __future__ import annotations

import re

LIST_MARK = r"(?:[-*+]|\d{1,9}[.)])[ \t]"  # of an item, as Markdown knows it
PAGE_BREAK = re.compile(r"[ \t]*\\(?:newpage|pagebreak|clearpage)[ \t]*")
# The items of lists that Markdown would join into one line.
ITEM = re.compile(r"[ \t]*(?:\((?:\d{1,3}|[a-z]{1,4})\)|[a-z]{1,4}\))[ \t]+\S.*")
# A line of a block that keeps the ends of its lines, and no row between a table's head and body.
LINE = re.compile(r"\|(?: (?!:?-+:?$)(?=.*[^|\s])[^|]*)?")
_COUNTED = re.compile(r"(?:#\.|\(@\))(?=[ \t])")
_ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,200})\]:(?=[ \t])")
_UNSPACED_HEADING = re.compile(r"#{2,6}(?=[^\W\d]|\d+\.[ \t]|[\[<*\"“«¿¡])")
# As French and Japanese keyboards write them; a number behind a sign is its amount.
_WIDE = r"[\u00a0\u202f\u3000][ \t]*"
_WIDE_MARK = re.compile(rf"([ \t]*(?:#{{1,6}}|\*|[-+](?!{_WIDE}\d))){_WIDE}(?=\S)")
_WIDE_NUMBER = re.compile(rf"([ \t]*\d{{1,9}}[.)]){_WIDE}(?=\S)")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[.)][ \t]")
_KNOWN = re.compile(LIST_MARK)
# Of bullets that also rate, as ●●○, only those apart from a text.
_BLANK = r"[ \t\u00a0\u202f\u3000]"
_BULLET = re.compile(
    rf"([ \t]*)(?:[•‣▪][\ufe0e\ufe0f]?{_BLANK}*|[●◦][\ufe0e\ufe0f]?{_BLANK}+)"
    r"(?=[^\s•‣▪●◦○◯◌\ufe0e\ufe0f])"
)


def with_known_mark(line: str, above: str, last: str, below: str) -> str:
    """Convert the mark of a line to Markdown's.

    ``above`` is the line before it, ``last`` and ``below`` are the nearest ones with text. Amid a
    paragraph most marks are words, and a number is that of an item only if there are several.
    """
    if not above or above.endswith(":") or _KNOWN.match(above):
        line = _WIDE_MARK.sub(r"\1 ", line, count=1) if _WIDE_MARK.match(line) else line
        line = _COUNTED.sub("1.", line, count=1) if _COUNTED.match(line) else line
        found = _WIDE_NUMBER.match(line)
        if found and (_NUMBER.match(last) or _WIDE_NUMBER.match(below)):
            line = f"{found[1]} {line[found.end() :]}"
    if found := _BULLET.match(line):
        return f"{found[1]}- {line[found.end() :]}"
    if found := _UNSPACED_HEADING.match(line):
        return f"{found[0]} {line[found.end() :]}"
    if found := _ABBREVIATION.match(line):
        return f"{found[1]}:{line[found.end() :]}"
    return line
