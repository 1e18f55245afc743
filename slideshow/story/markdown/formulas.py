"""Formulas: converts LaTeX in an article to MathML, which every browser renders natively."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

MAX_FORMULA_CHARACTERS = 2000  # a longer formula is shown as source code
MAX_FORMULA_LINES = 200
_INSIDE = f"(.{{1,{MAX_FORMULA_CHARACTERS}}}?)"
_BRACKETS = re.compile(rf"\\\\?\({_INSIDE}\\\\?\)|\\\\?\[{_INSIDE}\\\\?\]", re.DOTALL)
# Words in a row, which a formula has only in a command such as \text{}; without a sign of one,
# two are enough.
_GAP = r"(?:[,;:]?[ \t\n]+|[ \t]*/[ \t]*)"
_PROSE = re.compile(rf"\b[^\W\d_]{{3,}}(?:{_GAP}[^\W\d_]{{3,}}){{2}}\b")
_WORDS = re.compile(rf"\b[^\W\d_]{{2,}}{_GAP}[^\W\d_]{{2,}}\b")
_SIGN = re.compile(r"\\[A-Za-z]|[\^_=]")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?")
_BLOCK_START = re.compile(r"\\\\?\[[ \t]*$|\\begin\{(align|equation|gather|multline)\*?\}")
# Environments that the converter doesn't know, and similar ones that it knows.
_SIMILAR = {
    **dict.fromkeys(("aligned", "alignedat", "alignat", "flalign"), "split"),
    **dict.fromkeys(("gather", "gathered", "multline"), "matrix"),
    "eqnarray": "split",
}
_UNKNOWN = re.compile(rf"\\(begin|end)\{{({'|'.join(_SIMILAR)})\*?\}}(?:\[\w\]|\{{\d+\}})?")
_ENVIRONMENT = re.compile(
    r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}|\\label\{[^}]*\}|\\nonumber|\\notag"
)


def formula(latex: str, is_block: bool) -> str:
    """Convert a formula to MathML, or to code if it is not valid LaTeX."""
    source = _ENVIRONMENT.sub("", latex).strip()
    source = _UNKNOWN.sub(lambda match: f"\\{match[1]}{{{_SIMILAR[match[2]]}}}", source)
    if re.search(r"(?<!\\)&", source) and "\\begin" not in source:  # as Sphinx and Jupyter allow
        source = f"\\begin{{split}}{source}\\end{{split}}"
    display = "block" if is_block else "inline"
    try:
        if not source or len(source) > MAX_FORMULA_CHARACTERS:
            raise ValueError(source)
        from latex2mathml.converter import convert  # late: few stories have formulas

        made: str = convert(source, display=display)
        # A formula wider than the slide scrolls, by the keyboard too.
        return made.replace("<math ", '<math tabindex="0" ', 1) if is_block else made
    except Exception:  # the converter raises many kinds of errors
        tag = "pre" if is_block else "code"
        return f"<{tag}>{escape(latex)}</{tag}>"


def formulas(md: MarkdownIt) -> None:
    """Add the parsing of formulas between dollars, and between backslashes with brackets."""
    md.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_labels=True,
        double_inline=True,
    )
    md.inline.ruler.before("escape", "bracket_math", _bracket_math)
    dollars = next(rule for rule in md.inline.ruler.__rules__ if rule.name == "math_inline")
    dollars.fn = _checked(dollars.fn)
    block = next(rule for rule in md.block.ruler.__rules__ if rule.name == "math_block")
    block.fn = _bounded(block.fn)
    alt: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.before("paragraph", "bracket_math", _bracket_block, alt)


def _bounded(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """Wrap a rule, which searches all the lines below for its end, so that it takes a few."""
    return lambda state, start, end, silent: rule(
        state, start, min(end, start + MAX_FORMULA_LINES), silent
    )


def _checked(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap a rule so that it ignores dollars inside code, and the signs of prices."""

    def checked(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        if "`" not in state.src[start : state.pos] and not _is_price(state.src, start, state.pos):
            return True
        if not silent:
            state.tokens.pop()
        state.pos = start
        return False

    return checked


def _is_price(text: str, start: int, end: int) -> bool:
    """Check whether two dollars, or three, are words rather than the borders of a formula."""
    if not text.startswith("$$", start):
        return text[max(0, start - 2) : start].replace("\\$", "").endswith("$")
    inside = text[start + 2 : end - 2]
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return (
        inside != inside.strip()
        or "$" in (*around, inside[:1], inside[-1:])
        or (around[0] + inside[:1], inside[-1:] + around[1]) == ("()", "()")
    )


def _bracket_math(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    match = _BRACKETS.match(state.src, state.pos)
    if not match or not _is_formula(match[1] or match[2]):
        return False
    if not silent:
        token = state.push("math_inline" if match[1] else "math_inline_double", "math", 0)
        token.content = match[1] or match[2]
    state.pos = match.end()
    return True


def _is_formula(text: str) -> bool:
    """Distinguish a formula from words in escaped brackets."""
    prose = _PROSE if _SIGN.search(text) else _WORDS
    if prose.search(_COMMAND.sub("+", text)):
        return False
    return re.search(r"[\\^_={}<>+*/|]|^\s*[A-Za-z0-9]\s*$", text) is not None


def _bracket_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.getLines(start, start + 1, state.blkIndent, False).strip()
    match = _BLOCK_START.match(first)
    if not match or state.sCount[start] - state.blkIndent >= 4:
        return False
    close = f"\\end{{{match[1]}" if match[1] else "\\]"
    for line in range(start, min(end, start + MAX_FORMULA_LINES)):
        if line > start and state.isEmpty(line):
            return False
        text = state.getLines(line, line + 1, state.blkIndent, False)
        if close in text and (line > start or match[1]):
            break
    else:
        return False
    if silent:
        return True
    content = state.getLines(start, line + 1, state.blkIndent, False).strip()
    token = state.push("math_block", "math", 0)
    token.block = True
    token.content = content if match[1] else re.sub(r"^\\\\?\[|\\\\?\]$", "", content)
    token.map = [start, line + 1]
    state.line = line + 1
    return True
