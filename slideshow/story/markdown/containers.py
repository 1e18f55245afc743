"""Boxes around blocks, in the dialects of MkDocs, Docusaurus, VuePress, Pandoc and Zettlr.

``:::`` and ``///`` lines each become a separate token, opening or closing; ``!!!``, ``???`` and
``===`` contain the indented blocks below them. ``> [!NOTE]`` is a quotation until it is reshaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_LINE = re.compile(r"(:{3,}|/{3,})[ \t]*(.*?)[ \t]*:*")
_INDENTED = re.compile(r"(!!!|\?\?\?\+?|===\+?!?)[ \t]+(.+)")
_NAME = re.compile(r"\{?[ \t]*[.#]?([\w-]+)")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
_TITLE = re.compile(r"\b(?:title|name|header)=\"([^\"]*)\"")
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_ALERT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)(?:\n|\Z)")

# Other tools' names for our kinds of boxes.
_NAMES = {
    "note": "note info information abstract summary seealso callout callout-note",
    "tip": "tip hint success check done callout-tip",
    "important": "important callout-important",
    "warning": "warning warn attention callout-warning",
    "caution": "caution danger error failure bug alert callout-caution",
}
KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
FOLDED = ("details", "spoiler", "collapse", "solution", "hidden", "dropdown", "toggle")
_UNTITLED = ("grid", "grid-item", "raw")  # their words are no title


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind (one of ours, or empty), the author's title, whether it is folded."""

    kind: str
    title: str
    is_folded: bool = False


def box_of(info: str) -> Box:
    """Parse the words after a marker into a box."""
    name = _NAME.match(info)
    first = name[1].lower() if name else ""
    rest = info[name.end() :] if name else info
    named, bracketed = _TITLE.search(rest), _BRACKETED.match(rest)
    is_folded = first in FOLDED or 'collapse="true"' in rest
    if info.startswith("{"):
        rest = rest.partition("}")[2]
    title = named[1] if named else _ATTRIBUTES.sub("", rest).strip(" \t|}:")
    title = title.removeprefix("&nbsp;")  # some tools need a title
    if first in _UNTITLED:
        title = ""
    if bracketed:
        title = bracketed[1]
    elif quoted := _QUOTED.fullmatch(title):
        title = next((group for group in quoted.groups() if group), "")
    return Box(KINDS.get(first, ""), title, is_folded)


def containers(md: MarkdownIt) -> None:
    """Add the parsing of boxes."""
    alt: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "box_line", _box_line, alt)
    md.block.ruler.before("fence", "indented_box", _indented_box, alt)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _box_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _text(state, start)
    if text[:3] not in (":::", "///") or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = _LINE.fullmatch(text)
    if not found or (found[1][0] == "/" and found[2] and not re.match(r"[\w|]", found[2])):
        return False
    if silent:
        return True
    token = state.push("box_open" if found[2] else "box_close", "", 0)
    token.block = True
    token.info = found[2]
    token.map = [start, start + 1]
    if found[2]:
        _push_title(state, box_of(found[2]), start)
    state.line = start + 1
    return True


def _push_title(state: StateBlock, box: Box, line: int) -> None:
    if not box.title:
        return
    token = state.push("inline", "", 0)
    token.content = box.title
    token.children = []
    token.info = "title"
    token.map = [line, line + 1]


def _indented_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _text(state, start)
    if text[:3] not in ("!!!", "???", "===") or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = _INDENTED.fullmatch(text)
    if not found or (found[1][0] == "=" and not _QUOTED.match(found[2])):
        return False
    last = start + 1
    indent = state.blkIndent + 4
    while last < end and (state.isEmpty(last) or state.sCount[last] >= indent):
        last += 1
    if all(map(state.isEmpty, range(start + 1, last))):
        return False
    if silent:
        return True
    box = box_of(found[2])
    if found[1][0] == "=":
        quoted = _QUOTED.match(found[2])
        box = Box("tab", next((group for group in quoted.groups() if group), "") if quoted else "")
    opening = state.push("box_open", "", 0)
    opening.block, opening.info, opening.map = True, found[2], [start, start + 1]
    opening.meta = {"kind": box.kind, "is_folded": found[1][0] == "?"}
    _push_title(state, box, start)
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax = indent, last
    state.md.block.tokenize(state, start + 1, last)
    state.blkIndent, state.lineMax, state.parentType = before
    closing = state.push("box_close", "", 0)
    closing.block, closing.map = True, [last - 1, last]
    opening.map = [start, last]
    state.line = last
    return True


def _name(kind: str) -> str:
    """Turn the name of an unknown kind of box into its title."""
    return kind.replace("-", " ").capitalize()


def alert_of(content: str) -> tuple[Box, str] | None:
    """Parse the box in a quotation's first line, and return it with the text below that line."""
    found = _ALERT.match(content)
    if not found:
        return None
    kind = KINDS.get(found[1].lower(), "")
    box = Box(kind or "note", found[2].strip() or ("" if kind else _name(found[1])))
    return box, content[found.end() :]
