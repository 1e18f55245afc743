"""Renders tokens as safe HTML, and as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from slideshow.story.links import is_beside, is_harmless
from slideshow.story.markdown.containers import KINDS, box_of
from slideshow.story.markdown.formulas import formula
from slideshow.story.markdown.highlighting import coloured
from slideshow.story.markdown.parser import PARSER
from slideshow.story.markdown.sanitising import KNOWN, attributes_of, sanitised, sanitised_inline
from slideshow.story.showing import Showing

Env = MutableMapping[str, Any]
Rule = Callable[[Sequence[Token], int, OptionsDict, Env], str]

LINKS = ("link_open", "link_close")
_HELD = re.compile("\ue000([0-9]{1,6})\ue001")
_EMPTY_PARAGRAPH = re.compile(r"<p(?: class=\"\")?>\s*</p>\n?")
_EMPTY_LINK = re.compile(r"<a(?: [^<>]*)?>\s*</a>")
_EMPTY_HEAD = re.compile(r"<thead>\s*<tr>\s*(?:<th [^<>]*>\s*</th>\s*)+</tr>\s*</thead>\s*")
EXTERNAL = ("http:", "https:", "//")
_ALIGNED = {"text-align:right": "to-end", "text-align:center": "centred", "text-align:left": ""}
_MEDIA = ("img", "iframe", "video", "audio", "embed", "source", "object")


def rendered(
    tokens: Sequence[Token], showing: Showing, notes: Mapping[str, int], is_inline: bool = False
) -> str:
    """Render tokens, whose lines are already parsed, as safe HTML."""
    env: dict[str, Any] = {"showing": showing, "notes": notes}
    html = str(_RENDERER.render(tokens, PARSER.options, env))
    html = _EMPTY_HEAD.sub("", _EMPTY_LINK.sub("", html))
    if "raw" in env:
        html = sanitised_inline(html) if is_inline else sanitised(html)
    pictures = env.get("pictures", ())
    # Last, since the sanitiser knows no pictures: those of an article are never its own HTML.
    if pictures:
        html = _HELD.sub(lambda held: "".join(pictures[int(held[1]) :][:1]), html)
    return _EMPTY_PARAGRAPH.sub("", html)


def file_of(token: Token) -> str:
    """Return the file beside the article that a piece shows; empty for any other piece."""
    address = str(token.attrs.get("src", ""))
    if token.type == "html_inline" and token.content.lower().startswith("<img"):
        address = attributes_of(token.content).get("src", "")
    elif token.type != "image":
        return ""
    file = unquote(address).removeprefix("./")
    return file if is_beside(file) else ""


def words_of(tokens: Sequence[Token]) -> str:
    """Join the text of tokens into one line; empty if nothing is visible."""
    texts = (text_of(token.children) if token.children else token.content for token in tokens)
    return " ".join(text for text in texts if text.strip(" \t\n")).replace("\n", " ")


def text_of(children: Sequence[Token]) -> str:
    """Extract the text of the pieces of a line; for a picture, its alternative text."""
    return "".join(_text(token) for token in children)


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return text_of(token.children or [])
    if token.type == "note_reference":
        return ""
    if token.type == "html_inline":
        return token.content if _is_unknown(token.content) else ""
    return token.content


class _Rules:
    """The rules that differ from markdown-it's own, by the type of the token."""

    def __iter__(self) -> Iterator[tuple[str, Rule]]:
        for name in dir(self):
            if name.islower() and not name.startswith("_"):
                yield name, getattr(self, name)

    def heading_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f"<h{_rank(tokens[at], env)}>"

    def heading_close(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f"</h{_rank(tokens[at], env)}>\n"

    def link_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        showing: Showing = env["showing"]
        address = str(tokens[at].attrs.get("href", ""))
        href = showing.address(address) if is_harmless(address) else ""
        title = tokens[at].attrs.get("title")
        env.setdefault("links", []).append(bool(href))
        if not href:
            return ""
        said = f' title="{escape(str(title))}"' if title else ""
        return f"<a{_address(href)}{said}>"

    def link_close(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        links = env.get("links")
        return "</a>" if links and links.pop() else ""

    def image(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        token = tokens[at]
        words = text_of(token.children or [])
        return _held(token, words, env) or _media(str(token.attrs.get("src", "")), words, env)

    def fence(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        token = tokens[at]
        words = token.info.strip().strip("{}.").split()
        language = words[0].strip("{}.,:") if words else ""
        if language.split(",")[0] in ("math", "latex-math", "katex"):
            env["raw"] = True
            return formula(token.content, is_block=True) + "\n"
        code = coloured(token.content, language.split(",")[0].split("{")[0].split(":")[0])
        return f"<pre><code>{code}</code></pre>\n"

    def code_block(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f"<pre><code>{escape(tokens[at].content, quote=False)}</code></pre>\n"

    def table_open(self, *_: object) -> str:
        return '<div class="scroll" tabindex="0"><table>\n'

    def table_close(self, *_: object) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f'<th scope="col"{_aligned(tokens[at])}>'

    def td_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f"<td{_aligned(tokens[at])}>"

    def math_inline(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        env["raw"] = True
        return formula(tokens[at].content, is_block=False)

    def math_inline_double(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        env["raw"] = True
        return formula(tokens[at].content, is_block=True)

    def math_block(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        env["raw"] = True
        return formula(tokens[at].content, is_block=True) + "\n"

    math_block_label = math_block

    def box_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        token = tokens[at]
        box = box_of(token.info)
        kind = token.meta.get("kind", box.kind)
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        has_title = following is not None and following.info == "title"
        is_folded = token.meta.get("is_folded", box.is_folded)
        showing: Showing = env["showing"]
        label = showing.label(kind) if kind in KINDS.values() else ""
        env.setdefault("boxes", []).append(
            "details" if is_folded else "section" if kind == "tab" else "aside"
        )
        env["raw"] = True  # closes unclosed elements
        head = "summary" if is_folded else 'p class="label"'
        classes = "tab" if kind == "tab" else f"box {kind}".rstrip()
        opening = f'<{env["boxes"][-1]} class="{classes}">\n'
        if has_title:
            return f"{opening}<{head}>"
        if is_folded:
            return f"{opening}<summary>{escape(label or showing.label('details'))}</summary>\n"
        return f'{opening}<p class="label">{escape(label)}</p>\n' if label else opening

    def box_close(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        boxes = env.get("boxes")
        return f"</{boxes.pop()}>\n" if boxes else ""

    def note_reference(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        showing: Showing = env["showing"]
        label = tokens[at].content
        number = env["notes"].get(label)
        if number is None:
            return f"<sup>{escape(label)}</sup>"
        href = showing.address(f"#note-{number}")
        link = f"<a{_address(href)}>{number}</a>" if href else str(number)
        return f'<sup class="reference">{link}</sup>'

    def loose_reference(self, *_: object) -> str:
        return ""

    def inline_note_open(self, *_: object) -> str:
        return ' <small class="note">('

    def inline_note_close(self, *_: object) -> str:
        return ")</small>"

    def html_inline(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        content = tokens[at].content
        name = next(iter(content.strip("</>").split()), "").split("/")[0].lower()
        if name.startswith("!"):
            return ""
        if name in _MEDIA:
            return _html_media(name, tokens[at], env)
        env["raw"] = True
        if name == "a" and "/" in content[:2]:
            return self.link_close(tokens, at, _, env)
        if name == "a":
            written = attributes_of(content).get("href", "")
            showing: Showing = env["showing"]
            href = showing.address(written) if written else ""
            env.setdefault("links", []).append(bool(href))
            return f"<a{_address(href)}>" if href else ""
        if _is_text(content, tokens):
            return escape(content, quote=False)
        return content

    def html_block(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        env["raw"] = True
        children = PARSER.parseInline(tokens[at].content)[0].children or []
        parts = [
            self.html_inline(children, place, _, env) if each.type == "html_inline" else ""
            for place, each in enumerate(children)
        ]
        return "".join(parts) + "\n"

    def text_open(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f"<span{tokens[at].content}>"

    def text_close(self, *_: object) -> str:
        return "</span>"

    def title_close(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return "</summary>\n" if env["boxes"][-1] == "details" else "</p>\n"

    def footnote_reference_open(
        self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env
    ) -> str:
        number = env["notes"].get(tokens[at].meta["label"], "")
        return f'<li value="{number}" id="note-{number}">\n'

    def footnote_reference_close(self, *_: object) -> str:
        return "</li>\n"

    def task(self, tokens: Sequence[Token], at: int, _: OptionsDict, env: Env) -> str:
        return f'<span class="task">{tokens[at].content}</span> '


def _rank(token: Token, env: Env) -> int:
    showing: Showing = env["showing"]
    return min(6, showing.rank + int(token.meta.get("depth", 1)))


def _aligned(token: Token) -> str:
    name = _ALIGNED.get(str(token.attrs.get("style", "")), "")
    return f' class="{name}"' if name else ""


def _address(href: str) -> str:
    if href.startswith("#"):  # a frame opens the others in a separate window
        return f' href="{escape(href)}" target="_self"'
    rel = ' rel="noopener noreferrer"' if href.startswith(EXTERNAL) else ""
    return f' href="{escape(href)}"{rel}'


def _held(token: Token, words: str, env: Env) -> str:
    """Render a picture within a text, and return the mark that holds its place meanwhile."""
    file = file_of(token)
    # A link around a picture without words would have no name.
    if not file or (not words and any(env.get("links", ()))):
        return ""
    showing: Showing = env["showing"]
    pictures: list[str] = env.setdefault("pictures", [])
    pictures.append(showing.picture(file, words))
    return f"\ue000{len(pictures) - 1}\ue001"


def _html_media(name: str, token: Token, env: Env) -> str:
    """Render the tag of a picture or a film in HTML, or the words of one that is not beside it."""
    attributes = attributes_of(token.content)
    words = attributes.get("alt") or attributes.get("title") or ""
    if name != "img":
        words = words or urlsplit(attributes.get("src", "")).netloc
    held = _held(token, words, env)
    if held or token.content.startswith("</"):
        return held
    return _media(attributes.get("src", attributes.get("data", "")), words, env)


def _media(source: str, words: str, env: Env) -> str:
    """Render the words of an unavailable picture or film, with a link to it."""
    is_remote = source.startswith(EXTERNAL)
    if not is_remote or any(env.get("links", ())):
        return escape(words, quote=False)
    text = words or source.split("//")[-1].split("/")[0]
    return f"<a{_address(source)}>{escape(text, quote=False)}</a>" if words else ""


def _is_text(content: str, tokens: Sequence[Token]) -> bool:
    """Check whether an unknown tag is text, such as in Vec<T>."""
    closing = f"</{content[1:-1]}>"
    return _is_unknown(content) and not any(token.content == closing for token in tokens)


def _is_unknown(tag: str) -> bool:
    """Check whether a tag has a name that is not HTML's, and nothing else."""
    return tag[1:-1].isalnum() and tag[1:-1].lower() not in KNOWN


def _made() -> RendererHTML:
    made = RendererHTML(PARSER)
    for name, rule in _Rules():
        made.rules[name] = rule  # type: ignore[assignment]  # called as a function is
    return made


_RENDERER = _made()
