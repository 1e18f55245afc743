"""Template tags, components, comments and attributes of other tools, within a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Of one tag; without a limit, hostile text would be slow.
INSIDE = r".{0,1200}?"
_CODE = (
    r"(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))*?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<element>pre|code)\b[^<>{}]*>(?:[^<]|<(?!/?(?P=element)\b))*</(?P=element)>"
)
# A bracket before an address or attributes is none of a formula's.
_FORMULA = (
    r"\$(?![\s$])[^\n$]{1,400}(?<!\s)\$(?!\d)"
    r"|\\\\?\((?:[^\\]|\\[^()]){1,400}?\\\\?\)"
    r"|\\\\?\[(?:[^\\\]]|\](?![({\[])|\\[^\[\]]){1,400}?\\\\?\]"
)
_LITERAL = re.compile(f"{_CODE}|{_FORMULA}")


def beside_code(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern that is matched neither in code nor in formulas."""
    return re.compile(rf"(?P<code>{_LITERAL.pattern})|{pattern}", flags)


def replaced(
    pattern: re.Pattern[str], text: str, words: Callable[[re.Match[str]], str] = lambda _: ""
) -> str:
    """Replace the matches of a pattern of ``beside_code``, by default with nothing."""
    return pattern.sub(lambda found: found[0] if found["code"] else words(found), text)


TAG = beside_code(
    rf"(?P<tag>\{{\{{[<%]{INSIDE}[>%]\}}\}}|\{{%{INSIDE}%\}}|\{{\{{{INSIDE}\}}\}}"
    rf"|\{{\*{INSIDE}\*\}}|\{{!{INSIDE}!\}})"
    r"|(?P<note>\{/\*(?:(?!\{/\*).){0,2000}?\*/\}|<!--(?:(?!<!--).){0,20000}?-->)",
    re.DOTALL,
)
# A tag of MDX: a component within a text, or an element with the values of a program.
_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_MDX_ATTRIBUTE = (
    rf"(?:[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|{_BRACES}|[^\s{{}}<>\"'=]+))?|\{{\.\.\.[^{{}}<>]*\}})"
)
_MDX = beside_code(rf"</?(?P<name>[A-Za-z][\w.]*)(?P<attributes>(?:\s+{_MDX_ATTRIBUTE})*)\s*/?>")
# A component of a component, and of formulas, for which Markdown has no element.
_PART = re.compile(r"[A-Z]\w*(?:\.\w+)*\.[A-Z]\w*|Math")
_PROGRAM = re.compile(rf"\s+(?:[\w:-]+=)?{_BRACES}")
# The frames of WordPress, the remarks of Obsidian, the blanks of JSX.
_SETTINGS = r"(?:[ \t]+\w+=\"[^\"\[\]\n]*\")"
_FRAME = beside_code(
    rf"(?<![\w\[\]\\])\[(?:(?:audio|gallery|video){_SETTINGS}+[ \t]*\](?![(\[])"
    rf"|(?P<frame>caption|embed){_SETTINGS}*[ \t]*\]"
    r"(?P<words>(?:[^\[]|\[(?!/?(?P=frame)))*)\[/(?P=frame)\])"
)
# One word between the signs is a place to fill in, and those of a line are amounts.
_REMARK = beside_code(
    r"(?<!\S)%%(?=[^%\n]*[ \t])(?:[^\s%`][^%`\n]{0,400}(?<![\s\d])%%(?!\w)"
    r"|(?<=^%%)[^%`\n]{1,400}%%[ \t]*$)",
    re.MULTILINE,
)
_BLANKS = beside_code(r"\{(['\"])(?P<blanks> +)(?:'|\")\}")
_ENCLOSED = re.compile(r"<(\{\{[^{}<>\n]{0,400}\}\})>")  # a tag as a bare address
_TITLE = re.compile(r"\b(?:title|label|name)=\"([^\"]*)\"")
_EMPTY = re.compile(r"(?<![*_`])(\*\*|__|\*|_|`)[ \t]*\1(?![*_`])")
_NO_ADDRESS = re.compile(r"\]\([ \t]+(?=[\"'])")  # of a link whose address was a tag

