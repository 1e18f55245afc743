"""Divides a Markdown article into title, lead and slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from slideshow.errors import ArticleError, Problem
from slideshow.story.elsewhere import elsewhere
from slideshow.story.figures import PICTURE, PLACES, Figure, Picture, Recording, in_a_row, kind_of
from slideshow.story.formats.plaintext import shortened
from slideshow.story.frontmatter import FrontMatter
from slideshow.story.markdown.blocks import NOTES, Composite, Markdown, composite
from slideshow.story.markdown.parser import (
    PARSER,
    is_beside,
    is_cut,
    normalised,
    parse_blocks,
    parse_line,
    says_nothing,
)
from slideshow.story.markdown.rendering import text_of
from slideshow.story.markdown.sanitising import attributes_of
from slideshow.story.markdown.source import cleaned
from slideshow.story.markdown.tags import tags_of
from slideshow.story.model import Block, Limits, Slide, Text
from slideshow.story.showing import Showing

MOST_LINES = 10_000  # without a blank line between them
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
# Elements whose end tag is missing or often omitted; elements for layout only.
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li")
_LAYOUT = re.compile(
    "div|section|article|main|center|span|font|header|footer|nav|body|html", re.IGNORECASE
)
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_NOTE_LABEL = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption>", re.DOTALL | re.IGNORECASE)
MAX_CAPTION_CHARACTERS = 400  # a longer text below a picture is a paragraph
_WRAPPER = re.compile(r"</?(?:p|div|center|figure|picture|span)\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """A block at the top level of an article: its tokens, and its first and last line."""

    tokens: list[Token]
    first: int
    end: int

    @property
    def kind(self) -> str:
        """The type of the first token, without ``_open``."""
        return self.tokens[0].type.removesuffix("_open")

    @property
    def rank(self) -> int:
        """The rank of a heading, 0 for another block."""
        return int(self.tokens[0].tag[1]) if self.kind == "heading" else 0

    def note(self, name: str) -> list[str]:
        """Return a note that the parser made about the text, empty if there is none."""
        return next((token.meta[name] for token in self.tokens if name in token.meta), [])

    @property
    def content(self) -> str:
        """The text of a heading or a paragraph."""
        return self.tokens[min(1, len(self.tokens) - 1)].content


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that starts a slide, or the title."""

    text: Text
    rank: int
    identifier: str = ""
    place: str = ""


@dataclass(slots=True)
class Part:
    """A slide under construction."""

    heading: Heading | None = None
    nodes: list[Node] = field(default_factory=list)


