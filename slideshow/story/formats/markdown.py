"""A Markdown article into a story.

CommonMark, with YAML front matter. The first ``# heading`` is the title (else the ``title``
of the front matter), each ``## heading`` a headline; every block below it is a paragraph,
kept as Markdown source, since that is what is translated and rendered on its own. So are
lists, quotations and code. A deeper heading is a paragraph in bold. A rule (``---``) is
dropped. Raw HTML and tables show as they are written. A picture alone in its paragraph is
the slide's picture; elsewhere its alternative text stands for it. The definitions of
reference links go with each paragraph that uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from slideshow.errors import ArticleError, Problem
from slideshow.story.formats.format import Format
from slideshow.story.formats.plaintext import first_line, readable, shortened
from slideshow.story.frontmatter import (
    FrontMatter,
    details_of,
    is_beside,
    language_of,
    read_front_matter,
    split_front_matter,
)
from slideshow.story.model import Block, Limits, Picture, Slide, Story, Text
from slideshow.story.rendering import DEEPEST, MARKDOWN, is_cut, text_of, with_blanks

# CommonMark 0.31, section 4.2, without what makes a heading of it that is more than its line.
_HEADING = re.compile(r" {0,3}#[ \t]+(?![ \t]*#)([^\\\n]*?)(?:[ \t]+#+)?[ \t]*")


class _Reader(MarkdownIt):
    """Finds every link and picture, whatever it leads to, so that each can be reported."""

    def validateLink(self, url: str) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class _Block:
    """A block at the top level: ``value`` is its source, of a heading the text alone."""

    kind: str
    value: str
    line: int


@dataclass(slots=True)
class _Part:
    """A slide in the making."""

    headline: Text
    blocks: list[Block] = field(default_factory=list)
    has_picture: bool = False


def parse_markdown(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Give the story that a Markdown article tells.

    ``language`` is the tag of the language it is written in. Raises ArticleError, with the
    line, for broken front matter, an article without a title or a slide, a headline with
    nothing below it before the last one, or one that exceeds ``limits``.
    """
    limits = limits or Limits()
    matter = read_front_matter(source, limits)
    problems: list[Problem] = []
    details = details_of(matter, language, problems)
    reading = _Reading(language, limits, problems)
    reading.read(matter)
    story = Story(
        slug=slug,
        title=reading.title or _title(matter, language),
        slides=tuple(reading.slides()),
        language=language,
        source_language=language,
        details=details,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )
    if not story.slides:
        raise ArticleError(
            "no slide", "add a line `## Headline` and a paragraph below it", line=story.title.line
        )
    limits.apply_to(story)
    return story


def title_at_head(head: str) -> str | None:
    """Return the title that an article begins with; ``head`` is its first part, cut anywhere.

    None if only a reading of the whole article tells.
    """
    try:
        _, body = split_front_matter(readable(head)) or ("", head)
    except ArticleError:
        return None
    heading = _HEADING.fullmatch(first_line(body) or "")
    return heading[1] if heading and heading[1] else None


