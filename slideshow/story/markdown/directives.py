"""Directives of MyST (Sphinx), and fences of prose or HTML instead of code, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from slideshow.story.markdown.containers import FOLDED, KINDS

_OPENING = re.compile(
    r"([ \t]*)(`{3,}|~{3,}|:{3,})[ \t]*"
    r"(?:\{(=?[\w:-]+)\}[ \t]*(.*)|([\w-]+)[ \t]+header=\"(.*)\"[ \t]*)"
)
_OPTION = re.compile(r"[ \t]*:([\w-]+):(?:[ \t]+(.*))?")
_FIELD = re.compile(r"[ \t]*([\w-]+):(?:[ \t]+(.*))?")  # of options between two rules
_LISTS = ("toctree", "contents", "tableofcontents", "index", "bibliography", "include")
_PICTURES = ("figure", "image")
_CODE = ("code", "code-block", "code-cell", "sourcecode")
_HTML = ("raw", "=html")
_PROSE = {
    *KINDS,
    *FOLDED,
    *("admonition", "card", "epigraph", "exercise", "grid", "grid-item", "grid-item-card"),
    *("margin", "sidebar", "tab-item", "tab-set", "topic", "versionadded", "versionchanged"),
}


@dataclass(frozen=True, slots=True)
class Directive:
    """The Markdown for the first ``count`` lines of a directive.

    ``end`` replaces the line that closes it: a line of the letters in ``fence``, or more. A list
    of other pages is ``hidden`` with its content; ``code`` is the language of a program.
    """

    count: int
    shown: tuple[str, ...] = ()
    fence: str = ""
    end: str = ""
    is_hidden: bool = False
    is_code: bool = False


def directive_at(lines: Sequence[str], place: int) -> Directive | None:
    """Parse the directive that starts at a line, with its options; None if there is none."""
    found = _OPENING.fullmatch(lines[place])
    if not found:
        return None
    indent, fence, name, words, prose, header = found.groups()
    options, count = _options(lines, place + 1)
    if prose:
        return Directive(1, (f"{indent}::: {prose} {header}",), fence, f"{indent}:::")
    if name in _LISTS:
        return Directive(count, (), fence, is_hidden=True)
    if name in _PICTURES and words:
        shown = f"{indent}![{options.get('alt', '')}]({words.strip()})"
        if place + count < len(lines) and not lines[place + count].strip():
            count += 1
        return Directive(count, ("", shown), fence)
    if name in _CODE and fence[0] != ":":
        return Directive(count, (f"{indent}{fence}{words}",), fence, is_code=True)
    if name == "math":
        return Directive(count, (f"{indent}{fence}math",), fence, is_code=True)
    if name in _HTML and (name[0] == "=" or words == "html"):
        return Directive(count, ("",), fence)
    if name.lower() in _PROSE:
        return Directive(count, (f"{indent}::: {name} {words}",), fence, f"{indent}:::")
    return None


def _options(lines: Sequence[str], place: int) -> tuple[dict[str, str], int]:
    """Parse the options below the first line of a directive, and count the lines to leave out."""
    is_block = place < len(lines) and lines[place].strip() == "---"
    form = _FIELD if is_block else _OPTION
    options: dict[str, str] = {}
    end = place + is_block
    while end < len(lines) and (found := form.fullmatch(lines[end])):
        options[found[1]] = found[2] or ""
        end += 1
    if not is_block:
        return options, end - place + 1
    is_closed = end < len(lines) and lines[end].strip() == "---"
    return (options, end - place + 2) if is_closed else ({}, 1)