class Article:
    """The blocks of an article, and the rules that make a story of them."""

    def __init__(
        self, matter: FrontMatter, language: str, limits: Limits, problems: list[Problem]
    ) -> None:
        self._language = language
        self._limits = limits
        self._problems = problems
        self._env: dict[str, Any] = {}
        self._raw = matter.body.split("\n")
        _refuse_crowded(self._raw, matter.lines + 1)
        self.source = cleaned(matter.body, matter.lines)
        self._raw_start = matter.lines + 1
        tokens = parse_blocks("\n".join(self.source.lines), self._env)
        nodes = list(self._nodes(tokens))
        self._notes = [node for node in nodes if node.kind == "footnote_reference"]
        self.nodes = _grouped([node for node in nodes if node.kind != "footnote_reference"])
        numbers = self._numbers()
        self.markup = Markdown(numbers)
        self._left_notes = dict.fromkeys(numbers)

    def _nodes(self, tokens: list[Token]) -> Iterator[Node]:
        start, depth = 0, 0
        for place, token in enumerate(tokens):
            if is_cut(token):
                raise ArticleError(
                    "nested too deeply", "use fewer lists in lists", line=self._number(token)
                )
            depth += token.nesting
            if depth == 0:
                group = tokens[start : place + 1]
                maps = [each.map for each in group if each.map]
                first = min((each[0] for each in maps), default=0)
                yield Node(group, first, max((each[1] for each in maps), default=first))
                start = place + 1

    def _number(self, token: Token) -> int:
        return self.source.number(token.map[0] if token.map else 0)

    def line(self, node: Node) -> int:
        """Look up the line in the file at which a node starts."""
        return self.source.number(node.first)

    def _numbers(self) -> dict[str, int]:
        """Map the labels of the footnotes to numbers, in order of their first reference."""
        if not self._notes:
            return {}
        known = {str(node.tokens[0].meta["label"]) for node in self._notes}
        text = "\n".join(self.source.lines)
        referred = [label for label in _REFERENCE.findall(text) if label in known]
        return {label: number for number, label in enumerate(dict.fromkeys(referred), 1)}

    def headings(self) -> list[Node]:
        """List the headings outside of boxes, in order."""
        return [node for node in self.nodes if node.rank]

    def heading(self, node: Node) -> Heading:
        """Parse a heading with its text."""
        token = node.tokens[0]
        value = node.content
        text = Text(value, self._language, self.line(node), self.markup)
        if ("[" in value or "<" in value) and any(
            each.type == "link_open" for each in parse_line(value, {})
        ):
            self.report(
                "a link in a headline is shown as text", "put it in the paragraph", text.line
            )
        place = place_in(str(token.meta.get("attributes", "")))
        return Heading(text, node.rank, str(token.meta.get("id", "")), place)

    def report(self, message: str, fix: str, line: int) -> None:
        """Add a problem with which the article is still readable."""
        self._problems.append(Problem(message, fix, line))

    def blocks(self, nodes: Sequence[Node], depth: int) -> Iterator[Block]:
        """Yield the blocks of a slide whose headline has the rank ``depth``, its notes last."""
        referred: list[str] = []
        ranks: list[int] = [depth]
        for node in nodes:
            for made in self._block(node, ranks):
                for text in made.texts():
                    referred += _REFERENCE.findall(text.value) if "[^" in text.value else ()
                yield made
        yield from self._notes_for(referred)

    def _block(self, node: Node, ranks: list[int]) -> Iterator[Block]:
        source = "\n".join(self.source.lines[node.first : node.end]).rstrip(" \t\n")
        line = self.line(node)
        if node.kind == "paragraph" or (node.kind == "inline" and "<img" in node.content):
            yield from self._paragraph(node, line)
            return
        written = Text(self._written(node.first, node.end), self._language, line, self.markup)
        made = composite(source, written, self.markup, self._definitions)
        if made.pieces or node.kind in ("math_block",):
            self._refuse_long(made)
            yield replace(made, depth=_depth(node, ranks))

    def _written(self, first: int, end: int) -> str:
        """Extract lines exactly as in the file."""
        source = self.source
        numbers = source.numbers[first:end]
        if source.split.isdisjoint(numbers):
            lines = [self._raw[number - self._raw_start] for number in dict.fromkeys(numbers)]
        else:
            lines = source.lines[first:end]
        return "\n".join(lines).strip("\n").rstrip(" \t\n")

    def _paragraph(self, node: Node, line: int) -> Iterator[Block]:
        value = node.content
        self._refuse(value, line)
        if says_nothing(value):
            return
        if "![" in value or "<img" in value or "[[" in value:
            figures = self._figures(value, node, line)
            if figures is not None:
                yield from figures
                return
        if not node_is_empty(value, self.markup):
            text = self._text(value, line)
            yield elsewhere(text) or text

    def _figures(self, value: str, node: Node, line: int) -> list[Block] | None:
        """Parse a paragraph of pictures and captions; None if pictures are among its words."""
        places, lines = node.note("places"), node.note("lines")
        found = _CAPTION.search(value)
        if found:
            value = value[: found.start()] + value[found.end() :]
        caption = self._text(found[1].strip(), line) if found and found[1].strip() else None
        whole = self._pictures(value, line)
        if whole is None:
            return None
        if whole:
            return [in_a_row([*_placed(whole, places)], caption)]
        parts: list[tuple[list[Figure], list[str]]] = []
        for offset, each in enumerate(lines):
            pictures = self._pictures(each, line + offset)
            if pictures and (not parts or parts[-1][1]):
                parts.append((pictures, []))
            elif pictures:
                parts[-1][0].extend(pictures)
            elif not parts or pictures is None:
                return None
            else:
                parts[-1][1].append(each)
        return list(self._captioned(parts, places)) or None

    def _captioned(
        self, parts: Sequence[tuple[list[Figure], list[str]]], places: Sequence[str]
    ) -> Iterator[Block]:
        """Join pictures that each have a caption; text too long for one follows as a paragraph."""
        made: list[Figure] = []
        pictures = iter(_placed([each for found, _ in parts for each in found], places))
        for found, lines in parts:
            group = [next(pictures) for _ in found]
            words = normalised("\n".join(lines)).strip(" \t\n")
            text = self._text(words, group[-1].alt.line + 1) if words else None
            is_short = text is not None and len(text.value) <= MAX_CAPTION_CHARACTERS
            if len(group) == 1 and (is_short or not text):
                made += [replace(group[0], caption=text)]
                continue
            yield from [in_a_row(made, None)] if made else ()
            made = []
            yield in_a_row(group, text if is_short else None)
            yield from [text] if text and not is_short else ()
        yield from [in_a_row(made, None)] if made else ()

    def _pictures(self, value: str, line: int) -> list[Figure] | None:
        """Parse a text that is nothing but pictures.

        Empty if there are words in it, None if a picture is not beside the article.
        """
        if "![" not in value and "<img" not in value and "[[" not in value:
            return []
        pieces = parse_line(value, {"references": self._env.get("references", {})})
        pictures = [self._picture(each, line) for each in _pictures_alone(pieces)]
        return None if None in pictures else [each for each in pictures if each]

    def _text(self, value: str, line: int) -> Text:
        return Text(value + self._definitions(value), self._language, line, self.markup)

    def _picture(self, token: Token, line: int) -> Figure | None:
        source = str(token.attrs.get("src", ""))
        file = unquote(source)
        alt = text_of(token.children or [])
        credit = str(token.attrs.get("title", "") or "")
        if not is_beside(file):
            self.report(
                f"picture {shortened(file)!r} is not a file beside the article; "
                "its alternative text is shown",
                "save it in the folder of the article and name it relative to that",
                line,
            )
            return None
        if not alt:
            self.report(
                f"{kind_of(file)} {file!r} has no alternative text",
                "say between the brackets what it shows",
                line,
            )
        by = Text(credit, self._language, line) if credit else None
        make = Picture if kind_of(file) == PICTURE else Recording
        return make(file.removeprefix("./"), Text(alt, self._language, line), by)

    def _refuse(self, value: str, line: int) -> None:
        # Checked before the line is parsed, which is slow for hostile text.
        if len(value) > self._limits.characters:
            raise ArticleError(
                f"a text of {len(value)} characters; {self._limits.characters} are allowed",
                "split it into paragraphs",
                limit="article_characters",
                line=line,
            )

    def _refuse_long(self, block: Composite) -> None:
        for text in block.pieces:
            self._refuse(text.value, text.line)

    def _definitions(self, value: str) -> str:
        """Collect the definitions of a text's reference links, to be appended to it."""
        references = self._env.get("references")
        if not references or "[" not in value or len(value) > self._limits.characters:
            return ""
        pieces = PARSER.parseInline(value, {"references": references})[0].children or []
        labels = {str(each.meta["label"]) for each in pieces if "label" in each.meta}
        maps = sorted(references[label]["map"] for label in labels if label in references)
        found = ["\n".join(self.source.lines[first:end]).strip(" \t\n") for first, end in maps]
        return "\n\n" + "\n".join(found) if found else ""

    def _notes_for(self, labels: Sequence[str]) -> Iterator[Block]:
        """Yield the footnotes of a slide, and those that they refer to."""
        wanted = list(dict.fromkeys(label for label in labels if label in self._left_notes))
        for label in wanted:
            self._left_notes.pop(label)
        notes = [node for node in self._notes if node.tokens[0].meta["label"] in wanted]
        blocks = list(self._note(notes))
        yield from blocks
        inner = [
            label
            for block in blocks
            for text in block.texts()
            for label in _REFERENCE.findall(text.value)
        ]
        if any(label in self._left_notes for label in inner):
            yield from self._notes_for(inner)

    def anchors(self, slides: Sequence[Slide]) -> Iterator[tuple[str, int]]:
        """Yield the anchors of the headings of the slides, with the slides' positions."""
        identifiers = {
            node.tokens[at + 1].content: str(token.meta.get("id", ""))
            for node in self.nodes
            for at, token in enumerate(node.tokens)
            if token.type == "heading_open"
        }
        for position, slide in enumerate(slides, 1):
            for text in slide.texts():
                if text is slide.headline or text.value in identifiers:
                    yield anchor_of(text.plain()), position
                    if identifier := identifiers.get(text.value):
                        yield identifier.lower(), position
            for block in slide.blocks:
                if isinstance(block, Composite) and block.kind == NOTES:
                    for label in _NOTE_LABEL.findall(block.source):
                        yield f"note-{self.markup.notes.get(label, '')}", position

    def left_notes(self) -> Iterator[Block]:
        """Yield the unreferenced footnotes."""
        known = self.markup.notes
        labels = [(node, node.tokens[0].meta["label"]) for node in self._notes]
        left = [node for node, label in labels if label not in known or label in self._left_notes]
        yield from self._note(left)

    def _note(self, nodes: Sequence[Node]) -> Iterator[Composite]:
        """Yield a block of footnotes, if there are any."""
        if not nodes:
            return
        source = "\n\n".join(
            "\n".join(self.source.lines[node.first : node.end]).rstrip(" \t\n") for node in nodes
        )
        written = "\n\n".join(self._written(node.first, node.end) for node in nodes)
        whole = Text(written, self._language, self.line(nodes[0]), self.markup)
        made = composite(source, whole, self.markup, self._definitions)
        self._refuse_long(made)
        yield made

    def left_out(self) -> Iterator[Problem]:
        """Yield each kind of construct that is left out, once, with a count."""
        source = self.source
        for line, number in zip(source.lines, source.numbers, strict=True):
            for tag in tags_of(line):
                source.lose("tag", tag, number)
        for kind, count in source.lost.items():
            example, number = source.first[kind]
            times = f", {count} times" if count > 1 else ""
            message, fix = _LOST[kind]
            yield Problem(f"{message}: {shortened(example)}{times}", fix, number)