class _Reading:
    """Goes through an article's blocks and gathers title, slides and problems."""

    def __init__(self, language: str, limits: Limits, problems: list[Problem]) -> None:
        self.title: Text | None = None
        self._language = language
        self._limits = limits
        self._problems = problems
        self._parts: list[_Part] = []
        self._references: dict[str, Any] = {}
        self._lines: list[str] = []

    def read(self, matter: FrontMatter) -> None:
        tokens: list[Token] = []
        _READER.block.parse(matter.body, _READER, self._references, tokens)
        self._lines = matter.body.split("\n")
        for block in self._blocks(tokens, matter.lines):
            if block.kind in ("h1", "h2"):
                self._add_headline(block)
            elif self._parts:
                self._add_to(self._parts[-1], block)
            else:
                self._report(
                    f"{shortened(block.value)!r} stands before the first headline and is left out",
                    "write a line `## Headline` above it",
                    block.line,
                )

    def slides(self) -> Iterator[Slide]:
        for part in self._parts:
            if part.blocks:
                yield Slide(part.headline, tuple(part.blocks))
                continue
            name = shortened(part.headline.value)
            if part is not self._parts[-1]:
                raise ArticleError(
                    f"headline {name!r} has no paragraph",
                    "write one below it, or take the headline out",
                    line=part.headline.line,
                )
            self._report(
                f"headline {name!r} has no paragraph and is left out",
                "write a paragraph below it, or remove it",
                part.headline.line,
            )

    def _report(self, message: str, fix: str, line: int) -> None:
        self._problems.append(Problem(message, fix, line))

    def _blocks(self, tokens: Sequence[Token], lines_above: int) -> Iterator[_Block]:
        for place, token in enumerate(tokens):
            first, end = token.map or (0, 0)
            line = lines_above + first + 1
            if is_cut(token):
                raise ArticleError("nested too deeply", "use fewer lists in lists", line=line)
            if token.level or token.nesting < 0 or token.type == "hr":
                continue
            source = "\n".join(self._lines[first:end]).rstrip(" \t\n")
            if token.type == "heading_open" and token.tag in ("h1", "h2"):
                value = with_blanks(tokens[place + 1].content, source).replace("\n", " ")
                yield _Block(token.tag, value, line)
            elif token.type == "paragraph_open":
                yield _Block("paragraph", source.lstrip(" \t"), line)
            else:
                yield _Block("block", source, line)

    def _add_headline(self, block: _Block) -> None:
        text = Text(block.value, self._language, block.line, MARKDOWN)
        if not block.value:
            raise ArticleError("an empty headline", "write its text behind the #", line=block.line)
        # Neither a link nor a picture does without these; to look closer takes long.
        has_marks = "[" in block.value or "<" in block.value
        if has_marks and any(token.type == "link_open" for token in self._inline(block)):
            self._report(
                "a link in a headline is shown as text", "put it in the paragraph", block.line
            )
        if block.kind == "h1" and self.title is None:
            self.title = text
            return
        if block.kind == "h1":
            self._report(
                f"{shortened(block.value)!r} is a second title, taken as a headline",
                "write ## instead of #",
                block.line,
            )
        self._parts.append(_Part(text))

    def _add_to(self, part: _Part, block: _Block) -> None:
        is_candidate = block.kind == "paragraph" and "![" in block.value
        children = self._inline(block) if is_candidate else []
        pictures = [token for token in children if token.type == "image"]
        if pictures and all(token.type in ("image", "softbreak") for token in children):
            for token in pictures:
                self._add_picture(part, token, block.line)
        else:
            value = block.value + self._definitions(block)
            part.blocks.append(Text(value, self._language, block.line, MARKDOWN))

    def _inline(self, block: _Block) -> list[Token]:
        """Give the pieces of a line of text."""
        self._refuse_long(block)
        return _READER.parseInline(block.value, self._references)[0].children or []

    def _refuse_long(self, block: _Block) -> None:
        # Before it is parsed, which for hostile text takes long.
        if len(block.value) > self._limits.characters:
            raise ArticleError(
                f"a text of {len(block.value)} characters; {self._limits.characters} are allowed",
                "split it into paragraphs, or raise SLIDESHOW_ARTICLE_CHARACTERS",
                line=block.line,
            )

    def _add_picture(self, part: _Part, token: Token, line: int) -> None:
        file = unquote(str(token.attrs["src"]))
        alt = text_of(token.children or [])
        credit = str(token.attrs.get("title", ""))
        if part.has_picture:
            self._report(
                f"{file!r} is the slide's second picture and is left out",
                "give it a headline of its own, or remove it",
                line,
            )
        elif not is_beside(file):
            self._report(
                f"picture {shortened(file)!r} is not a file beside the article and is left out",
                "save it in the folder of the article and name it relative to that",
                line,
            )
        else:
            if not alt:
                self._report(
                    f"picture {file!r} has no alternative text",
                    "say between the brackets what it shows",
                    line,
                )
            part.has_picture = True
            shows = Text(alt, self._language, line)
            by = Text(credit, self._language, line) if credit else None
            part.blocks.append(Picture(file, shows, by))

    def _definitions(self, block: _Block) -> str:
        """Give the definitions of the reference links that a block uses, to stand below it."""
        references = self._references.get("references")
        if not references or "[" not in block.value:
            return ""
        self._refuse_long(block)
        tokens = _READER.parse(block.value, {"references": references})
        labels = {
            token.meta["label"]
            for outer in tokens
            for token in outer.children or []
            if "label" in token.meta
        }
        maps = sorted(references[label]["map"] for label in labels if label in references)
        found = ["\n".join(self._lines[first:end]).strip(" \t\n") for first, end in maps]
        return "\n\n" + "\n".join(found) if found else ""


def _title(matter: FrontMatter, language: str) -> Text:
    value, line = matter.values.get("title", ("", 0))
    if not value:
        raise ArticleError("no title", "write a line `# Title` at the top", line=1)
    return Text(value.replace("\n", " "), language, line, MARKDOWN)


_READER = _Reader("commonmark", {"html": False, "maxNesting": DEEPEST, "store_labels": True})

FORMAT = Format((".md", ".markdown", ".mdown", ".mkd"), parse_markdown, title_at_head, language_of)
