"""Reshapes the tokens of markdown-it: clean texts, with boxes, tasks and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markdown_it.token import Token

from slideshow.story.markdown.containers import alert_of
from slideshow.story.markdown.embedded import without_elements
from slideshow.story.markdown.emoji import fields_escaped
from slideshow.story.markdown.scripts import unwrapped
from slideshow.story.markdown.tags import beside_code, identifier_of, replaced, without_syntax

MAX_HEADING_CHARACTERS = 160  # a longer line above --- is a paragraph above a rule

MAX_SEARCHED_CHARACTERS = 10_000  # of HTML, for words
_SENTENCE_END = re.compile(r"[.:;!?。！？…]['\"’”»)]*$")
_TASK = re.compile(r"\[([ xX])\][ \t\u00a0]+")
# The attributes at the end of a headline, and those behind a picture.
_ATTRIBUTES = re.compile(r"\{:?([^{}]*)\}\s*$")
_UNNUMBERED = re.compile(r"[ \t]\{-\}$")  # a headline of Pandoc
_PICTURE = re.compile(
    r"!\[(?:[^\[\]\\]|\\.)*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])?(?:[ \t]?\{:?([^{}\n]*)\})?"
)
# An address with spaces, and perhaps parentheses, as in the name of a copied file.
_PART = r"(?:[^()<>\s\"']|(?<! )'|\([^()<>\s\"]*\))+"
_BLANK_DESTINATION = re.compile(rf"(?<!\\)\]\(({_PART}(?: {_PART})+)((?: \"[^\"\n]*\")?)\)")
# The title of a picture in the quotation marks that word processors make of straight ones.
_CURLED_TITLE = re.compile(rf"\]\(({_PART}(?: {_PART})*) [“”„«]\s?([^“”„«»\"\n]+?)\s?[”“»]\)")
# A picture whose alternative text is among its attributes.
_ATTRIBUTED = re.compile(
    r"!\[\](?=\((?:[^()\n]|\([^()\n]*\))*\)\{[^{}\n]*\balt=(?:\"([^\"\[\]]*)\"|'([^'\[\]]*)'))"
)
_NOTHING_STRONG = beside_code(r"(?<!\S)\*{4}(?!\S)")
# An address between angle brackets is not a tag.
_TAGS = re.compile(
    r"<!--.*?-->|</?[A-Za-z][\w-]*(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL
)
# The code that other sites offer for a film, a chart or a map.
_FRAME = re.compile(
    r"(?:<(?:div|p|figure|center)\b[^<>]*>\s*){0,4}<iframe\b([^<>]*)>[^<]*</iframe>"
    r"\s*(?:</(?:div|p|figure|center)>\s*){0,4}(?:<script\b[^<>]*></script>)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsrc=[\"']([^\"']+)[\"']", re.IGNORECASE)
_TITLE = re.compile(r"\btitle=[\"']([^\"']+)[\"']", re.IGNORECASE)
# Without a language or direction of its own.
_PARAGRAPH = re.compile(
    r"<p(?![^<>]*\s(?:lang|dir)=)(?:\s[^<>]*)?>((?:[^<]|<(?!/?(?:p|div|table|ul|ol|li)\b))*)</p>",
    re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"<pre\b[^<>]*>\n?(.*?)</pre>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#-]+)")
_MEDIA = re.compile(r"<(?:img|iframe|video|audio|embed|object)\b", re.IGNORECASE)


def reshaped(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens in this project's form: cleaned, with boxes, tasks and identifiers."""
    place = 0
    quotations: list[bool] = []
    while place < len(tokens):
        token = tokens[place]
        kind = token.type
        if kind == "blockquote_open":
            title = _make_box(tokens, place)
            quotations.append(title is not None)
            yield token
            if title:
                yield Token(
                    "inline", "", 0, content=title, children=[], info="title", map=token.map
                )
            place += 1
            continue
        elif kind == "blockquote_close" and quotations.pop():
            token.type, token.tag = "box_close", ""
        elif kind == "heading_open":
            yield from _heading(tokens, place)
            place += 3
            continue
        elif kind == "paragraph_open":
            inline = tokens[place + 1]
            is_first = place > 0 and tokens[place - 1].type == "list_item_open"
            _clean(inline)
            if place > 0 and tokens[place - 1].type == "table_close":
                inline.content = inline.content.removeprefix(": ")  # its caption in Pandoc
            if is_first and (task := _TASK.match(inline.content)):
                inline.meta["task"] = task[1] != " "
                inline.content = inline.content[task.end() :]
            if not inline.content.strip():
                place += 3
                continue
        elif kind == "inline":
            _clean(token)
        elif kind == "html_block" and (link := _frame_link(token.content)):
            yield from _paragraph(token, link)
            place += 1
            continue
        elif kind == "html_block" and (found := _PARAGRAPH.fullmatch(token.content.strip())):
            yield from _paragraph(token, found[1])
            place += 1
            continue
        elif kind == "html_block" and not _html(token):
            place += 1
            continue
        yield token
        place += 1


