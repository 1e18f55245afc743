"""The text of PowerPoint's shapes as HTML: titles, paragraphs, nested lists, emphasis, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from lxml.builder import E

NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LINKED = f"{{{NAMES['r']}}}id"
LISTS = {"buNone": "", "buChar": "ul", "buBlip": "ul", "buAutoNum": "ol"}
TRUE = ("1", "true")


def kind_of(element: Any) -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Text:
    """The text in a shape.

    ``styles`` are the lists of styles that it inherits from, the nearest first; ``links`` maps
    relations to addresses; ``counts`` counts the parts left out.
    """

    def __init__(
        self, body: Any, styles: Iterable[Any], links: Mapping[str, str], counts: Counter[str]
    ) -> None:
        self._paragraphs = body.findall("a:p", NAMES)
        self._styles = [*body.iterfind("a:lstStyle", NAMES), *styles]
        self._links = links
        self._counts = counts

    def line(self) -> list[Any]:
        """List the content of all paragraphs, with line breaks between them."""
        runs = [content for each in self._paragraphs if (content := self._content(each))]
        return [*chain.from_iterable([E.br(), *content] for content in runs)][1:]

    def blocks(self) -> Iterator[Any]:
        """Yield the paragraphs and lists."""
        lists: list[Any] = []  # the open ones, each in the last item of the one before
        levels: list[int] = []
        for paragraph in self._paragraphs:
            content = self._content(paragraph)
            if not content:
                continue
            level, kind = self._place(paragraph)
            while lists and (not kind or _is_over(lists[-1], levels[-1], kind, level)):
                levels.pop()
                if len(lists) == 1:
                    yield lists[0]
                lists.pop()
            if not kind:
                yield E.p(*content)
                continue
            if not lists or levels[-1] < level:
                new = E(kind)
                if lists:
                    lists[-1][-1].append(new)
                lists.append(new)
                levels.append(level)
            lists[-1].append(E.li(*content))
        yield from lists[:1]

    def _place(self, paragraph: Any) -> tuple[int, str]:
        """Find a paragraph's level, from 0, and the kind of its list, empty without one."""
        own = paragraph.find("a:pPr", NAMES)
        level = int(own.get("lvl", 0)) if own is not None else 0
        inherited = (style.find(f"a:lvl{level + 1}pPr", NAMES) for style in self._styles)
        for properties in (own, *inherited):
            for each in properties if properties is not None else ():
                if kind_of(each) in LISTS:
                    return level, LISTS[kind_of(each)]
        return level, ""

    def _content(self, paragraph: Any) -> list[Any]:
        """List a paragraph's text, its neighbouring runs of one format as one."""
        found: list[Any] = []
        for form, runs in groupby(self._runs(paragraph), key=lambda run: run[1]):
            text = "".join(run for run, _ in runs)
            found += [E.br()] if form is None else _formatted(text, *form)
        is_shown = any(text.strip() for text, _ in self._runs(paragraph))
        return found if is_shown else []

    def _runs(self, paragraph: Any) -> Iterator[tuple[str, tuple[bool, bool, str] | None]]:
        """Yield each run's text and format: bold, italic, address. A line break has none."""
        for run in paragraph:
            if kind_of(run) in ("r", "fld"):
                properties = run.find("a:rPr", NAMES)
                yield run.findtext("a:t", "", NAMES), self._format(properties)
            elif kind_of(run) == "br":
                yield "", None
            elif formula := "".join(run.itertext(f"{{{NAMES['m']}}}t")):
                self._counts["formulas, kept as plain text"] += 1
                yield formula, (False, False, "")

    def _format(self, properties: Any) -> tuple[bool, bool, str]:
        if properties is None:
            return False, False, ""
        link = properties.find("a:hlinkClick", NAMES)
        address = self._links.get(link.get(LINKED), "") if link is not None else ""
        is_outside = address.startswith(("http://", "https://", "mailto:"))
        bold, italic = (properties.get(name) in TRUE for name in ("b", "i"))
        return bold, italic, address if is_outside else ""


def _is_over(last: Any, last_level: int, kind: str, level: int) -> bool:
    return last_level > level or (last_level == level and last.tag != kind)


def _formatted(text: str, is_bold: bool, is_italic: bool, address: str) -> list[Any]:
    content: Any = text.replace("\v", " ")
    if is_italic:
        content = E.em(content)
    if is_bold:
        content = E.strong(content)
    return [E.a(content, href=address) if address else content]
