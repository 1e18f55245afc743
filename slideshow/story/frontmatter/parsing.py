"""Parses front matter in YAML, TOML or JSON, and Pandoc's title block, with line numbers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

import yaml

from slideshow.errors import ArticleError, Problem
from slideshow.story.frontmatter.values import Value, plain_name
from slideshow.story.model import Limits
from slideshow.story.plaintext.lines import readable, refuse_controls

# The line above front matter, with its format unless that is YAML.
OPENING = re.compile(r"(-{3,}|\+{3}|;{3})[ \t]*(yaml|yml|toml|json)?[ \t]*", re.IGNORECASE)
KINDS = {"-": "yaml", "+": "toml", ";": "json"}
YAML_STARTS = ("{", "[", "?", "&", "*", "- ", '"', "!")  # for text that is not a pair on one line
ENDINGS = {"-": re.compile(r"-{3,}[ \t]*|\.{3}[ \t]*"), "+": re.compile(r"\+{3}[ \t]*")}
JSON_ENDING = re.compile(r";{3}[ \t]*")
PAIR = re.compile(r"""[ \t]*(["']?)([^\W\d][\w .-]*)\1[ \t]*[:=](?:[ \t]+(.*))?""")
COMMENT = re.compile(r"[ \t]*(?:#.*)?")
TITLE_BLOCK = re.compile(r"%[ \t]+")
MAX_NESTING = 20  # levels of lists and mappings


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


class _AliasError(Exception):
    """The YAML contains an alias, on ``line`` from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(yaml.BaseLoader):
    """YAML without aliases, by which a few hundred bytes could expand to gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise _AliasError(event.start_mark.line)
        return super().compose_node(parent, index)


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
    parts = _split(source)
    if parts is None:
        return FrontMatter({}, source, 0)
    if len(parts.head) > limits.characters:
        raise ArticleError("front matter too long", "keep it to a few lines", line=1)
    problems: list[Problem] = []
    named = _READERS[parts.kind](parts.head, parts.first_line, problems)
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


def split_front_matter(source: str) -> tuple[str, str] | None:
    """Split an article into its front matter and the text below; None if it has none.

    Raises ArticleError for front matter that has no end.
    """
    parts = _split(source)
    return (parts.head, parts.body) if parts else None


def _split(source: str) -> _Parts | None:
    first, _, rest = source.partition("\n")
    if match := OPENING.fullmatch(first):
        return _between(match, rest)
    if first.startswith("{"):
        return _object(source)
    if TITLE_BLOCK.match(first):
        return _title_block(source)
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
    if kind == "yaml" and not opening[2] and not _is_yaml(head):
        return None
    fix = f"write a line `{opening[1]}` below it"
    raise ArticleError("the front matter has no end", fix, line=1)


def _is_yaml(lines: list[str]) -> bool:
    """Distinguish front matter from text between two rules: it starts with `name:`."""
    first = next((line for line in lines if not COMMENT.fullmatch(line)), "")
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


def _title_block(source: str) -> _Parts:
    """Find the lines with % at the start of an article, Pandoc's title block."""
    lines = source.split("\n")
    count = 0
    while count < len(lines) and (
        (count < 3 and lines[count].startswith("%")) or (count and lines[count][:1] in (" ", "\t"))
    ):
        count += 1
    return _Parts("\n".join(lines[:count]), "%", 1, "\n".join(lines[count:]))


def _yaml(head: str, first_line: int, problems: list[Problem]) -> dict[str, Value]:
    """Parse YAML, with all values exactly as written: `no` is Norwegian, not false."""
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
            "front matter has an invalid character code",
            "type the character itself",
            line=first_line,
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            Problem(
                f"front matter is not YAML: {getattr(error, 'problem', None) or error}",
                "write each line as `name: value`, the value in quotes if it holds a colon",
                first_line + (mark.line if mark else 0),
            )
        )
        return _by_lines(head, first_line)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError(
            "no `name: value` line between the --- lines",
            "add one, such as `author: Ada Martin`; if --- is a rule, put a blank line above it",
            line=first_line,
        )
    for name, _ in root.value:
        if not isinstance(name, yaml.ScalarNode):
            raise ArticleError(
                "front matter has a list where a name is expected",
                "write each line as `name: value`",
                line=first_line + name.start_mark.line,
            )
    return _of_node(root, first_line).fields  # type: ignore[return-value]


