"""Finds the front matter of an article, in any of its formats, and reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from slideshow.errors import ArticleError, Problem
from slideshow.story.frontmatter.readers import PAIR, READERS
from slideshow.story.frontmatter.values import Value, plain_name
from slideshow.story.limits import Limits
from slideshow.story.plaintext.lines import readable, refuse_controls

# The line above front matter, with its format unless that is YAML. Word processors make a dash of
# three hyphens.
OPENING = re.compile(r"(-{3,}|—-?|\+{3}|;{3})[ \t]*(yaml|yml|toml|json)?[ \t]*", re.IGNORECASE)
KINDS = {"-": "yaml", "—": "yaml", "+": "toml", ";": "json"}
YAML_STARTS = ("{", "[", "?", "&", "*", "- ", '"', "!")  # for text that is not a pair on one line
ENDINGS = {
    "-": re.compile(r"-{3,}[ \t]*|\.{3}[ \t]*"),
    "—": re.compile(r"(?:—-?|-{3,})[ \t]*"),
    "+": re.compile(r"\+{3}[ \t]*"),
}
JSON_ENDING = re.compile(r";{3}[ \t]*")
COMMENT = re.compile(r"[ \t]*(?:#.*)?")
LICENCE = re.compile(r"[ \t]*#[ \t]*SPDX-")
TITLE = re.compile(r"^[\"']?title[\"']?[ \t]*[:=]", re.MULTILINE | re.IGNORECASE)
TITLE_BLOCK = re.compile(r"%[ \t]+")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter: values by name, the text below it, and the number of lines above that.

    ``values`` has the scalars, each with its line; ``fields`` has all values, by normalised name.
    ``problems`` lists the unreadable parts.
    """

    values: Mapping[str, tuple[str, int]]
    body: str
    lines: int
    fields: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The front matter of a source as text, its format, its first line, and the text below."""

    head: str
    kind: str
    first_line: int
    body: str


def read_front_matter(source: str, limits: Limits) -> FrontMatter:
    """Parse the front matter of an article; without any, the whole article is the text below.

    Raises ArticleError, with the line, for front matter that has no end or cannot be read.
    """
    source = readable(source)
    parts = _split(source) or _below_blank_lines(source)
    if parts is None:
        return FrontMatter({}, source, 0)
    if len(parts.head) > limits.characters:
        raise ArticleError("front matter too long", "keep it to a few lines", line=1)
    problems: list[Problem] = []
    named = READERS[parts.kind](parts.head, parts.first_line, problems)
    for value in named.values():
        for part in value.parts():
            refuse_controls(part.text, part.line)  # for which YAML has names
    return FrontMatter(
        {name: (", ".join(value.texts()), value.line) for name, value in named.items()},
        parts.body,
        source.count("\n", 0, len(source) - len(parts.body)),
        {plain_name(name): value for name, value in named.items()},
        tuple(problems),
    )


def _split(source: str) -> _Parts | None:
    first, _, rest = source.partition("\n")
    if match := OPENING.fullmatch(first):
        return _between(match, rest)
    if first.startswith("{"):
        return _object(source)
    if first.startswith("@def "):
        return _definitions(source)
    if TITLE_BLOCK.match(first):
        return _title_block(source)
    return None


def _below_blank_lines(source: str) -> _Parts | None:
    """Find front matter below blank lines, which has a title and an end."""
    above = len(source) - len(source.lstrip("\n"))
    with suppress(ArticleError):
        parts = _split(source[above:]) if above else None
        if parts and TITLE.search(parts.head):
            return replace(parts, first_line=parts.first_line + above)
    return None


def _between(opening: re.Match[str], rest: str) -> _Parts | None:
    """Find front matter between two lines of signs; None if the first is a rule."""
    mark = opening[1][0]
    kind = (opening[2] or KINDS[mark]).lower().replace("yml", "yaml")
    ending = ENDINGS.get(mark, JSON_ENDING)
    head: list[str] = []
    for line in rest.split("\n"):
        if ending.fullmatch(line):
            text = "\n".join(head)
            body = rest[len(text) + bool(head) + len(line) + 1 :]
            is_meant = kind != "yaml" or opening[2] or _is_yaml(head) or not text.strip()
            return _Parts(text, kind, 2, body) if is_meant else None
        head.append(line)
    if mark == "—" or (kind == "yaml" and not opening[2] and not _is_yaml(head)):
        return None
    fix = f"write a line `{opening[1]}` below it"
    raise ArticleError("the front matter has no end", fix, line=1)


def _is_yaml(lines: list[str]) -> bool:
    """Distinguish front matter from text between two rules: it starts with `name:`."""
    first = next((line for line in lines if not COMMENT.fullmatch(line)), "")
    if not first:  # nothing but comments, which a heading would look like
        return any(LICENCE.match(line) for line in lines)
    return bool(PAIR.match(first)) or first.lstrip().startswith(YAML_STARTS)


def _object(source: str) -> _Parts | None:
    """Parse the JSON object at the start of a source; None if there is none."""
    try:
        found, end = json.JSONDecoder().raw_decode(source)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or source[end : end + 1] not in ("\n", ""):
        return None
    return _Parts(source[:end], "json", 1, source[end + 1 :])


def _definitions(source: str) -> _Parts:
    """Find the lines with @def at the start of an article, Franklin's front matter."""
    lines = source.split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith("@def ")), len(lines))
    head = "\n".join(line.removeprefix("@def ") for line in lines[:count])
    return _Parts(head, "@def", 1, "\n".join(lines[count:]))


def _title_block(source: str) -> _Parts:
    """Find the lines with % at the start of an article, Pandoc's title block."""
    lines = source.split("\n")
    count = 0
    while count < len(lines) and (
        (count < 3 and lines[count].startswith("%")) or (count and lines[count][:1] in (" ", "\t"))
    ):
        count += 1
    return _Parts("\n".join(lines[:count]), "%", 1, "\n".join(lines[count:]))
