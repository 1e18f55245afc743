"""Readers of front matter: YAML, TOML, JSON, and Pandoc's title block, with line numbers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time

import yaml

from slideshow.errors import ArticleError, Problem
from slideshow.story.frontmatter.values import Value

MAX_NESTING = 20  # levels of lists and mappings
PAIR = re.compile(r"""[ \t]*(["']?)([^\W\d][\w .-]*)\1[ \t]*[:=](?:[ \t]+(.*))?""")


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
        is_nothing = node.style is None and node.value in ("null", "~")
        return Value("" if is_nothing else node.value.strip(" \t\n"), line)
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
    """Parse the lines of the form `name: value`, whose values are any texts, or `[a, b]`."""
    found: dict[str, Value] = {}
    for number, line in enumerate(head.split("\n"), first_line):
        match = PAIR.fullmatch(line)
        if match and line[:1] not in (" ", "\t") and match[3]:
            name, value = match[2].strip().lower(), match[3].strip()
            parts = value[1:-1].split(",") if value[:1] + value[-1:] == "[]" else []
            items = tuple(Value(_unquoted(part.strip()), number) for part in parts)
            found[name] = Value("" if items else _unquoted(value), number, items)
    return found


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if is_quoted else text


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


def _definitions(head: str, first_line: int, problems: list[Problem]) -> dict[str, Value]:
    """Parse Franklin's definitions, whose values are Julia's."""
    return _by_lines(head.replace('"""', '"'), first_line)


READERS = {"yaml": _yaml, "toml": _toml, "json": _json, "%": _percent, "@def": _definitions}
