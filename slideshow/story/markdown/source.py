"""Cleans the source of an article, line by line, of other tools' syntax.

Template tags, comments, attributes, imports and the front matter of single slides are not part of
the text. Each line keeps its number in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from slideshow.story.markdown.contents import HEADING, leave_out_heading, mark_lines
from slideshow.story.markdown.directives import directive_at
from slideshow.story.markdown.embedded import Embedded
from slideshow.story.markdown.grids import grid_at
from slideshow.story.markdown.marks import ITEM, LINE, LIST_MARK, PAGE_BREAK, with_known_mark
from slideshow.story.markdown.spans import (
    FENCE,
    MAX_TAG_LINES,
    NUXT,
    OPEN_TAG,
    RULE,
    block_ends,
    hidden_lines,
    literal_end,
    matter_end,
    module_lines,
    tag_end,
)
from slideshow.story.markdown.tags import ATTRIBUTES_ALONE, COMPONENT, TAG, VALUES_ALONE, replaced

_HIGHLIGHT = re.compile(
    r"[ \t]*\{[{%][%<]?-?\s*(end|/)?\s*(?:highlight|codeblock)\b\s*([\w+#-]*)"
    r"[^%>]*?-?[%>]?[%}]\}[ \t]*"
)
# A link's definition, and one whose address was a tag.
_DEFINITION = re.compile(r" {0,3}\[[^\]^]+\]:")
_EMPTY_DEFINITION = re.compile(r"^( {0,3}\[[^\]^]+\]:)[ \t]*$")
# The slots of the blocks of Nuxt, and the targets of MyST.
_SLOT = re.compile(r"[ \t]*#[a-z][\w-]*[ \t]*")
_MATTER_TITLE = re.compile(r"[ \t]*(?:title|label):[ \t]+([\"']?)(.*?)\1[ \t]*")
_TARGET = re.compile(r"\(([\w./:-]+)\)=[ \t]*")
_DATA = re.compile(r"(\bdata:[\w/+.-]{1,80};base64,)[\w+/=%-]{500,}")
_INCLUDED = re.compile(r"\{\{#\w+[^{}]*\}\}")  # by mdBook, in code too
_NOTES = re.compile(r"\?{3,}[ \t]*")  # the speaker's notes below: remark
_INCLUDE = re.compile(r"\s*(?:-+8<-+.*|<<<\s+@?[/.\w].*)")
_HEADING_OPEN = re.compile(r"\s*<h([1-6])(?:\s[^<>]*)?>(?!.*</h\1>).*", re.IGNORECASE)
_TAG_OPEN = re.compile(r"\s*<[A-Za-z][\w.]*(?:\s[^<>]*)?")
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DEEP_TAG = re.compile(r" {4,}(?:</?[a-z][\w-]*(?=[\s>/])|\{%.*%\}$)")
_BLOCK = re.compile(rf"[ \t]*(?:#{{1,6}}[ \t]|{LIST_MARK}|`{{3}}|~{{3}})")
# The starts of blocks that go on in the indented lines below: items, definitions, notes, boxes.
_ITEM = re.compile(
    r"(?:[-*+•‣▪●◦]|\d{1,9}[.)]|\([a-z\d]{1,4}\)|[a-z]{1,4}\)|#\.|\(@\)|:)[ \t\u00a0\u202f\u3000]+"
)
_NOTE = re.compile(r"\[\^[^\]]+\]:|(?:!!!|\?\?\?\+?|===\+?!?)[ \t]")
_QUOTED = re.compile(r"(?:[ \t]*> ?)+")
_PRE = re.compile(r"[ \t]*<(?:[^<>]*>.*<)?pre\b[^<>]*>", re.IGNORECASE)
_RULE_ROW = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")


@dataclass(slots=True)
class Source:
    """The lines of an article, their numbers in the file, and the ignored constructs.

    ``split`` has the numbers of lines that were divided, ``code`` those of code. ``lost``
    counts the ignored constructs by kind; ``first`` has an example and its line for each.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    split: set[int] = field(default_factory=set)
    code: set[int] = field(default_factory=set)
    lost: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, line: str, number: int) -> None:
        """Append a line."""
        self.lines.append(line)
        self.numbers.append(number)

    def lose(self, kind: str, example: str, number: int) -> None:
        """Count an ignored construct."""
        self.lost[kind] += 1
        self.first.setdefault(kind, (example, number))

    def number(self, line: int) -> int:
        """Look up the number in the file of a line, counted from 0 here."""
        return self.numbers[min(line, len(self.numbers) - 1)] if self.numbers else 1


