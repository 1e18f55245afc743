"""Markdown into a story, and its texts into HTML that is safe whatever they hold.

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
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from slideshow.errors import ArticleError, Problem
from slideshow.story.languages import tag_of
from slideshow.story.model import Details, Limits, Picture, Slide, Story, Text
from slideshow.story.plaintext import readable, shortened

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto")  # of links; the rest stays text
KEPT = "\u00a0\u2007\u2009\u202f\u3000"  # blanks that are part of a text
LINK = ("link_open", "link_close")
NESTED = ("blockquote_open", "list_item_open")
DEEPEST = 20  # levels of lists and quotations; what is deeper markdown-it drops in silence
FRONT_MATTER = YAMLHandler()


class _Reader(MarkdownIt):
    """Finds every link and picture, whatever it leads to, so that each can be reported."""

    def validateLink(self, url: str) -> bool:
        return True


class _Renderer(MarkdownIt):
    """Makes links of harmless addresses only."""

    def validateLink(self, url: str) -> bool:
        scheme = SCHEME.match(url)
        return scheme is None or scheme[1].lower() in SCHEMES


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
    paragraphs: list[Text] = field(default_factory=list)
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class _Matter:
    """The front matter: values with their lines, what stands below it, and how far below."""

    values: Mapping[str, tuple[str, int]]
    body: str
    lines: int


def parse_markdown(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Give the story that a Markdown article tells.

    ``language`` is the tag of the language it is written in. Raises ArticleError, with the
    line, for broken front matter, an article without a title or a slide, a headline with
    nothing below it before the last one, or one that exceeds ``limits``.
    """
    limits = limits or Limits()
    matter = _front_matter(source, limits)
    problems: list[Problem] = []
    details = _details(matter, language, problems)
    reading = _Reading(language, limits, problems)
    reading.read(matter)
    story = Story(
        slug=slug,
        title=reading.title or _title(matter, language),
        slides=tuple(reading.slides()),
        language=language,
        source_language=language,
        is_markdown=True,
        details=details,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )
    if not story.slides:
        raise ArticleError(
            "no slide", "add a line `## Headline` and a paragraph below it", line=story.title.line
        )
    limits.apply_to(story)
    return story


def language_of(source: str) -> str | None:
    """Give the tag of the language that the front matter names, None for none or an unknown.

    Raises ArticleError for front matter that cannot be read.
    """
    value, _ = _front_matter(source, Limits()).values.get("lang", ("", 0))
    return tag_of(value)


def render(value: str) -> str:
    """Give a paragraph's Markdown as HTML of its own blocks; never empty for what is not."""
    env: dict[str, Any] = {}
    tokens = _RENDERER.parse(value, env)
    if value and (not _words(tokens) or any(map(_is_cut, tokens))):
        return f"<p>{escapeHtml(value)}</p>\n"
    rendered: str = _RENDERER.renderer.render(tokens, _RENDERER.options, env)
    return rendered


def render_inline(value: str) -> str:
    """Give a headline's or title's Markdown as HTML.

    Its links are left out and their texts kept: headlines stand inside links themselves.
    """
    tokens = _RENDERER.parseInline(value)
    if not _words(tokens):
        return escapeHtml(value)
    for token in tokens:
        pieces = token.children or []
        token.children = [piece for piece in pieces if piece.type not in LINK]
    rendered: str = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    return rendered


