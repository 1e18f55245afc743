"""Inline rules beyond CommonMark: emphasis beside CJK letters, notes, marks, roles, emoji."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from slideshow.story.markdown.emoji import EMOJI
from slideshow.story.markdown.scripts import is_east_asian
from slideshow.story.markdown.tags import ICONS

NOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\](?!\()")
_FILE = re.compile(r"\.\w{2,5}$")  # without one, the name is that of another article
_SIZE = re.compile(r"\d+(?:x\d+)?")  # of a picture, in the place of its alternative text
_ROLE = re.compile(r"\{([A-Za-z][\w:+-]*)\}(`+)(.{1,400}?)(?<!`)\2(?!`)")
_TARGET = re.compile(r"\s*<[^<>]*>$")
_CODE_ROLES = ("code", "command", "file", "kbd", "literal", "option", "program", "samp")
_ROLES = (
    *_CODE_ROLES,
    *("abbr", "attr", "dfn", "doc", "download"),
    *("envvar", "eq", "exc", "footcite", "func", "guilabel"),
    *("mailheader", "manpage", "math", "menuselection", "meth", "mimetype", "mod"),
    *("newsgroup", "numref", "obj", "pep", "ref", "rfc", "sub", "subscript", "sup"),
    *("superscript", "term", "title-reference"),
    *("cite", "citealp", "citealt", "citeauthor", "citep", "citet", "citeyear", "citeyearpar"),
)
_EMOJI = re.compile(r":([a-z0-9_\\+-]{1,80}):(?![\w`])")
_ICON = re.compile(rf"(?:{ICONS})-")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
MAX_REFERENCE_CHARACTERS = 1000  # of its text
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
# A bare address ends before a no-break space and the punctuation of Chinese and Japanese.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\[][^\s<>（）「」『』【】〈〉《》、。，；：！？]*", re.IGNORECASE
)
_SCHEME = re.compile(r"https?$", re.IGNORECASE)
_BEFORE_ADDRESS = "*_~("
_BEHIND_ADDRESS = "?!.,:;*_~'\"[]»”’"
_PUNCTUATION = re.compile(r"[^\w\s]|_")


def inlines(md: MarkdownIt) -> None:
    """Add the inline rules."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.before("link", "note_reference", _note_reference)
    md.inline.ruler.before("link", "inline_note", _inline_note)
    md.inline.ruler.before("link", "wiki_link", _wiki_link)
    md.inline.ruler.after("image", "loose_reference", _loose_reference)
    md.inline.ruler.before("escape", "role", _role)
    md.inline.ruler.before("escape", "emoji", _emoji)
    for marker, tag in (("==", "mark"), ("++", "ins")):
        md.inline.ruler.before("emphasis", tag, _paired(marker, tag))


def addresses(md: MarkdownIt) -> None:
    """Add the parsing of bare addresses, before that of GFM."""
    md.inline.ruler.before("gfm_autolink_www", "bare_address", _bare_address)
    others = next(rule for rule in md.inline.ruler.__rules__ if rule.name.endswith("_protocol"))
    others.fn = _of_scheme(others.fn)