def without_data(body: str) -> str:
    """Shorten the pictures embedded in an article, such as those from Google Docs."""
    return _DATA.sub(r"\1", body) if ";base64," in body else body


def cleaned(body: str, lines_above: int) -> Source:
    """Clean the source of an article below its front matter."""
    source = Source()
    _Cleaning(source).read(body.split("\n"), lines_above + 1)
    return source


class _Cleaning:
    """Walks through the lines, and tracks whether they are code."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._fence = ""
        self._number = 1
        self._below = ""  # the next line with text
        self._is_in_lines = False  # of a block of lines
        self._is_indented = False  # as a program
        self._margin = 0  # of the content of a list's item or a note
        self._literal_end = 0
        self._block_ends: dict[int, int] = {}  # of Nuxt, by the places of their first lines
        self._open_ends: set[int] = set()
        self._directives: list[tuple[str, str]] = []  # the open ones: their fence, and their end
        self._embedded = Embedded(self._lose)

    def read(self, lines: list[str], number: int) -> None:
        place = 0
        self._block_ends = block_ends(lines)
        while place < len(lines):
            self._number = number + place
            self._below = next(filter(str.strip, lines[place + 1 : place + 4]), "")
            skipped = 0
            if self._is_literal(lines, place):
                self._keep(lines[place])
            elif not (skipped := self._skipped(lines, place)):
                self._read(lines[place])
            place += skipped or 1

    def _is_literal(self, lines: list[str], place: int) -> bool:
        """Check whether a line is of a program or a formula, which are shown as written."""
        if self._fence or self._embedded.is_pre or place < self._literal_end:
            return True
        self._is_indented = self._is_of_indented_code(lines[place])
        self._literal_end = 0 if self._is_indented else literal_end(lines, place)
        if self._is_indented or place < self._literal_end:
            return True
        return "<" in lines[place] and _PRE.match(lines[place]) is not None

    def _is_of_indented_code(self, line: str) -> bool:
        if quoted := _QUOTED.match(line):
            line = line[quoted.end() :]
        text = line.expandtabs(4).lstrip(" ")
        margin = self._embedded.margin
        if not text or margin is None:
            return self._is_indented and not text
        columns = len(line.expandtabs(4)) - len(text) - margin
        above = self._above(0).lstrip("> ")
        is_apart = above[:3] in ("", "```", "~~~") or HEADING.match(above) is not None
        if columns >= self._margin + 4 and (is_apart or self._is_indented):
            tags = ("<", "{%")  # of HTML that goes on below a blank line
            is_amid = self._embedded.is_split or self._last_text().lstrip().startswith(tags)
            is_html = is_amid and text.startswith(tags)
            return self._is_indented or not is_html
        if item := _ITEM.match(text):
            self._margin = columns + min(item.end(), 4)
        elif _NOTE.match(text):
            self._margin = columns + 4
        elif not above or HEADING.match(text):
            self._margin = min(self._margin, columns)
        return False

    def _keep(self, line: str) -> None:
        """Add a line as written."""
        if self._fence:
            self._code(line)
            return
        self._source.code.add(self._number)
        line = self._embedded.dedented(line)
        is_pre = self._embedded.is_pre or (not self._is_indented and _PRE.match(line))
        self._add_all([*self._embedded.lines(line)] if is_pre else [line])

    def _add(self, line: str) -> None:
        self._source.add(line, self._number)

    def _lose(self, kind: str, example: str) -> None:
        self._source.lose(kind, example, self._number)

    def _skipped(self, lines: list[str], place: int) -> int:
        """Count the lines to skip from here on."""
        line = lines[place]
        if RULE.fullmatch(line) and (end := matter_end(lines, place)):
            if self._above(0).startswith(":::") and self._above(0).strip(": \t"):
                self._entitle(lines[place:end])
            else:
                self._add("---")
                self._add("")
            return end - place + 1
        if hidden := hidden_lines(lines, place):
            if not self._above(0).startswith("<"):  # a blank line would end the HTML around it
                self._add("")
            return hidden
        if any(each.fullmatch(line) for each in (_NOTES, ATTRIBUTES_ALONE, PAGE_BREAK)):
            return 1
        below = lines[place + 1] if place + 1 < len(lines) else ""
        if VALUES_ALONE.fullmatch(line) and not self._above(0) and below.strip():
            return 1
        if count := mark_lines(line, below):
            leave_out_heading(self._source.lines, lines[place + count :])
            return count
        if found := _TARGET.fullmatch(line):
            self._add(f'<a id="{found[1]}"></a>')
            return 1
        if _INCLUDE.fullmatch(line):
            self._lose("include", line.strip())
            return 1
        if _RULE_ROW.fullmatch(line) and self._is_loose_rule(line, lines[place + 1 : place + 3]):
            return 1
        return (
            self._nuxt(line, place)
            or self._directive(lines, place)
            or self._tag(lines, place)
            or self._joined(lines, place)
            or self._module(lines, place)
            or self._broken(lines, place)
            or self._grid(lines, place)
        )

    def _is_loose_rule(self, line: str, below: list[str]) -> bool:
        """Check whether a row of dashes is not the one between a table's head and its body.

        A table without a head gets an empty one.
        """
        rows = 0
        while rows < 2 and self._above(rows).startswith("|"):
            rows += 1
        if rows == 0 and below and below[0].lstrip().startswith("|"):
            if len(below) > 1 and _RULE_ROW.fullmatch(below[1]):
                return True
            self._add("".join(" " if letter in ":-" else letter for letter in line))
        return rows == 2

    def _above(self, count: int) -> str:
        """Return the line added before the last ``count`` ones, without its indentation."""
        lines = self._source.lines
        return lines[-1 - count].lstrip() if count < len(lines) else ""

    def _last_text(self) -> str:
        """Return the last line with text among the last four that were added."""
        return next((line for line in self._source.lines[:-5:-1] if line.strip()), "")

    def _entitle(self, matter: list[str]) -> None:
        """Move the title in the front matter of a block of Nuxt to its first line."""
        found = next(filter(None, map(_MATTER_TITLE.fullmatch, matter)), None)
        if found and found[2]:
            title = found[2].replace('\\"', '"').replace('"', "&quot;")
            self._source.lines[-1] += f' {{title="{title}"}}'

    def _nuxt(self, line: str, place: int) -> int:
        """Convert the first or last line of a block of Nuxt, or leave out the name of a slot.

        A line without an end is a component, or text.
        """
        if end := self._block_ends.get(place):
            self._open_ends.add(end)
            self._add(line.replace("::", ":::", 1))
        elif NUXT.fullmatch(line) and COMPONENT.fullmatch(alone := line.strip()[1:]):
            self._add(alone)
        elif place in self._open_ends:
            self._open_ends.remove(place)
            self._add(line.replace("::", ":::"))
        elif self._open_ends and _SLOT.fullmatch(line):
            self._add("")
        else:
            return 0
        return 1

    def _directive(self, lines: list[str], place: int) -> int:
        """Convert the first lines of a directive, or its last one."""
        line = lines[place]
        text = line.strip()
        if text[:3] not in ("```", "~~~", ":::"):
            return 0
        if self._directives and text.startswith(self._directives[-1][0]) and len(set(text)) == 1:
            self._add(self._directives.pop()[1])
            return 1
        found = directive_at(lines, place)
        if not found:
            return 0
        if found.is_hidden:
            last = min(len(lines), place + MAX_TAG_LINES)
            ends = (after for after in range(place, last) if lines[after].strip() == found.fence)
            if end := next(ends, 0):
                self._lose("include", text)
                return end - place + 1
            return 0
        for each in found.shown:
            self._add(each)
        if found.is_code:
            self._fence = found.fence
        elif found.fence[0] != ":" or not found.end:
            self._directives.append((found.fence, found.end))
        return found.count

    def _tag(self, lines: list[str], place: int) -> int:
        """Leave out a template tag of several lines."""
        line = lines[place]
        found = OPEN_TAG.search(line) if "{" in line else None
        closing = "%}" if found and found[0] == "{%" else "}}"
        end = tag_end(lines, place, closing) if found else 0
        if not found or not end:
            return 0
        self._lose("tag", line[found.start() :] + " …")
        self._add(line[: found.start()] + lines[end].partition(closing)[2])
        return end - place + 1

    def _joined(self, lines: list[str], place: int) -> int:
        """Join the lines of a heading in HTML, or of one tag."""
        line = lines[place]
        heading = _HEADING_OPEN.fullmatch(line)
        end = f"</h{heading[1]}>" if heading else ">" if _TAG_OPEN.fullmatch(line) else ""
        is_element = not heading and line.lstrip()[1:2].islower()
        for last in range(place + 1, min(len(lines), place + MAX_TAG_LINES)) if end else ():
            below = lines[last]
            if is_element and (not below.strip() or _BLOCK.match(below)):
                break  # Markdown ends a tag of HTML here
            if end in below:
                inside = lines[place + 1 : last + 1]
                if is_element and not any(
                    "=" in each or each.strip(" \t/") == ">" for each in inside
                ):
                    break  # a sign between words
                joined = " ".join(each.strip() for each in lines[place : last + 1])
                self._read(_BREAKS.sub(" ", joined) if heading else joined)
                return last - place + 1
        return 0

    def _broken(self, lines: list[str], place: int) -> int:
        """Keep the ends of lines in Pandoc's blocks of lines, and between lettered items."""
        line, below = (each.rstrip(" \t") for each in (*lines[place : place + 2], "")[:2])
        if LINE.fullmatch(line):
            is_last = not LINE.fullmatch(below)
            if not self._is_in_lines and (is_last or self._above(0).startswith("|")):
                return 0
            self._is_in_lines = not is_last
            line = line[2:]
        elif not (ITEM.fullmatch(line) and ITEM.fullmatch(below)):
            return 0
        self._read(f"{line}  " if below else line)
        return 1

    def _grid(self, lines: list[str], place: int) -> int:
        """Convert a table that is drawn with lines."""
        if self._above(0).startswith(("+", "|")):
            return 0  # amid one that cannot be converted
        shown, count = grid_at(lines, place)
        for each, offset in shown:
            self._source.add(each, self._number + offset)
        return count

    def _module(self, lines: list[str], place: int) -> int:
        line = lines[place]
        if line[:6] not in ("import", "export") or self._above(0):
            return 0
        if count := module_lines(lines, place):
            self._lose("import", line.strip())
        return count

    def _read(self, line: str) -> None:
        fence = FENCE.match(line)
        is_apart = fence or line.startswith(":::") or HEADING.match(line)
        if is_apart and self._above(0).startswith("<"):
            self._add("")  # ends the HTML
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self._fence = fence[1]
            self._add(self._embedded.dedented(line))
            return
        if (found := _HIGHLIGHT.fullmatch(line)) and not found[1]:
            self._fence = "{"
            self._add(f"```````{found[2]}")
            return
        line = self._embedded.dedented(line)
        if _DEEP_TAG.match(line) and self._last_text().startswith(("<", "{%")):
            line = line.lstrip()  # Markdown would read HTML below a blank line as code
        if "{" in line and "}" in line and ("|" in line or _DEFINITION.match(line)):
            line = _EMPTY_DEFINITION.sub(r"\1 <>", replaced(TAG, line, self._vanish))
        line = with_known_mark(line, self._above(0), self._last_text(), self._below)
        self._add_all([*self._embedded.lines(line)])

    def _add_all(self, lines: list[str]) -> None:
        if sum(map(bool, lines)) > 1:
            self._source.split.add(self._number)
        for each in lines:
            self._add(each)

    def _code(self, line: str) -> None:
        self._source.code.add(self._number)
        text = line.lstrip(" \t>")
        is_end = text.startswith(self._fence) and not text.strip(self._fence[0] + " \t")
        if self._fence == "{" and _HIGHLIGHT.fullmatch(line):
            line, is_end = "```````", True
        if is_end:
            self._fence = ""
        if found := _INCLUDED.search(line):
            self._lose("include", found[0])
            line = _INCLUDED.sub("", line)
        self._add(self._embedded.dedented(line))

    def _vanish(self, match: re.Match[str]) -> str:
        if match["tag"]:
            self._lose("tag", match["tag"])
        return ""
