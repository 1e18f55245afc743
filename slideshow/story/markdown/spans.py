"""The lines of other tools' constructs that go on below their first: found by their ends.

Comments, the front matter of single slides, template tags, imports of programs, blocks of Nuxt.
"""

from __future__ import annotations

import re

from slideshow.story.markdown.marks import LIST_MARK

FENCE = re.compile(rf"[ \t>]*(?:{LIST_MARK}+)*(`{{3,}}|~{{3,}})(.*)")
NUXT = re.compile(r"[ \t]*::[a-z][\w-]*(?:\[[^\[\]]*\])?(?:\{.*\})?[ \t]*")
RULE = re.compile(r"---[ \t]*")
_COMMENT = re.compile(r"\{%-?\s*(end)?comment\s*-?%\}")
# A tag of several lines: a shortcode, a macro or a block's.
OPEN_TAG = re.compile(
    r"\{\{[<%](?![^\n]*[>%]\}\})|\{\{[-~]?[ \t]*[A-Za-z_][\w.]*\((?![^\n]*\}\})|\{%(?![^\n]*%\})"
)
_MODULE = re.compile(
    r"import\s+(?:[\w*{][^'\"]*\sfrom\s+)?(['\"])[^'\"]+\1;?\s*|export\s+(?:const|let|var|default|function)\s.*"
)
_MODULE_OPEN = re.compile(
    r"import\s*\{[^}]*|export\s+(?:const|let|var|default|function)\s.*[{\[(]\s*"
)
_MODULE_CLOSE = re.compile(r"\}\s*from\s*(['\"])[^'\"]+\1;?\s*|[}\])];?\s*")
_KEY = re.compile(r"[A-Za-z][\w-]*:(?:\s.*)?")
_DOLLARS_END = re.compile(r"\$\$(?:[ \t]*\([^()]*\))?[ \t]*$")  # perhaps with a label
_LITERAL = re.compile(
    r"[ \t>]*(?:(?P<dollars>\$\$)(?!.*\$\$)|(?P<bracket>\\\\?\[)[ \t]*$"
    r"|\\begin\{(?P<name>align|equation|gather|multline)"
    rf"|(?:{LIST_MARK}+)?(?P<pre><pre\b[^<>]*>)(?!.*</pre))",
    re.IGNORECASE,
)
MAX_TAG_LINES = 200
MAX_COMMENT_LINES = 200


def block_ends(lines: list[str]) -> dict[int, int]:
    """Find the last lines of the blocks of Nuxt, by the places of their first lines."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    open_fence = ""
    for place, line in enumerate(lines):
        if fence := FENCE.match(line):
            if not open_fence:
                open_fence = fence[1]
            elif fence[1].startswith(open_fence) and not fence[2].strip():
                open_fence = ""
        elif not open_fence and NUXT.fullmatch(line):
            opened.append(place)
        elif not open_fence and opened and line.strip() == "::":
            ends[opened.pop()] = place
    return ends


def hidden_lines(lines: list[str], place: int) -> int:
    """Count the lines of a comment of HTML, Liquid or MDX that starts here."""
    line = lines[place]
    last = min(len(lines), place + MAX_COMMENT_LINES)
    if (found := _COMMENT.search(line)) and not found[1]:
        for end in range(place, last):
            if (close := _COMMENT.search(lines[end])) and close[1]:
                return end - place + 1
    if line.lstrip().startswith("<!--") and "-->" not in line:
        for end in range(place + 1, last):
            if "-->" in lines[end]:
                return end - place + 1 if lines[end].rstrip().endswith("-->") else 0
    if line.strip() == "%%":  # Obsidian's
        return next(
            (end - place + 1 for end in range(place + 1, last) if lines[end].strip() == "%%"), 0
        )
    if line.startswith("{/*"):
        for end in range(place, last):
            if "*/}" in lines[end]:
                return end - place + 1 if lines[end].rstrip().endswith("*/}") else 0
    return 0


def literal_end(lines: list[str], place: int) -> int:
    """Find the line behind a formula or a program of several lines; 0 if none starts here."""
    found = _LITERAL.match(lines[place]) if any(sign in lines[place] for sign in "$\\<") else None
    if not found:
        return 0
    close = "</pre" if found["pre"] else "\\]" if found["bracket"] else f"\\end{{{found['name']}"
    for end in range(place + 1, min(len(lines), place + MAX_TAG_LINES)):
        if _DOLLARS_END.search(lines[end]) if found["dollars"] else close in lines[end].lower():
            return end + 1
        if not (found["dollars"] or found["pre"] or lines[end].strip()):
            break
    return 0


def matter_end(lines: list[str], place: int) -> int:
    """Find the last line of a slide's own front matter, as in Slidev; 0 if there is none."""
    has_key = False
    for end in range(place + 1, min(len(lines), place + MAX_TAG_LINES)):
        line = lines[end]
        if RULE.fullmatch(line):
            return end if has_key else 0
        if _KEY.fullmatch(line):
            has_key = True
        elif not (has_key and line[:1] in (" ", "\t") and line.strip()):
            return 0
    return 0


def tag_end(lines: list[str], place: int, closing: str) -> int:
    """Find the line that ends a template tag of several lines; 0 if there is none."""
    for end in range(place + 1, min(place + MAX_TAG_LINES, len(lines))):
        if closing in lines[end]:
            return end
        if OPEN_TAG.search(lines[end]):
            break
    return 0


def module_lines(lines: list[str], place: int) -> int:
    """Count the lines of an import or an export of a program (MDX) that starts here."""
    if not _MODULE_OPEN.fullmatch(lines[place]):
        return int(_MODULE.fullmatch(lines[place]) is not None)
    end = place
    while end + 1 < min(len(lines), place + MAX_TAG_LINES) and lines[end].strip():
        end += 1
        if _MODULE_CLOSE.fullmatch(lines[end]):
            return end - place + 1
    return 0
