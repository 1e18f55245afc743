"""The front matter of a Markdown article: what it says of itself, in YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from slideshow.errors import ArticleError, Problem
from slideshow.story.formats.plaintext import readable, refuse_controls, shortened
from slideshow.story.languages import tag_of
from slideshow.story.markdown.parser import SCHEME
from slideshow.story.model import Details, Limits

BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)


class _AliasError(Exception):
    """An alias stands in the YAML, on ``line`` from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(yaml.BaseLoader):
    """YAML without aliases, which let a few hundred bytes stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise _AliasError(event.start_mark.line)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter: values with their lines, what stands below it, and how far below."""

    values: Mapping[str, tuple[str, int]]
    body: str
    lines: int


def language_of(source: str, limits: Limits | None = None) -> str | None:
    """Give the tag of the language that the front matter names, None for none or an unknown.

    Raises ArticleError for front matter that cannot be read.
    """
    value, _ = read_front_matter(source, limits or Limits()).values.get("lang", ("", 0))
    return tag_of(value)


def read_front_matter(source: str, limits: Limits) -> FrontMatter:
    """Give the front matter of an article; one without has no values, and all of it below.

    Raises ArticleError, with the line, for front matter that has no end or is not YAML.
    """
    source = readable(source)
    parts = split_front_matter(source)
    if parts is None:
        return FrontMatter({}, source, 0)
    head, body = parts
    above = source.count("\n", 0, source.index(head))
    if len(head) > limits.characters:
        raise ArticleError("front matter too long", "keep it to a few lines", line=1)
    try:
        values = _values(head, above + 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ArticleError(
            f"front matter is not YAML: {getattr(error, 'problem', None) or error}",
            "write each line as `name: value`, the value in quotes if it holds a colon",
            line=above + 1 + (mark.line if mark else 0),
        ) from error
    return FrontMatter(values, body, source.count("\n", 0, len(source) - len(body)))


def split_front_matter(source: str) -> tuple[str, str] | None:
    """Give the front matter of an article and what stands below it; None if it has none.

    Raises ArticleError for front matter that has no end.
    """
    if not BOUNDARY.match(source):
        return None
    parts = BOUNDARY.split(source, 2)
    if len(parts) < 3:
        raise ArticleError("the front matter has no end", "write a line `---` below it", line=1)
    return parts[1], parts[2]


def _values(head: str, first_line: int) -> dict[str, tuple[str, int]]:
    """Give the plain values of YAML as they are written: `no` is Norwegian, not false.

    Their names are in small letters: `Title` is as good as `title`.
    """
    try:
        root = yaml.compose(head, Loader=_Loader)
    except _AliasError as error:
        raise ArticleError(
            "front matter repeats a value by an alias",
            "write the value out; put a value that starts with * in quotes",
            line=first_line + error.line,
        ) from error
    except RecursionError as error:
        raise ArticleError(
            "front matter nested too deeply", "write each line as `name: value`", line=first_line
        ) from error
    except (OverflowError, ValueError) as error:  # "\\UFFFFFFFF"
        raise ArticleError(
            "front matter names a character that there is not", "write it out", line=first_line
        ) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError(
            "front matter holds no `name: value`",
            "write it so, or put a blank line above the first ---",
            line=first_line,
        )
    for name, _ in root.value:
        if not isinstance(name, yaml.ScalarNode):
            raise ArticleError(
                "front matter has a list where a name is expected",
                "write each line as `name: value`",
                line=first_line + name.start_mark.line,
            )
    values = {
        str(name.value).lower(): (_scalar(node), first_line + node.start_mark.line)
        for name, node in root.value
    }
    for value, line in values.values():
        refuse_controls(value, line)  # which YAML has names for
    return values


def _scalar(node: yaml.Node) -> str:
    """Give a value, of a list its values, as in `author: [Ada, Grace]`; empty for the rest."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    values = (each.value for each in nodes if isinstance(each, yaml.ScalarNode))
    return ", ".join(value.strip(" \t\n") for value in values)


def details_of(matter: FrontMatter, language: str, problems: list[Problem]) -> Details:
    """Give what the article says about itself; what is amiss there is added to ``problems``."""
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
    if image and not is_beside(image):
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
        image=image if image and is_beside(image) else None,
        image_line=line,
    )


def _iso(value: str) -> str | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value).isoformat()
        except ValueError:
            continue
    return None


def is_beside(file: str) -> bool:
    """Tell whether ``file`` is a path that stays in the folder of the article."""
    parts = file.split("/")
    return bool(parts[0]) and ".." not in parts and not SCHEME.match(file) and "\\" not in file
