"""The blocks of a Markdown article: headings, paragraphs, figures, lists, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import Any

from markdown_it.token import Token

from slideshow.errors import ArticleError, Problem
from slideshow.story.elsewhere import elsewhere
from slideshow.story.frontmatter import FrontMatter
from slideshow.story.limits import Limits
from slideshow.story.markdown.blocks import NOTES, Composite, Markdown, composite, may_show_pictures
from slideshow.story.markdown.figures import Figures, place_in
from slideshow.story.markdown.inlines import NOTE
from slideshow.story.markdown.nodes import Node, depth_of, grouped
from slideshow.story.markdown.parser import PARSER, is_cut, parse_blocks, parse_line
from slideshow.story.markdown.reshaping import says_nothing
from slideshow.story.markdown.source import cleaned, without_data
from slideshow.story.model import Block, Text
from slideshow.story.showing import Showing

MAX_BLOCK_LINES = 10_000  # without a blank line between them


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that starts a slide, or the title."""

    text: Text
    rank: int
    identifier: str = ""
    place: str = ""


class Article:
    """The blocks of an article; their problems are added to ``problems``."""

    def __init__(
        self, matter: FrontMatter, language: str, limits: Limits, problems: list[Problem]
    ) -> None:
        self._language = language
        self._limits = limits
        self._problems = problems
        self._env: dict[str, Any] = {}
        body = without_data(matter.body)
        self._raw = body.split("\n")
        _refuse_crowded(self._raw, matter.lines + 1)
        self.source = cleaned(body, matter.lines)
        self._raw_start = matter.lines + 1
        tokens = parse_blocks("\n".join(self.source.lines), self._env)
        nodes = list(self._nodes(tokens))
        self._notes = [node for node in nodes if node.kind == NOTES]
        self.nodes = grouped([node for node in nodes if node.kind != NOTES])
        numbers = self._numbers()
        self.markup = Markdown(numbers)
        self._left_notes = dict.fromkeys(numbers)
        self._figures = Figures(language, self._env, self._text, self.report)

    def _nodes(self, tokens: list[Token]) -> Iterator[Node]:
        start, depth = 0, 0
        for place, token in enumerate(tokens):
            if is_cut(token):
                raise ArticleError(
                    "nested too deeply", "use fewer lists in lists", line=self._number(token)
                )
            depth += token.nesting
            has_title = token.type == "box_open" and any(
                each.type == "inline" and each.info == "title"
                for each in tokens[place + 1 : place + 2]
            )
            if depth == 0 and not has_title:
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
        referred = [label for label in NOTE.findall(text) if label in known]
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
                    self._figures.examine(text)
                    referred += NOTE.findall(text.value) if "[^" in text.value else ()
                yield made
        yield from self._notes_for(referred)

    def _block(self, node: Node, ranks: list[int]) -> Iterator[Block]:
        source = "\n".join(self._lines(node)).rstrip(" \t\n")
        numbers = self.source.numbers[node.first : node.end]
        line = self.line(node)
        if node.kind == "paragraph" or (node.kind == "inline" and "<img" in node.content):
            yield from self._paragraph(node, line)
            return
        written = Text(self._written(node.first, node.end), self._language, line, self.markup)
        made = composite(source, written, self.markup, self._definitions, numbers)
        if made.pieces or node.kind == "math_block":
            self._refuse_long(made)
            yield replace(made, depth=depth_of(node, ranks))

    def _lines(self, node: Node) -> list[str]:
        """Return the lines of a block, without the footnotes in a box: they are below the slide."""
        lines = self.source.lines[node.first : node.end]
        for note in self._notes if node.kind == "group" else ():
            if node.first <= note.first < node.end:
                first, end = note.first - node.first, note.end - node.first
                lines[first:end] = [""] * (end - first)
        return lines

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
        if may_show_pictures(value):
            figures = self._figures.of_paragraph(value, node, line)
            if figures is not None:
                yield from figures
                return
        text = self._text(value, line)
        if _shows_nothing(value, self.markup):
            self._figures.examine(text)  # which are all that it has
        else:
            yield elsewhere(text) or text

    def _text(self, value: str, line: int) -> Text:
        return Text(value + self._definitions(value), self._language, line, self.markup)

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
            if text.markup.is_prose:
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
            for label in NOTE.findall(text.value)
        ]
        if any(label in self._left_notes for label in inner):
            yield from self._notes_for(inner)

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
        sources, numbers = [], []
        for node in nodes:
            lines = dedent("\n".join(self._lines(node)))  # it may be in a box
            sources.append(lines.rstrip(" \t\n"))
            count = sources[-1].count("\n") + 2  # with the blank line below it
            numbers += [self.source.number(node.first + place) for place in range(count)]
        source = "\n\n".join(sources)
        written = "\n\n".join(self._written(node.first, node.end) for node in nodes)
        whole = Text(written, self._language, self.line(nodes[0]), self.markup)
        made = composite(source, whole, self.markup, self._definitions, numbers)
        self._refuse_long(made)
        yield made


def _refuse_crowded(lines: Sequence[str], number: int) -> None:
    """Raise ArticleError for a block of too many lines, before parsing it, which is slow."""
    count = 0
    for place, line in enumerate(lines):
        count = count + 1 if line.strip() else 0
        if count > MAX_BLOCK_LINES:
            raise ArticleError(
                f"a block of more than {MAX_BLOCK_LINES} lines",
                "divide it by blank lines and headlines",
                line=number + place - count + 1,
            )


def _shows_nothing(value: str, markup: Markdown) -> bool:
    """Check whether a paragraph shows nothing, such as a remote picture without any text."""
    if ("<" not in value and "![" not in value) or any(markup.files(value)):
        return False
    html = markup.html(value, "", Showing(""))
    return not re.search(r"<(?:math|a)\b|\w", re.sub(r"<(?!math|a\b)[^<>]*>", "", html))