def _of_node(node: yaml.Node, first_line: int, depth: int = 0) -> Value:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return Value(node.value.strip(" \t\n"), line)
    if depth > MAX_NESTING:
        return Value(line=line)
    if isinstance(node, yaml.SequenceNode):
        return Value(
            line=line, items=tuple(_of_node(each, first_line, depth + 1) for each in node.value)
        )
    pairs = [(name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode)]
    return Value(
        line=line,
        fields={str(n.value).lower(): _of_node(v, first_line, depth + 1) for n, v in pairs},
    )


def _by_lines(head: str, first_line: int) -> dict[str, Value]:
    """Parse the lines of the form `name: value`, with any text as the value."""
    found: dict[str, Value] = {}
    for number, line in enumerate(head.split("\n"), first_line):
        match = PAIR.fullmatch(line)
        if match and line[:1] not in (" ", "\t") and match[3]:
            value = match[3].strip()
            is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            found[match[2].lower()] = Value(value[1:-1] if is_quoted else value, number)
    return found


def _toml(head: str, first_line: int, problems: list[Problem]) -> dict[str, Value]:
    try:
        found = tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(
            Problem(
                f"front matter is not TOML: {error}",
                'write each line as `name = "value"`',
                first_line,
            )
        )
        return _by_lines(head, first_line)
    return {name.lower(): _of(found[name], _line(name, head, first_line)) for name in found}


def _json(head: str, first_line: int, problems: list[Problem]) -> dict[str, Value]:
    text = head if head.lstrip().startswith("{") else "{" + head.strip().removesuffix(",") + "}"
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.append(
            Problem(f"front matter is not JSON: {error}", "correct it, or write YAML", first_line)
        )
        return {}
    return {name.lower(): _of(found[name], _line(name, head, first_line)) for name in found}


def _of(value: object, line: int, depth: int = 0) -> Value:
    """Convert a value of TOML or JSON; ``line`` is that of the top-level name."""
    if depth > MAX_NESTING or value is None:
        return Value(line=line)
    if isinstance(value, dict):
        return Value(
            line=line,
            fields={str(n).lower(): _of(v, line, depth + 1) for n, v in value.items()},
        )
    if isinstance(value, list):
        return Value(line=line, items=tuple(_of(each, line, depth + 1) for each in value))
    if isinstance(value, bool):
        return Value(str(value).lower(), line)
    if isinstance(value, date | datetime | time):
        return Value(value.isoformat(), line)
    return Value(str(value).strip(), line)


def _line(name: str, head: str, first_line: int) -> int:
    match = re.search(rf"^[ \t{{,]*[\"'\[]?{re.escape(name)}\b", head, re.MULTILINE)
    return first_line + (head.count("\n", 0, match.start()) if match else 0)


def _percent(head: str, first_line: int, problems: list[Problem]) -> dict[str, Value]:
    """Parse title, authors and date in Pandoc's title block."""
    fields = list(_percent_fields(head, first_line))
    return {
        name: Value(value, line)
        for name, (value, line) in zip(("title", "author", "date"), fields, strict=False)
        if value
    }


def _percent_fields(head: str, first_line: int) -> Iterator[tuple[str, int]]:
    for part in re.finditer(r"^%(.*(?:\n[ \t].*)*)", head, re.MULTILINE):
        value = " ".join(part[1].replace(";", ", ").split()).replace(" ,", ",")
        yield value, first_line + head.count("\n", 0, part.start())


_READERS = {"yaml": _yaml, "toml": _toml, "json": _json, "%": _percent}