def plain(value: str) -> str:
    """Give a text in one line without its Markdown, for titles, descriptions and the like.

    What is one line already is read as a headline is: in "2. Two" the number is text.
    """
    parse = _RENDERER.parse if "\n" in value else _RENDERER.parseInline
    return _words(parse(value)) or value


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

    def read(self, matter: _Matter) -> None:
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
            if part.paragraphs or part.picture:
                yield Slide(part.headline, tuple(part.paragraphs), part.picture)
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
            if _is_cut(token):
                raise ArticleError("nested too deeply", "use fewer lists in lists", line=line)
            if token.level or token.nesting < 0 or token.type == "hr":
                continue
            source = "\n".join(self._lines[first:end]).rstrip(" \t\n")
            if token.type == "heading_open" and token.tag in ("h1", "h2"):
                value = _with_blanks(tokens[place + 1].content, source).replace("\n", " ")
                yield _Block(token.tag, value, line)
            elif token.type == "paragraph_open":
                yield _Block("paragraph", source.lstrip(" \t"), line)
            else:
                yield _Block("block", source, line)

    def _add_headline(self, block: _Block) -> None:
        text = Text(block.value, self._language, block.line)
        if not block.value:
            raise ArticleError("an empty headline", "write its text behind the #", line=block.line)
        if any(token.type == "link_open" for token in self._inline(block)):
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
        children = self._inline(block) if block.kind == "paragraph" else []
        pictures = [token for token in children if token.type == "image"]
        if pictures and all(token.type in ("image", "softbreak") for token in children):
            for token in pictures:
                self._add_picture(part, token, block.line)
        else:
            value = block.value + self._definitions(block)
            part.paragraphs.append(Text(value, self._language, block.line))

    def _inline(self, block: _Block) -> list[Token]:
        """Give the pieces of a line of text; none where it has neither link nor picture."""
        if "[" not in block.value and "<" not in block.value:
            return []
        self._refuse_long(block)
        return _READER.parseInline(block.value, self._references)[0].children or []

    def _refuse_long(self, block: _Block) -> None:
        # Before it is parsed, which for hostile text takes long.
        if len(block.value) > self._limits.characters:
            raise ArticleError(
                f"a text of {len(block.value)} characters; {self._limits.characters} are allowed",
                "split it into paragraphs, or raise the limit",
                line=block.line,
            )

    def _add_picture(self, part: _Part, token: Token, line: int) -> None:
        file = unquote(str(token.attrs["src"]))
        alt = _text(token.children or [])
        credit = str(token.attrs.get("title", ""))
        if part.picture:
            self._report(
                f"{file!r} is the slide's second picture and is left out",
                "give it a headline of its own, or remove it",
                line,
            )
        elif not _is_local(file):
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
            part.picture = Picture(
                file,
                Text(alt, self._language, line),
                Text(credit, self._language, line) if credit else None,
            )

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


