"""PowerPoint's decks: slides in order, with titles, lists, tables, pictures and speaker notes.

Pandoc reads them without lists, emphasis, links and notes, so they become HTML here first.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml.builder import E

from slideshow.commands.importing.article import Imported, left_out
from slideshow.commands.importing.pandoc import program
from slideshow.commands.importing.pandoc.nodes import text_of
from slideshow.commands.importing.pandoc.passes import COMMENT
from slideshow.commands.importing.readers.alternatives import NO_TEXT
from slideshow.commands.importing.readers.archives import Archive
from slideshow.commands.importing.readers.documents import article
from slideshow.commands.importing.readers.powerpoint_text import NAMES, TRUE, Text, kind_of
from slideshow.commands.importing.readers.xml import part_of
from slideshow.errors import Problem

MAIN = "ppt/presentation.xml"
ATTRIBUTE = f"{{{NAMES['r']}}}".__add__  # the name of one that refers to a relation
TITLES = ("title", "ctrTitle")
AROUND = ("dt", "ftr", "sldNum", "hdr")  # date, footer, number, header
RECORDING = "p:nvPicPr/p:nvPr/*[@r:link]"
POINTS = "dgm:ptLst/dgm:pt[not(@type) or @type='node']/dgm:t"
DIAGRAM = {"dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram", **NAMES}


def read_pptx(data: bytes, name: str, path: str) -> Iterator[Imported]:
    """Yield the article in a PowerPoint deck.

    Raises SlideshowError for a broken deck and for one that is too large.
    """
    archive = Archive(data, path)
    deck = _Deck(archive)
    html = etree.tostring(E.body(*deck.blocks()), encoding="utf-8", method="html")
    read = program.tree_of(html, "html", path)
    first = read.blocks[0] if read.blocks else {"t": ""}
    title = text_of(first["c"][2]).strip() if first["t"] == "Header" else ""
    details: dict[str, object] = {"author": deck.author()}
    made = article(read, name, path, archive.find, title=title, details=details, counts=deck.counts)
    yield replace(made, left_out=(*deck.problems, *made.left_out))


@dataclass(frozen=True, slots=True)
class _Part:
    """An XML file of the deck: its root, and the kind and target of each relation."""

    root: Any
    relations: Mapping[str, tuple[str, str]]

    @property
    def links(self) -> Mapping[str, str]:
        return {name: target for name, (_, target) in self.relations.items()}

    def targets(self, kind: str) -> Iterator[str]:
        return (target for each, target in self.relations.values() if each == kind)


class _Deck:
    """A deck: its slides as HTML. ``counts`` and ``problems`` report the parts left out."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._part = lru_cache(16)(self._opened)
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def author(self) -> str:
        core = self._part("docProps/core.xml")
        name = core.root.findtext("{http://purl.org/dc/elements/1.1/}creator", "")
        return str(name or "").strip()

    def blocks(self) -> Iterator[Any]:
        """Yield each slide's title and content; rules between slides if only the first has one."""
        slides = dict(self._slides())
        is_titled = any(number > 1 and title for number, (title, _) in slides.items())
        for number, (title, content) in slides.items():
            if title:
                yield E.h2(*title)
            elif number > 1 and not is_titled:
                yield E.hr()
            elif number > 1 and content:
                message = f"slide {number} has no title: its content follows the slide before"
                self.problems.append(Problem(message, "give it a title"))
            yield from content

    def _slides(self) -> Iterator[tuple[int, tuple[list[Any], list[Any]]]]:
        main = self._part(MAIN)
        for number, each in enumerate(main.root.iterfind("p:sldIdLst/p:sldId", NAMES), 1):
            slide = self._part(main.links.get(each.get(ATTRIBUTE("id")), ""))
            if slide.root.get("show", "1") in TRUE:
                yield number, (self._title(slide), [*self._content(slide)])
            else:
                self.problems.append(left_out(f"slide {number}, which is hidden", "show it"))

    def _title(self, slide: _Part) -> list[Any]:
        titles = (each for each in _shapes(slide) if _placeholder(each)[0] in TITLES)
        return [run for each in titles for run in self._text(each, slide).line()]

    def _content(self, slide: _Part) -> Iterator[Any]:
        for shape in _shapes(slide):
            if _placeholder(shape)[0] not in (*TITLES, *AROUND):
                yield from self._shape(shape, slide)
        for note in slide.targets("notesSlide"):
            yield from self._notes(self._part(note))
        for comments in slide.targets("comments"):
            self.counts[COMMENT] += len([*self._part(comments).root.iter("{*}cm")])

    def _shape(self, shape: Any, slide: _Part) -> Iterator[Any]:
        kind = kind_of(shape)
        if shape.find(RECORDING, NAMES) is not None:
            self.counts["film or sound, whose still picture is kept"] += 1
        if kind == "graphicFrame":
            yield from self._frame(shape, slide)
        elif kind == "pic" or shape.find("p:spPr/a:blipFill", NAMES) is not None:
            yield from _picture(shape, slide)
        if shape.find("p:txBody", NAMES) is not None:
            yield from self._text(shape, slide).blocks()

    def _frame(self, frame: Any, slide: _Part) -> Iterator[Any]:
        """Yield the table, the diagram's texts, or the picture in a frame."""
        rows = frame.findall("a:graphic/a:graphicData/a:tbl/a:tr", NAMES)
        diagram = frame.find("a:graphic/a:graphicData/dgm:relIds", DIAGRAM)
        if rows:
            yield E.table(*(E.tr(*(self._cell(cell, slide) for cell in row.iterfind("a:tc", NAMES)))
                            for row in rows))  # fmt: skip
        elif diagram is not None:
            data = self._part(slide.links.get(diagram.get(ATTRIBUTE("dm")), ""))
            points = [Text(each, (), {}, self.counts) for each in data.root.iterfind(POINTS, NAMES)]
            yield E.ul(*(E.li(*each.line()) for each in points))
        elif pictures := frame.findall(".//p:pic", NAMES):
            yield from _picture(pictures[-1], slide)
        else:
            self.counts["chart or other object"] += 1

    def _cell(self, cell: Any, slide: _Part) -> Any:
        """Build a cell. Cells that are joined to another one are there too, and empty."""
        return E.td(*Text(cell.find("a:txBody", NAMES), (), slide.links, self.counts).line())

    def _notes(self, page: _Part) -> Iterator[Any]:
        for shape in page.root.iterfind(".//p:sp", NAMES):
            if _placeholder(shape)[0] == "body":
                blocks = [*self._text(shape, page).blocks()]
                if blocks:
                    yield E.div(*blocks, {"class": "notes"})

    def _text(self, shape: Any, slide: _Part) -> Text:
        body = shape.find("p:txBody", NAMES)
        return Text(body, self._styles(shape, slide), slide.links, self.counts)

    def _styles(self, shape: Any, slide: _Part) -> Iterator[Any]:
        """Yield the styles of a placeholder: in the layout, in the master, of its kind."""
        kind, index = _placeholder(shape)
        if kind is None:
            return
        name = "titleStyle" if kind in TITLES else "bodyStyle"
        for layout in map(self._part, slide.targets("slideLayout")):
            yield from _styles_in(layout, "idx", index)
            for master in map(self._part, layout.targets("slideMaster")):
                same = "body" if kind in ("", "obj") else kind
                yield from _styles_in(master, "type", same)
                yield from master.root.iterfind(f"p:txStyles/p:{name}", NAMES)

    def _opened(self, name: str) -> _Part:
        """Read a part; one that is missing or broken is empty."""
        place, file = posixpath.split(name)
        links = f"{place}/_rels/{file}.rels"
        root, relations = (part_of(self._archive, each) for each in (name, links))
        empty = E.none()
        return _Part(
            empty if root is None else root,
            {
                each.get("Id", ""): _relation(each, place)
                for each in (empty if relations is None else relations)
            },
        )