_LOST = {
    "tag": (
        "a template tag is left out",
        "write the words or the picture that it stands for",
    ),
    "include": ("a file is not included", "paste its text here"),
    "import": ("a line of a program is left out", "remove it"),
    "component": ("the tag of a component is left out, its content kept", "remove it"),
}


def _refuse_crowded(lines: Sequence[str], number: int) -> None:
    """Raise ArticleError for a block of too many lines, before parsing it, which is slow."""
    count = 0
    for place, line in enumerate(lines):
        count = count + 1 if line.strip() else 0
        if count > MOST_LINES:
            raise ArticleError(
                f"a block of more than {MOST_LINES} lines",
                "divide it by blank lines and headlines",
                line=number + place - count + 1,
            )


def place_in(attributes: str) -> str:
    """Find the place of a figure in attributes such as ``.wide .bleed``; empty if there is none."""
    names = [name.lower() for name in re.findall(r"\.([\w-]+)", attributes)]
    return next((name for name in names if name in PLACES), "")


def _placed(pictures: Sequence[Figure], places: Sequence[str]) -> Iterator[Figure]:
    """Yield pictures in the places that the attributes behind them name."""
    known = places if len(places) == len(pictures) else [""] * len(pictures)
    for picture, attributes in zip(pictures, known, strict=True):
        yield replace(picture, place=place_in(attributes))


