"""Cleans the source of an article, line by line, of other tools' syntax.

Template tags, comments, attributes, imports and the front matter of single slides are not part of
the text. Each line keeps its number in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
# Of one tag; without a limit, hostile text would be slow.
INSIDE = r".{0,400}?"
CODE_SPAN = r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)"

_HIGHLIGHT = re.compile(
    r"[ \t]*\{[{%][%<]?-?\s*(end|/)?\s*(?:highlight|codeblock)\b\s*([\w+#-]*)"
    r"[^%>]*?-?[%>]?[%}]\}[ \t]*"
)
_COMMENT = re.compile(r"\{%-?\s*(end)?comment\s*-?%\}")
_TAG = re.compile(
    rf"{CODE_SPAN}|(?P<tag>\{{\{{[<%]{INSIDE}[>%]\}}\}}|\{{%{INSIDE}%\}}|\{{\{{{INSIDE}\}}\}}|\{{\*{INSIDE}\*\}}|\{{!{INSIDE}!\}})"
    r"|(?P<note>\{/\*.{0,2000}?\*/\}|<!--.{0,20000}?-->)",
    re.DOTALL,
)
_OPEN_TAG = re.compile(r"\{\{[<%](?![^\n]*[>%]\}\})")
MOST_TAG_LINES = 40
MOST_COMMENT_LINES = 200
_EMPTY = re.compile(r"(?<![*_`])(\*\*|__|\*|_|`)[ \t]*\1(?![*_`])")
_INCLUDED = re.compile(r"\{\{#\w+[^{}]*\}\}")  # by mdBook, in code too
_ATTRIBUTES = re.compile(
    rf"{CODE_SPAN}|(?<![\\$^_{{])(?:"
    r"(?P<inline>[ \t]?\{:[^{}\n]*\})"
    r"|(?P<close>(?<=[\])`*_\"}])\{\s*(?:[.#]?[\w-]+(?:=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]*))?\s*)+\})"
    r"|(?P<end>[ \t]*\{\s*[.#][A-Za-z][^{}\n]*\}(?=[ \t]*$))"
    r")",
    re.MULTILINE,
)
_ATTRIBUTES_ALONE = re.compile(r"[ \t>]*\{(?::[^{}]*|\s*[.#][A-Za-z][^{}]*)\}[ \t]*")
_TOC_LIST = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+\S.*")
_TOC_MARK = re.compile(r"\s*\{:?\s*(?:toc|:toc)\b.*\}\s*")
_TOC = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|\{\{\s*toc\s*\}\}|@\[toc\](?:\(.*\))?)\s*", re.I
)
_NOTES = re.compile(r"\?{3,}[ \t]*")  # the speaker's notes below: remark
_MODULE = re.compile(
    r"import\s+(?:[\w*{][^'\"]*\sfrom\s+)?(['\"])[^'\"]+\1;?\s*|export\s+(?:const|let|var|default|function)\s.*"
)
_MODULE_OPEN = re.compile(
    r"import\s*\{[^}]*|export\s+(?:const|let|var|default|function)\s.*[{\[(]\s*"
)
_MODULE_CLOSE = re.compile(r"\}\s*from\s*(['\"])[^'\"]+\1;?\s*|[}\])];?\s*")
_INCLUDE = re.compile(r"\s*(?:-+8<-+.*|<<<\s+@?[/.\w].*)")
_COMPONENT = re.compile(r"(\s*)<(/?)([A-Z][\w.]*)((?:\s[^<>]*)?)(/?)>\s*")
_LABEL = re.compile(r"\b(?:label|title|summary)=(?:\"([^\"]*)\"|'([^']*)')")
_MARKDOWN_IN = re.compile(r"\s*<(\w+)\b[^>]*\bmarkdown(?:=[\"']?\w*[\"']?)?[\s>].*", re.I)
_HTML_CLOSE = re.compile(r"\s*</(\w+)>\s*")
_HTML_HEADING = re.compile(r"\s*<h([1-6])(?:\s[^<>]*)?>(.*?)</h\1>\s*(?:<br\s*/?>\s*)?", re.I)
_HEADING_OPEN = re.compile(r"\s*<h([1-6])(?:\s[^<>]*)?>(?!.*</h\1>).*", re.IGNORECASE)
_COMPONENT_OPEN = re.compile(r"\s*<[A-Z][\w.]*(?:\s[^<>]*)?")
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\*\[([^\]]+)\]:(?=[ \t])")
_UNSPACED_HEADING = re.compile(r"#{2,6}(?=[^\W\d_])")
_KEY = re.compile(r"[A-Za-z][\w-]*:(?:\s.*)?")
_RULE = re.compile(r"---[ \t]*")


@dataclass(slots=True)
class Source:
    """The lines of an article, their numbers in the file, and the ignored constructs.

    ``lost`` counts the ignored constructs by kind; ``first`` has an example and its line for each.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
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
        self._components: list[int] = []
        self._markdown_in: list[str] = []

    def read(self, lines: list[str], number: int) -> None:
        place = 0
        while place < len(lines):
            skipped = 0 if self._fence else self._skipped(lines, place, number + place)
            if not skipped:
                self._read(lines[place], number + place)
            place += skipped or 1

    def _skipped(self, lines: list[str], place: int, number: int) -> int:
        """Count the lines to skip from here on."""
        line = lines[place]
        source = self._source
        if _RULE.fullmatch(line) and (end := _matter_end(lines, place)):
            source.add("---", number)
            source.add("", number)
            return end - place + 1
        if (found := _COMMENT.search(line)) and not found[1]:
            for end in range(place, min(len(lines), place + MOST_COMMENT_LINES)):
                if (close := _COMMENT.search(lines[end])) and close[1]:
                    return end - place + 1
        if line.startswith("{/*"):
            for end in range(place, min(len(lines), place + MOST_COMMENT_LINES)):
                if "*/}" in lines[end]:
                    return end - place + 1 if lines[end].rstrip().endswith("*/}") else 0
        if _TOC.fullmatch(line) or _NOTES.fullmatch(line) or _ATTRIBUTES_ALONE.fullmatch(line):
            return 1
        below = lines[place + 1] if place + 1 < len(lines) else ""
        if _TOC_LIST.fullmatch(line) and _TOC_MARK.fullmatch(below):
            return 2
        if _INCLUDE.fullmatch(line):
            source.lose("include", line.strip(), number)
            return 1
        if (found := _OPEN_TAG.search(line)) and (end := _tag_end(lines, place, found)):
            source.lose("tag", line[found.start() :] + " …", number)
            source.add(line[: found.start()] + lines[end].partition("}}")[2], number)
            return end - place + 1
        return self._tag(lines, place, number) or self._module(lines, place, number)

    def _tag(self, lines: list[str], place: int, number: int) -> int:
        """Join the lines of a heading in HTML, or of one component's tag."""
        line = lines[place]
        heading = _HEADING_OPEN.fullmatch(line)
        end = f"</h{heading[1]}>" if heading else ">" if _COMPONENT_OPEN.fullmatch(line) else ""
        for last in range(place + 1, min(len(lines), place + MOST_TAG_LINES)) if end else ():
            if end in lines[last]:
                joined = " ".join(each.strip() for each in lines[place : last + 1])
                self._read(_BREAKS.sub(" ", joined) if heading else joined, number)
                return last - place + 1
        return 0

    def _module(self, lines: list[str], place: int, number: int) -> int:
        line = lines[place]
        if line[:6] not in ("import", "export"):
            return 0
        end = place
        if _MODULE_OPEN.fullmatch(line):
            while end + 1 < min(len(lines), place + MOST_TAG_LINES) and lines[end].strip():
                end += 1
                if _MODULE_CLOSE.fullmatch(lines[end]):
                    break
            else:
                return 0
        elif not _MODULE.fullmatch(line):
            return 0
        self._source.lose("import", line.strip(), number)
        return end - place + 1

    def _read(self, line: str, number: int) -> None:
        source = self._source
        fence = FENCE.match(line)
        if self._fence:
            text = line.lstrip(" \t>")
            is_end = text.startswith(self._fence) and not text.strip(self._fence[0] + " \t")
            if self._fence == "{" and _HIGHLIGHT.fullmatch(line):
                line, is_end = "```````", True
            if is_end:
                self._fence = ""
            if found := _INCLUDED.search(line):
                source.lose("include", found[0], number)
                line = _INCLUDED.sub("", line)
            source.add(self._dedented(line), number)
            return
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self._fence = fence[1]
            source.add(self._dedented(line), number)
            return
        if (found := _HIGHLIGHT.fullmatch(line)) and not found[1]:
            self._fence = "{"
            source.add(f"```````{found[2]}", number)
            return
        line = self._dedented(line)
        if "|" in line and "{" in line and "}" in line:
            line = _TAG.sub(lambda match: self._vanish(match, number), line)
        if self._component(line, number) or self._html(line, number):
            return
        if _UNSPACED_HEADING.match(line):
            line = _UNSPACED_HEADING.sub(lambda match: match[0] + " ", line, count=1)
        if line.startswith("*["):
            line = _ABBREVIATION.sub(r"\1:", line)
        source.add(line, number)

    def _vanish(self, match: re.Match[str], number: int) -> str:
        if match["tag"]:
            self._source.lose("tag", match["tag"], number)
        return "" if match["tag"] or match["note"] else match[0]

    def _dedented(self, line: str) -> str:
        """Strip the indentation of components from a line inside them."""
        depth = self._components[-1] if self._components else 0
        blanks = len(line) - len(line.lstrip(" \t"))
        return line[min(depth, blanks) :]

    def _component(self, line: str, number: int) -> bool:
        """Handle a line with the tag of a component (MDX), whose content is Markdown."""
        found = _COMPONENT.fullmatch(line)
        if not found:
            return False
        source = self._source
        source.lose("component", f"<{found[3]}>", number)
        source.add("", number)
        if label := _LABEL.search(found[4]):
            source.add(
                f"**{(label[1] or label[2]).strip()}**" if (label[1] or label[2]).strip() else "",
                number,
            )
            source.add("", number)
        if found[2]:
            self._components = self._components[:-1]
        elif not found[5] and not found[4].rstrip().endswith("/"):
            outer = self._components[-1] if self._components else 0
            self._components.append(outer + len(found[1]) + 2)
        return True

    def _html(self, line: str, number: int) -> bool:
        """Handle a line of HTML that contains Markdown, or is a heading."""
        source = self._source
        if "<" not in line:
            return False
        if found := _HTML_HEADING.fullmatch(line):
            source.add("", number)
            source.add(f"{'#' * int(found[1])} {found[2].strip()}", number)
            source.add("", number)
            return True
        if found := _MARKDOWN_IN.fullmatch(line):
            self._markdown_in.append(found[1].lower())
            source.add(line, number)
            if line.rstrip().endswith(">"):
                source.add("", number)
            return True
        found = _HTML_CLOSE.fullmatch(line)
        if found and self._markdown_in and found[1].lower() == self._markdown_in[-1]:
            self._markdown_in.pop()
            source.add("", number)
            source.add(line, number)
            source.add("", number)
            return True
        return False


