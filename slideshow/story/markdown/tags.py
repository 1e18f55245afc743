"""Template tags, components, comments and attributes of other tools, within a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Of one tag; without a limit, hostile text would be slow.
INSIDE = r".{0,1200}?"
CODE_SPAN = r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)"
_FORMULA = r"\$(?![\s$])[^\n$]{1,400}(?<!\s)\$(?!\d)"

TAG = re.compile(
    rf"{CODE_SPAN}|{_FORMULA}"
    rf"|(?P<tag>\{{\{{[<%]{INSIDE}[>%]\}}\}}|\{{%{INSIDE}%\}}|\{{\{{{INSIDE}\}}\}}"
    rf"|\{{\*{INSIDE}\*\}}|\{{!{INSIDE}!\}})"
    r"|(?P<note>\{/\*(?:(?!\{/\*).){0,2000}?\*/\}|<!--(?:(?!<!--).){0,20000}?-->)",
    re.DOTALL,
)
# A tag of MDX: a component within a text, or an element with the values of a program.
_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_MDX_ATTRIBUTE = (
    rf"(?:[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|{_BRACES}|[^\s{{}}<>\"'=]+))?|\{{\.\.\.[^{{}}<>]*\}})"
)
_MDX = re.compile(rf"{CODE_SPAN}|</?([A-Za-z][\w.]*)((?:\s+{_MDX_ATTRIBUTE})*)\s*/?>")
_PROGRAM = re.compile(rf"\s+(?:[\w:-]+=)?{_BRACES}")
# The speaker, time and colour of a quotation in HackMD; the frames of WordPress.
_FIELD = re.compile(r"\[(?:(?:name|time)=([^\[\]\n]*)|color=[^\[\]\n]*)\](?![(\[])")
_FRAME = re.compile(
    r"\[(?:(?:audio|caption|embed|gallery|video)[ \t][^=\[\]\n]*=[^\[\]\n]*|/(?:caption|embed))\]"
)
_REMARK = re.compile(rf"{CODE_SPAN}|(?<![\w%])%%(?=\S)[^%\n]{{1,400}}%%")  # of Obsidian
_BLOCK_NAME = re.compile(r"(?<![ \t])[ \t]+\^(?=[\w-]*[a-z])[\w-]{4,40}[ \t]*$")
_BLANKS = re.compile(r"\{(['\"])( *)\1\}")
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
_ATTRIBUTES = re.compile(
    rf"{CODE_SPAN}|(?<![\\$^_{{])(?:"
    rf"[ \t]?{_KRAMDOWN}"
    rf"|(?<=[\])`*_\"}}])\{{{_LIST}\}}"
    rf"|:(?:{ICONS})-[\w-]+:\{{{_LIST}\}}"
    rf"|[ \t]*\{{(?:{_NAMED}|-)\}}(?=[ \t]*$)"
    r")",
    re.MULTILINE,
)
# A component of Nuxt within a text, with words or with attributes alone.
_PROPERTY = rf"(?:(?:#[\w:-]+|\.[^\W\d][\w:-]*)+|:?[\w-]+(?:{_VALUE})?)"
_PROPERTIES = rf"\{{(?=[^{{}}\n]*[=.#])[ \t]*{_PROPERTY}(?:[ \t]+{_PROPERTY})*[ \t]*\}}"
COMPONENT = re.compile(
    rf"{CODE_SPAN}|(?<![\w:]):[a-z][\w-]*(?:\[(?!\^)(?=[^\[\]\n]*[^\W\d_])([^\[\]\n]*)\]"
    rf"(?:{_PROPERTIES}|(?![(\[]))|({_PROPERTIES}))"
)
_VALUED = rf"[ \t]*[\w:-]+{_VALUE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*"
ATTRIBUTES_ALONE = re.compile(rf"[ \t>]*(?:{_KRAMDOWN}|\{{(?:{_NAMED}|{_VALUED})\}})[ \t]*")
_INNER = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*"
_SPAN = re.compile(rf"{CODE_SPAN}|(?<![\]\\!\w])\[({_INNER})\]\{{[ \t]*[.#][\w-]+[^{{}}\n]*\}}")
_IDENTIFIER = re.compile(r"(?:\{:?\s*#([^\s{}]+)[^{}]*\}|\{/\*\s*#?([^\s{}*]+)\s*\*/\})\s*$")


def tags_of(text: str) -> Iterator[str]:
    """Yield the template tags of a text."""
    if "{" in text:
        yield from (match["tag"] for match in TAG.finditer(text) if match["tag"])


def components_of(text: str) -> Iterator[str]:
    """Yield the components of a text that have no words."""
    if ":" in text and "{" in text:
        yield from (match[0] for match in COMPONENT.finditer(text) if match[3])


def without_tags(text: str) -> str:
    """Strip template tags and comments from a text, except in code and formulas."""
    if "<" in text:
        text = _MDX.sub(_without_program, text)
    if "{" in text or "<!--" in text:
        text = _ENCLOSED.sub(r"\1", text)
        without = TAG.sub(lambda match: "" if match["tag"] or match["note"] else match[0], text)
        if without != text:
            # Markup around nothing but a tag, such as **{{ version }}**, is removed with it.
            text = _NO_ADDRESS.sub("](<> ", _EMPTY.sub("", without))
    return text


def _without_program(match: re.Match[str]) -> str:
    """Strip the values of a program from a tag of MDX, or all of the tag of a component."""
    if match[1]:
        return match[0]
    if "." in match[2] or match[2] == "Math":
        return ""
    return _PROGRAM.sub("", match[0]) if "{" in match[3] else match[0]


def without_syntax(text: str) -> str:
    """Strip template tags, comments, components and attributes, except in code and formulas."""
    text = without_tags(text)
    if "%%" in text:
        text = _REMARK.sub(lambda match: match[0] if match[1] else "", text)
    if "=" in text or "[/" in text:
        text = _FRAME.sub("", _FIELD.sub(lambda match: match[1] or "", text))
    if "^" in text:
        text = _BLOCK_NAME.sub("", text)
    if ":" in text:
        text = COMPONENT.sub(_words, text)
    if "{" in text:
        text = _SPAN.sub(lambda match: match[0] if match[1] else match[2], text)
        text = _ATTRIBUTES.sub(lambda match: match[0] if match[1] else "", text)
        text = _BLANKS.sub(r"\2", text)
    return text


def _words(match: re.Match[str]) -> str:
    """Return the words of a component."""
    if match[1]:
        return match[0]
    title = _TITLE.search(match[3] or "")
    return match[2] or (title[1] if title else "")


def identifier_of(text: str) -> str:
    """Parse the ``{#id}`` or ``{/*id*/}`` at the end of a heading; empty if there is none."""
    found = _IDENTIFIER.search(text)
    return found[1] or found[2] if found else ""