def anchor_of(text: str) -> str:
    """Convert text to the anchor that GitHub and most generators use for a heading."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def _depth(node: Node, ranks: list[int]) -> int:
    """Compute the depth of the first heading of a block below the headline, and record it.

    Closes gaps between ranks, so that the outline of the page has none.
    """
    rank = next((int(each.tag[1]) for each in node.tokens if each.type == "heading_open"), 0)
    if not rank:
        return 1
    while len(ranks) > 1 and ranks[-1] >= rank:
        ranks.pop()
    depth = len(ranks)
    if node.kind == "heading":
        ranks.append(rank)
    return depth


def node_is_empty(value: str, markup: Markdown) -> bool:
    """Check whether a paragraph shows nothing, such as a remote picture without any text."""
    if ("<" not in value and "![" not in value) or any(markup.files(value)):
        return False
    html = markup.html(value, "", Showing(""))
    return not re.search(r"<(?:math|a)\b|\w", re.sub(r"<(?!math|a\b)[^<>]*>", "", html))


def _pictures_alone(pieces: Sequence[Token]) -> Iterator[Token]:
    """Yield the pictures of a paragraph of pictures, each as a token with its address."""
    found = []
    for piece in pieces:
        picture = _picture_of(piece)
        if picture:
            found.append(picture)
        elif piece.type in ("link_open", "code_inline") or not _is_around(piece.content):
            return
    yield from found


def _is_around(content: str) -> bool:
    """Check whether a piece is only the tag of an element around a picture."""
    return not content.strip() or _WRAPPER.fullmatch(content) is not None


def _picture_of(piece: Token) -> Token | None:
    if piece.type == "image":
        return piece
    if piece.type != "html_inline" or not piece.content.lower().startswith("<img"):
        return None
    attributes = attributes_of(piece.content)
    words = Token("text", "", 0, content=attributes.get("alt", ""))
    source = {"src": attributes.get("src", ""), "title": attributes.get("title", "")}
    return Token("image", "img", 0, attrs=dict(source), children=[words])


def _grouped(nodes: list[Node]) -> list[Node]:
    """Group nodes: those inside a box or an HTML element follow its opening node."""
    open_at: list[tuple[str, int]] = []
    ends: dict[int, int] = {}
    for place, node in enumerate(nodes):
        for name, is_end in _borders(node):
            if not is_end:
                open_at.append((name, place))
                continue
            matching = next(
                (at for at in reversed(range(len(open_at))) if open_at[at][0] == name), None
            )
            if matching is not None:
                begun = open_at[matching][1]
                del open_at[matching:]
                if begun < place and (
                    name == "box"
                    or not _LAYOUT.fullmatch(name)
                    or not _has_heading(nodes, begun, place)
                ):
                    ends[begun] = max(place, ends.get(begun, 0))
    outer, end = [], -1
    for place in range(len(nodes)):
        if place > end:
            outer.append(place)
            end = ends.get(place, place)
    has_heading = any(nodes[place].rank for place in outer)
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        end = ends.get(place, place)
        # An article that is one box from start to end is still an article.
        if end > place and (has_heading or not _has_heading(nodes, place, end)):
            made.append(_joined(nodes[place : end + 1]))
            place = end + 1
        else:
            made.append(nodes[place])
            place += 1
    return made


def _joined(nodes: list[Node]) -> Node:
    tokens = [token for node in nodes for token in node.tokens]
    return Node([Token("group_open", "", 1), *tokens], nodes[0].first, nodes[-1].end)


def _has_heading(nodes: list[Node], start: int, end: int) -> bool:
    return any(node.rank for node in nodes[start : end + 1])


def _borders(node: Node) -> Iterator[tuple[str, bool]]:
    """Yield the boxes and elements that a node opens and closes."""
    if node.kind in ("box", "box_close"):
        yield "box", node.kind == "box_close"
    elif node.kind == "html_block" or (node.kind == "inline" and node.tokens[0].info == "html"):
        for found in _TAG.finditer(node.tokens[0].content):
            name = found[2].lower()
            if not _VOID.fullmatch(name) and not found[3]:
                yield name, bool(found[1])