# The attribute lists of Pandoc and kramdown. Each attribute but the first follows a blank, so that
# there is only one way to read them.
_VALUE = r"=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"',]*)"
_ATTRIBUTE = rf"(?:(?:[.#][\w:-]+)+|[\w:-]+(?:{_VALUE})?)"
_LIST = rf"[ \t]*(?:{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*)?"
_KRAMDOWN = rf"\{{::?/?{_LIST}/?\}}"
_NAMED = rf"[ \t]*[.#]\w[^\s{{}}\"=]*(?:[ \t]+{_ATTRIBUTE})*[ \t]*"
ICONS = "material|fontawesome|octicons|simple"  # of MkDocs, which say nothing
_END = r"[\w.,;:!?)\]`'\"»”’]"  # of words between the marks of emphasis
_ATTRIBUTES = beside_code(
    rf"(?<![\\$^_{{])(?:"
    rf"[ \t]?{_KRAMDOWN}"
    rf"|(?<=`)\{{{_LIST}\}}|(?:(?<=[\])\"}}])|(?<={_END}[*_])|(?<={_END}\*\*)|(?<={_END}__))"
    rf"\{{(?=[^{{}}\n]*[.#=:]|\}}){_LIST}\}}"
    rf"|:(?:{ICONS})-[\w-]+:\{{{_LIST}\}}"
    rf"|[ \t]*\{{{_NAMED}\}}(?=[ \t]*$)"
    r")",
    re.MULTILINE,
)
# A component of Nuxt within a text, with words or with attributes alone.
_PROPERTY = rf"(?:(?:#[\w:-]+|\.[^\W\d][\w:-]*)+|:?[\w-]+(?:{_VALUE})?)"
_PROPERTIES = rf"\{{(?=[^{{}}\n]*[=.#])[ \t]*{_PROPERTY}(?:[ \t]+{_PROPERTY})*[ \t]*\}}"
COMPONENT = beside_code(
    r"(?<![\w:]):[a-z][\w-]*(?:\[(?!\^)(?=[^\[\]\n]*[^\W\d_])(?P<words>[^\[\]\n]*)\]"
    rf"(?:{_PROPERTIES}|(?![(\[]))|(?P<alone>{_PROPERTIES}))"
)
_VALUED = rf"[ \t]*[\w:-]+{_VALUE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*"
ATTRIBUTES_ALONE = re.compile(
    rf"[ \t]*(?:>[ \t]?)*[ \t]{{0,3}}(?:{_KRAMDOWN}|\{{{_NAMED}\}})[ \t]*"
)
VALUES_ALONE = re.compile(rf"[ \t]*\{{{_VALUED}\}}[ \t]*")
_INNER = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*"
_SPAN = beside_code(rf"(?<![\]\\!\w])\[(?P<words>{_INNER})\]\{{[ \t]*[.#][\w-]+[^{{}}\n]*\}}")
_IDENTIFIER = re.compile(r"(?:\{:?\s*#([^\s{}]+)(?:\s[^{}]*)?\}|\{/\*\s*#?([^\s{}*]+)\s*\*/\})\s*$")


def without_code(text: str) -> str:
    """Strip code and formulas from a text."""
    return _LITERAL.sub("", text)


def tags_of(text: str) -> Iterator[str]:
    """Yield the template tags of a text."""
    if "{" in text:
        yield from (match["tag"] for match in TAG.finditer(text) if match["tag"])


def components_of(text: str) -> Iterator[str]:
    """Yield the components of a text that have no words."""
    if ":" in text and "{" in text:
        yield from (match[0] for match in COMPONENT.finditer(text) if match["alone"])


def without_tags(text: str) -> str:
    """Strip template tags and comments from a text, except in code and formulas."""
    if "<" in text:
        text = replaced(_MDX, text, _without_program)
    if "{" in text or "<!--" in text:
        text = _ENCLOSED.sub(r"\1", text)
        without = replaced(TAG, text)
        if without != text:
            # Markup around nothing but a tag, such as **{{ version }}**, is removed with it.
            text = _NO_ADDRESS.sub("](<> ", _EMPTY.sub("", without))
    return text


def _without_program(match: re.Match[str]) -> str:
    """Strip the values of a program from a tag of MDX, or all of the tag of a component."""
    name, attributes = match["name"], match["attributes"]
    if not _PART.fullmatch(name):
        return _PROGRAM.sub("", match[0]) if "{" in attributes else match[0]
    has_end = f"<{name}" in match.string and f"</{name}>" in match.string
    return "" if has_end or "=" in attributes or match[0].endswith("/>") else match[0]


def without_syntax(text: str) -> str:
    """Strip template tags, comments, components and attributes, except in code and formulas."""
    text = without_tags(text)
    if "%%" in text:
        text = replaced(_REMARK, text)
    if "[" in text:
        text = replaced(_FRAME, text, lambda found: found["words"] or "")
    if ":" in text:
        text = replaced(COMPONENT, text, _words)
    if "{" in text:
        text = replaced(_SPAN, text, lambda found: found["words"])
        text = replaced(_ATTRIBUTES, text)
        text = replaced(_BLANKS, text, lambda found: found["blanks"])
    return text


def _words(match: re.Match[str]) -> str:
    """Return the words of a component."""
    title = _TITLE.search(match["alone"] or "")
    return match["words"] or (title[1] if title else "")


def identifier_of(text: str) -> str:
    """Parse the ``{#id}`` or ``{/*id*/}`` at the end of a heading; empty if there is none."""
    found = _IDENTIFIER.search(text)
    return found[1] or found[2] if found else ""