def _front_matter(source: str, limits: Limits) -> _Matter:
    source = readable(source)
    if not FRONT_MATTER.detect(source):
        return _Matter({}, source, 0)
    above = 0
    try:
        head, body = FRONT_MATTER.split(source)
        above = source.count("\n", 0, source.index(head))
        if len(head) > limits.characters:
            raise ArticleError("front matter too long", "keep it to a few lines", line=1)
        values = _values(head, above + 1)
    except ValueError as error:
        raise ArticleError(
            "the front matter has no end", "write a line `---` below it", line=1
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ArticleError(
            f"front matter is not YAML: {getattr(error, 'problem', None) or error}",
            "write each line as `name: value`, the value in quotes if it holds a colon",
            line=above + 1 + (mark.line if mark else 0),
        ) from error
    return _Matter(values, body, source.count("\n", 0, len(source) - len(body)))


def _values(head: str, first_line: int) -> dict[str, tuple[str, int]]:
    """Give the plain values of YAML as they are written: `no` is Norwegian, not false."""
    try:
        root = yaml.compose(head, Loader=yaml.BaseLoader)
    except RecursionError as error:
        raise ArticleError(
            "front matter nested too deeply", "write each line as `name: value`", line=first_line
        ) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError(
            "front matter holds no `name: value`",
            "write it so, or put a blank line above the first ---",
            line=first_line,
        )
    return {
        str(name.value): (_scalar(node), first_line + node.start_mark.line)
        for name, node in root.value
    }


def _scalar(node: yaml.Node) -> str:
    """Give a value, of a list its values, as in `author: [Ada, Grace]`; empty for the rest."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    values = (each.value for each in nodes if isinstance(each, yaml.ScalarNode))
    return ", ".join(value.strip(" \t\n") for value in values)


def _title(matter: _Matter, language: str) -> Text:
    value, line = matter.values.get("title", ("", 0))
    if not value:
        raise ArticleError("no title", "write a line `# Title` at the top", line=1)
    return Text(value.replace("\n", " "), language, line)


def _details(matter: _Matter, language: str, problems: list[Problem]) -> Details:
    found = {name: pair for name, pair in matter.values.items() if pair[0]}
    lang, line = found.get("lang", (language, 0))
    if tag_of(lang) != tag_of(language):
        problems.append(
            Problem(f"lang {shortened(lang)!r} is not {language!r}", "make both the same", line)
        )
    day, line = found.get("date", ("", 0))
    if day and not _iso(day):
        problems.append(
            Problem(f"date {shortened(day)!r} is not a date", "write it as 2026-11-24", line)
        )
    image, line = found.get("image", ("", 0))
    if image and not _is_local(image):
        problems.append(
            Problem(
                f"image {shortened(image)!r} is not a file beside the article and is left out",
                "save it in the folder of the article and name it relative to that",
                line,
            )
        )
    return Details(
        author=found.get("author", (None, 0))[0],
        date=_iso(day),
        source=found.get("source", (None, 0))[0],
        image=image if image and _is_local(image) else None,
    )


def _iso(value: str) -> str | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value).isoformat()
        except ValueError:
            continue
    return None


def _is_local(file: str) -> bool:
    """Tell whether ``file`` is a path that stays in the folder of the article."""
    parts = file.split("/")
    return bool(parts[0]) and ".." not in parts and not SCHEME.match(file) and "\\" not in file


def _is_cut(token: Token) -> bool:
    return token.type in NESTED and token.level + 1 >= DEEPEST


def _words(tokens: Sequence[Token]) -> str:
    """Give the text of some blocks in one line; empty if there is none to see."""
    texts = (_text(token.children) if token.children else token.content for token in tokens)
    return " ".join(text for text in texts if text.strip(" \t\n")).replace("\n", " ")


def _text(children: Sequence[Token]) -> str:
    return "".join(
        " "
        if token.type in ("softbreak", "hardbreak")
        else _text(token.children or [])
        if token.type == "image"
        else token.content
        for token in children
    )


def _with_blanks(content: str, source: str) -> str:
    """Give ``content`` with the blanks of KEPT around it that markdown-it strips from it."""
    if not content:
        return content
    before, _, after = source.partition(content)
    left = before[len(before.rstrip(KEPT)) :]
    return left + content + after[: len(after) - len(after.lstrip(KEPT))]


def _keep_blanks(state: StateCore) -> None:
    lines = state.src.split("\n")
    for token in state.tokens:
        if token.type == "inline" and token.content and token.map:
            token.content = _with_blanks(token.content, "\n".join(lines[slice(*token.map)]))


def _link(
    self: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    address = str(tokens[place].attrs.get("href", ""))
    if address.startswith(("http:", "https:", "//")):
        tokens[place].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, place, options, env)


def _made_renderer() -> _Renderer:
    made = _Renderer("commonmark", {"html": False, "maxNesting": DEEPEST})
    made.core.ruler.after("block", "blanks", _keep_blanks)
    made.add_render_rule("link_open", _link)
    made.add_render_rule("image", lambda _, tokens, at, *__: escapeHtml(_text([tokens[at]])))
    made.add_render_rule("heading_open", lambda *_: "<p><strong>")
    made.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    # Rules are compiled at first use, and half compiled for a second thread meanwhile.
    made.render("compile")
    return made


_READER = _Reader("commonmark", {"html": False, "maxNesting": DEEPEST, "store_labels": True})
_RENDERER = _made_renderer()
