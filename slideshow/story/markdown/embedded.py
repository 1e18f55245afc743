"""HTML and components (MDX) in the lines of an article, brought into the form of Markdown.

Headings become Markdown's, paragraphs and preformatted text are separated from each other, and the
content of components and of elements with ``markdown="1"`` is Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_COMPONENT = re.compile(r"(\s*)<(/?)([A-Z][\w.]*|template)((?:\s[^<>]*)?)(/?)>\s*")
_LABEL = re.compile(r"\b(?:label|title|summary)=(?:\"([^\"]*)\"|'([^']*)')")
_MARKDOWN_IN = re.compile(r"\s*<(\w+)\b[^>]*\bmarkdown(?:=[\"']?\w*[\"']?)?[\s>].*", re.I)
_CLOSING = re.compile(r"\s*</(\w+)>\s*")
_HEADING = re.compile(r"\s*<h([1-6])((?:\s[^<>]*)?)>(.*?)</h\1>\s*(?:<br\s*/?>\s*)?", re.I)
_ID = re.compile(r"\bid=[\"']?([\w.:-]+)")
# The sign beside a heading that links to itself, which site generators add.
_PERMALINK = re.compile(r"<a\b[^<>]*>\s*(?:#|¶|§|🔗|&para;)?\s*</a>", re.IGNORECASE)
_APART = re.compile(
    r"(<h([1-6])\b[^<>]*>.{0,2000}?</h\2>|<pre\b(?:[^<]|<(?!/pre))*(?:</pre>)?"
    r"|<p(?=[\s>])[^<>]*>(?:[^<]|<(?!/?p[\s>]))*(?:</p>)?)",
    re.IGNORECASE,
)
_CELL = re.compile(r"<(?:td|th|li|summary|dt|dd)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p(?=[\s>])", re.IGNORECASE)
_LOST = re.compile(r"<(script|form|object|embed|canvas|input|button)\b", re.IGNORECASE)
_PRE = re.compile(r"<pre(?=[\s>])", re.IGNORECASE)
_PRE_END = re.compile(r"</pre\s*>", re.IGNORECASE)

Lose = Callable[[str, str], None]


class Embedded:
    """The HTML and components open at a line; ``lose`` counts each ignored construct."""

    def __init__(self, lose: Lose) -> None:
        self._lose = lose
        self._components: list[int | None] = []  # the indentation of their content, once known
        self._markdown_in: list[str] = []
        self.is_pre = False
        self.is_split = False

    @property
    def margin(self) -> int | None:
        """The indentation of the content of the open component; None before its first line."""
        return self._components[-1] if self._components else 0

    def dedented(self, line: str) -> str:
        """Strip the indentation that the first line inside a component has from the others."""
        if not self._components:
            return line
        blanks = len(line) - len(line.lstrip(" \t"))
        if self._components[-1] is None and line.strip():
            self._components[-1] = blanks
        return line[min(self._components[-1] or 0, blanks) :]

    def lines(self, line: str) -> Iterator[str]:
        """Yield the lines of Markdown for a line outside code."""
        if self.is_pre:
            yield from self._preformatted(line)
        elif "<" not in line:
            self.is_split = self.is_split and bool(line.strip())
            yield line
        elif found := _COMPONENT.fullmatch(line):
            yield from self._component(found)
        else:
            yield from self._html(line)

    def _preformatted(self, line: str) -> Iterator[str]:
        end = _PRE_END.search(line)
        if not end:
            yield line
            return
        self.is_pre = False
        yield from (line[: end.end()], "")
        if rest := line[end.end() :].strip():
            yield from self.lines(rest)

    def _component(self, found: re.Match[str]) -> Iterator[str]:
        """Yield the lines for the tag of a component, whose content is Markdown."""
        _, closes, name, attributes, is_empty = found.groups()
        self._lose("component", f"<{name}>")
        yield ""
        if label := _LABEL.search(attributes):
            words = (label[1] or label[2] or "").strip()
            yield from (f"**{words}**" if words else "", "")
        if closes:
            self._components = self._components[:-1]
        elif not is_empty and not attributes.rstrip().endswith("/"):
            self._components.append(None)

    def _html(self, line: str) -> Iterator[str]:
        if line.lstrip(" \t").startswith("<"):
            for name in _LOST.findall(line):
                self._lose("element", f"<{name.lower()}>")
        if self.is_split:  # Markdown would read the rest of the element as code
            line = line.lstrip(" \t")
        parts = _parts(line)
        if len(parts) > 1:
            self.is_split = True
        for number, part in enumerate(parts):
            if number:
                yield ""
            yield from self._part(part)

    def _part(self, part: str) -> Iterator[str]:
        closing = _CLOSING.fullmatch(part)
        if found := _HEADING.fullmatch(part):
            self.is_split = True
            yield from ("", _heading(found), "")
        elif _PRE.match(part):
            self.is_split = True
            self.is_pre = not _PRE_END.search(part)
            yield from ("", part)
        elif found := _MARKDOWN_IN.fullmatch(part):
            self._markdown_in.append(found[1].lower())
            yield part
            if part.rstrip().endswith(">"):
                yield ""
        elif closing and self._markdown_in and closing[1].lower() == self._markdown_in[-1]:
            self._markdown_in.pop()
            yield from ("", part, "")
        elif _PARAGRAPH.match(part) and not self._markdown_in:
            self.is_split = True
            yield from ("", part)
        else:
            yield part
        if part[-4:].lower() == "</p>":
            yield ""


def _parts(line: str) -> list[str]:
    """Split a line of HTML at its headings, paragraphs and preformatted texts."""
    text = line.lstrip(" \t")
    if not text.startswith("<") or _CELL.search(text) or not _APART.search(text):
        return [line]
    pieces = _APART.split(text)
    return [piece for place, piece in enumerate(pieces) if place % 3 != 2 and piece.strip()]


def _heading(found: re.Match[str]) -> str:
    """Convert a heading in HTML to Markdown, without the signs that link to itself."""
    words = without_elements(found[3], ("svg", "script", "style"))
    words = _PERMALINK.sub("", words).strip()
    identifier = _ID.search(found[2])
    key = f" {{#{identifier[1]}}}" if identifier and words else ""
    return f"{'#' * int(found[1])} {words}{key}"


def without_elements(html: str, names: tuple[str, ...]) -> str:
    """Strip elements and their content from HTML, in linear time even for hostile text."""
    for name in names:
        if f"<{name}" not in html.lower():
            continue
        kept, place, lower = [], 0, html.lower()
        while (start := lower.find(f"<{name}", place)) >= 0:
            end = lower.find(f"</{name}>", start)
            if end < 0:
                break
            kept.append(html[place:start])
            place = end + len(name) + 3
        html = "".join(kept) + html[place:]
    return html