def _relation(link: Any, place: str) -> tuple[str, str]:
    kind, target = (link.get(name, "") for name in ("Type", "Target"))
    if link.get("TargetMode") != "External":
        target = posixpath.normpath(posixpath.join("/", place, target)).lstrip("/")
    return kind.rpartition("/")[2], target


def _shapes(slide: _Part) -> Iterator[Any]:
    """Yield the shapes of a slide in their order, which screen readers follow too."""
    for tree in slide.root.iterfind("p:cSld/p:spTree", NAMES):
        yield from _ungrouped(tree)


def _ungrouped(group: Any) -> Iterator[Any]:
    for each in group:
        if kind_of(each) == "grpSp":
            yield from _ungrouped(each)
        elif kind_of(each) == "AlternateContent":
            yield from _ungrouped(each[0])
        elif kind_of(each) in ("sp", "pic", "graphicFrame"):
            yield each


def _placeholder(shape: Any) -> tuple[str | None, str]:
    """Find the kind and the number of the placeholder that a shape fills, if any."""
    found = shape.find("*/p:nvPr/p:ph", NAMES)
    return (None, "") if found is None else (found.get("type", ""), found.get("idx", "0"))


def _styles_in(part: _Part, attribute: str, value: str) -> Iterator[Any]:
    """Yield the styles of a layout's or a master's placeholders with an attribute's value."""
    for shape in part.root.iterfind("p:cSld/p:spTree/p:sp", NAMES):
        mark = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMES)
        if mark is not None and mark.get(attribute) == value:
            yield from shape.iterfind("p:txBody/a:lstStyle", NAMES)


def _picture(shape: Any, slide: _Part) -> Iterator[Any]:
    properties = shape.find("*/p:cNvPr", NAMES)
    text = properties.get("descr", "") if properties is not None else ""
    for blip in shape.iterfind(".//a:blip", NAMES):
        linked = blip.get(ATTRIBUTE("embed")) or blip.get(ATTRIBUTE("link"))
        if address := slide.links.get(linked, ""):
            alternative = "" if NO_TEXT.fullmatch(text) else text
            yield E.p(E.img(src=quote(address, safe="/:?&=%"), alt=alternative))