def _frame_link(html: str) -> str:
    """Turn the frame of another site, alone in a block, into a link; empty if it is not that."""
    found = _FRAME.fullmatch(html.strip()) if "<iframe" in html.lower() else None
    source = _SOURCE.search(found[1]) if found else None
    if not found or not source:
        return ""
    address = unescape(source[1]).strip()
    address = f"https:{address}" if address.startswith("//") else address
    title = _TITLE.search(found[1])
    if not re.fullmatch(r"https?://[^\s<>()\[\]]+", address):
        return ""
    words = re.sub(r"[\[\]\\<>]", "", unescape(title[1])).strip() if title else ""
    return f"[{words}]({address})" if words else f"<{address}>"


def _paragraph(token: Token, content: str) -> Iterator[Token]:
    """Yield the tokens of a paragraph for one in HTML."""
    inline = Token("inline", "", 0, content=content.strip(), children=[], map=token.map)
    _clean(inline)
    if inline.content.strip():
        yield Token("paragraph_open", "p", 1, map=token.map, block=True)
        yield inline
        yield Token("paragraph_close", "p", -1, block=True)


def _clean(token: Token) -> None:
    content = token.content
    if "![" in content and "{" in content:
        content = _ATTRIBUTED.sub(lambda match: f"![{match[1] or match[2]}]", content)
        token.meta["places"] = [found[1] or "" for found in _PICTURE.finditer(content)]
    if any(sign in content for sign in "{<:[^%"):
        content = without_syntax(content).strip(" \t\n")
    if "\n" in content and ":" in content and "`" not in content:
        content = fields_escaped(content)
    if "****" in content:
        content = replaced(_NOTHING_STRONG, content)
    if "](" in content:
        content = _CURLED_TITLE.sub(r'](\1 "\2")', content)
        content = _BLANK_DESTINATION.sub(r"](<\1>\2)", content)
    if "\n" in content and ("![" in content or "<img" in content):
        token.meta["lines"] = content.split("\n")  # a caption is below its picture
    token.content = normalised(content)


def _heading(tokens: list[Token], place: int) -> Iterator[Token]:
    opening, inline, closing = tokens[place : place + 3]
    content = inline.content
    opening.meta["id"] = identifier_of(content)
    found = _ATTRIBUTES.search(content) if "{" in content else None
    opening.meta["attributes"] = found[1] if found else ""
    is_paragraph = opening.markup == "-" and (
        "\n" in content or len(content) > MAX_HEADING_CHARACTERS or _SENTENCE_END.search(content)
    )
    if opening.markup in "-=" and len(content) > MAX_HEADING_CHARACTERS:
        is_paragraph = True
    inline.content = _UNNUMBERED.sub("", content)
    _clean(inline)
    inline.content = inline.content.replace("\n", " ")
    if not is_paragraph:
        yield from (opening, inline, closing)
        return
    for token, nesting in ((opening, 1), (closing, -1)):
        token.type = "paragraph_open" if nesting > 0 else "paragraph_close"
        token.tag = "p"
    yield from (opening, inline, closing)
    end = opening.map[1] if opening.map else 1
    rule = Token("hr", "hr", 0, map=[end - 1, end], level=opening.level, block=True)
    rule.markup = "---"
    yield rule


def _make_box(tokens: list[Token], place: int) -> str | None:
    """Turn a quotation into a box if its first line names one; return its title or None."""
    if place + 2 >= len(tokens) or tokens[place + 2].type != "inline":
        return None
    inline = tokens[place + 2]
    alert = alert_of(inline.content)
    if alert is None:
        return None
    box, inline.content = alert
    token = tokens[place]
    token.type, token.tag = "box_open", ""
    token.meta = {"kind": box.kind}
    return box.title


def _html(token: Token) -> bool:
    """Turn HTML with words in it into a line of text; return whether anything is left."""
    content = without_elements(token.content, ("script", "style"))
    content = without_syntax(content).strip()
    token.content = content
    if not content:
        return False
    if found := _PREFORMATTED.fullmatch(content):
        token.type, token.tag = "fence", "code"
        language = _LANGUAGE.search(content)
        token.info = language[1] if language else ""
        token.content = unescape(_TAGS.sub("", found[1])).strip("\n") + "\n"
        return True
    if (
        len(content) > MAX_SEARCHED_CHARACTERS
        or _MEDIA.search(content)
        or re.search(r"\w", _TAGS.sub("", content))
    ):
        token.type, token.info = "inline", "html"
        token.children = []
        token.content = "\n".join(line.strip() for line in content.split("\n") if line.strip())
    return True


def normalised(content: str) -> str:
    """Join the lines of a paragraph into one message, unchanged by re-wrapping."""
    if "\n" not in content:
        return content
    lines = content.split("\n")
    kept = []
    for line in lines[:-1]:
        text = line.lstrip(" \t")
        words = text.rstrip(" \t")
        if words.endswith("\\") and words == text:
            kept.append(f"{words}\r")
        else:
            kept.append(f"{words}  \r" if text.endswith("  ") else words)
    joined = "\n".join([*kept, lines[-1].strip(" \t")])
    return unwrapped(joined.replace("\r\n", "\r")).replace("\r", "\n")


def says_nothing(value: str) -> bool:
    """Check whether a line contains only blanks, and tags without words."""
    if value and value[0] not in "<&\u00a0":
        return False
    return not _MEDIA.search(value) and not unescape(_TAGS.sub("", value)).strip()