def _of_scheme(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap GFM's rule, which searches all the text before each colon for a scheme."""

    def checked(state: StateInline, silent: bool) -> bool:
        return state.pending[-6:].endswith(("mailto", "xmpp")) and rule(state, silent)

    return checked


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Parse the marks of emphasis, even between punctuation and CJK letters.

    CommonMark needs a space or punctuation as the border of a word, which these scripts lack.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    end = state.pos + scanned.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    is_between = not before.isspace() and not after.isspace()
    if marker == "*" and is_between and (is_east_asian(before) or is_east_asian(after)):
        can_open = can_open or _PUNCTUATION.match(after) is not None
        can_close = can_close or _PUNCTUATION.match(before) is not None
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def _note_reference(state: StateInline, silent: bool) -> bool:
    found = NOTE.match(state.src, state.pos) if state.src.startswith("[^", state.pos) else None
    if not found:
        return False
    if not silent:
        token = state.push("note_reference", "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        _push_inside(state, "inline_note", "small", state.pos + 2, end)
    state.pos = end + 1
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "[!":
        return False
    found = _WIKI.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        name, words = found[1].strip(), found[2]
        if found[0][0] == "!" and _FILE.search(name):
            token = state.push("image", "img", 0)
            token.attrs = {"src": name, "alt": ""}
            token.children = []
            token.content = ""
            if words and not _SIZE.fullmatch(words.strip()):
                child = state.push("text", "", 0)
                state.tokens.pop()
                child.content = words
                token.children = [child]
        else:
            page, _, anchor = name.partition("#")
            address = f"{page.strip()}.md" if page.strip() else ""
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": address + (f"#{anchor}" if anchor else "")}
            token.markup = "wiki"
            text = state.push("text", "", 0)
            text.content = (words or name.lstrip("#")).strip()
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _loose_reference(state: StateInline, silent: bool) -> bool:
    """Parse a reference link that has no definition, such as ``[gulls][]``, as its text.

    Both are shown as written if the label has words that the text lacks, as in ``[Draft][Port]``.
    """
    mark = 1 if state.src.startswith("![", state.pos) else 0
    start = state.pos + mark
    before = state.src[state.pos - 1] if state.pos else " "
    if state.src[start] != "[" or before.isalnum() or before in "]\\":
        return False
    # Parsing the text takes long; most brackets have no label.
    gap = state.src.find("][", start, min(state.posMax, start + MAX_REFERENCE_CHARACTERS))
    if gap < 0 or not _LABEL.match(state.src, gap + 1):
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    found = _LABEL.match(state.src, end + 1) if end > start + 1 else None
    words = state.src[start + 1 : max(end, start + 1)]
    if not found or not _LETTER.search(found[1] or words):
        return False
    if not silent:
        is_shown = not mark and not _words_of(found[1]) <= _words_of(words)
        state.push("loose_reference", "", 0).meta["label"] = found[1] or words
        state.pending += state.src[state.pos : start + 1] if is_shown else ""
        limit, state.pos, state.posMax = state.posMax, start + 1, end
        state.md.inline.tokenize(state)
        state.posMax = limit
        state.pending += state.src[end : found.end()] if is_shown else ""
    state.pos = found.end()
    return True


def _words_of(text: str) -> set[str]:
    return {*_WORD.findall(text.casefold())}


def _bare_address(state: StateInline, silent: bool) -> bool:
    """Parse an address as GFM does, and beside letters of Chinese, Japanese and Korean."""
    if silent or state.linkLevel or state.src[state.pos] not in ":w":
        return False
    scheme = _SCHEME.search(state.pending[-5:]) if state.src[state.pos] == ":" else None
    width = len(scheme[0]) if scheme else 0
    start = state.pos - width
    before = state.src[start - 1] if start else " "
    if not (before.isspace() or before in _BEFORE_ADDRESS or is_east_asian(before)):
        return False
    found = _ADDRESS.match(state.src, start, state.posMax)
    address = _without_closing(found[0]).rstrip(_BEHIND_ADDRESS) if found else ""
    if len(address) <= len("https://"):
        return False
    state.pending = state.pending[: len(state.pending) - width]
    href = address if scheme else f"http://{address}"
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(href)}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos = start + len(address)
    return True


def _without_closing(address: str) -> str:
    """Cut an address before a closing bracket that it does not open."""
    depth = 0
    for place, sign in enumerate(address):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return address[:place]
    return address


def _role(state: StateInline, silent: bool) -> bool:
    """Parse a role of MyST, such as ``{ref}`the quay <quay>```, as its words or its formula."""
    found = _ROLE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if not found or not (":" in found[1] or found[1] in _ROLES):
        return False
    if not silent:
        name, words = found[1], found[3].strip()
        if name in ("sub", "sup"):
            state.push(f"{name}_open", name, 1)
            state.push("text", "", 0).content = words
            state.push(f"{name}_close", name, -1)
        elif name == "math":
            state.push("math_inline", "math", 0).content = words
        elif ":" in name or name in _CODE_ROLES:
            state.push("code_inline", "code", 0).content = words
        else:
            state.push("text", "", 0).content = _TARGET.sub("", words) or words
    state.pos = found.end()
    return True


def _emoji(state: StateInline, silent: bool) -> bool:
    found = _EMOJI.match(state.src, state.pos) if state.src[state.pos] == ":" else None
    before = state.src[state.pos - 1] if state.pos else " "
    if not found or before.isalnum():
        return False
    emoji = EMOJI.get(found[1].replace("\\_", "_"), "")
    if not emoji and not _ICON.match(found[1]):
        return False
    if not silent:
        state.push("text", "", 0).content = emoji
    state.pos = found.end()
    return True


def _paired(marker: str, tag: str) -> Callable[[StateInline, bool], bool]:
    """Build the rule for a text between two markers, such as ``==marked==``."""
    width = len(marker)

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        source = state.src
        if not source.startswith(marker, start) or source.startswith(marker[0], start + width):
            return False
        before = source[start - 1] if start else " "
        # The signs of C++, or of a comparison, are behind a letter.
        if before == marker[0] or (before.isalnum() and not is_east_asian(before)):
            return False
        end = source.find(marker, start + width, state.posMax)
        inner = source[start + width : end] if end > 0 else ""
        if not inner or inner[0].isspace() or inner[-1].isspace() or "\n\n" in inner:
            return False
        if not silent:
            _push_inside(state, tag, tag, start + width, end)
        state.pos = end + width
        return True

    return rule


def _push_inside(state: StateInline, type: str, tag: str, start: int, end: int) -> None:
    limit, state.pos, state.posMax = state.posMax, start, end
    state.push(f"{type}_open", tag, 1)
    state.md.inline.tokenize(state)
    state.push(f"{type}_close", tag, -1)
    state.posMax = limit