def _matter_end(lines: list[str], place: int) -> int:
    """Find the last line of a slide's own front matter, as in Slidev; 0 if there is none."""
    has_key = False
    for end in range(place + 1, min(len(lines), place + MOST_TAG_LINES)):
        line = lines[end]
        if _RULE.fullmatch(line):
            return end if has_key else 0
        if _KEY.fullmatch(line):
            has_key = True
        elif not (has_key and line[:1] in (" ", "\t") and line.strip()):
            return 0
    return 0


def _tag_end(lines: list[str], place: int, found: re.Match[str]) -> int:
    """Find the line that ends a template tag of several lines; 0 if there is none."""
    for end in range(place + 1, min(place + MOST_TAG_LINES, len(lines))):
        if re.search(r"[>%]\}\}", lines[end]):
            return end
        if _OPEN_TAG.search(lines[end]):
            break
    return 0


def tags_of(text: str) -> Iterator[str]:
    """Yield the template tags of a text."""
    if "{" in text:
        yield from (match["tag"] for match in _TAG.finditer(text) if match["tag"])


def without_tags(text: str) -> str:
    """Strip template tags, comments and attributes from a text, except in code."""
    if "{" in text or "<!--" in text:
        without = _TAG.sub(lambda match: "" if match["tag"] or match["note"] else match[0], text)
        # Markup around nothing but a tag, such as **{{ version }}**, is removed with it.
        text = _EMPTY.sub("", without) if without != text else text
    if "{" in text:
        text = _ATTRIBUTES.sub(lambda match: match[0] if match[1] else "", text)
    return text


def identifier_of(text: str) -> str:
    """Parse the ``{#id}`` at the end of a heading; empty if there is none."""
    found = re.search(r"\{:?\s*#([\w.:-]+)[^{}]*\}\s*$", text)
    return found[1] if found else ""
