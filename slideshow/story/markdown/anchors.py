"""The anchors of an article: of its headings and footnotes, and those that its HTML sets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from slideshow.story.markdown.articles import Article
from slideshow.story.markdown.blocks import NOTES, Composite
from slideshow.story.model import Slide

_NAMED = re.compile(r"<[a-z][^<>]*?\s(?:id|name)=[\"']?([\w.:-]+)", re.IGNORECASE)
_NOTE_LABEL = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")


def anchors_of(article: Article, slides: Sequence[Slide]) -> dict[str, int]:
    """Map the anchors of an article to the positions of their slides."""
    headings = list(_of_headings(article, slides))
    plain = {_plain_anchor(name): position for name, position in reversed(headings)}
    return {**plain, **dict(_in_html(article, slides)), **dict(headings)}


def _of_headings(article: Article, slides: Sequence[Slide]) -> Iterator[tuple[str, int]]:
    """Yield the anchors of the headings of the slides, with the slides' positions."""
    identifiers = {
        node.tokens[at + 1].content: str(token.meta.get("id", ""))
        for node in article.nodes
        for at, token in enumerate(node.tokens)
        if token.type == "heading_open"
    }
    seen: Counter[str] = Counter()
    for position, slide in enumerate(slides, 1):
        for text in slide.texts():
            if text is slide.headline or text.value in identifiers:
                name = anchor_of(text.plain())
                yield f"{name}-{seen[name]}" if name in seen else name, position
                seen[name] += 1
                if identifier := identifiers.get(text.value):
                    yield identifier.lower(), position
        for block in slide.blocks:
            if isinstance(block, Composite) and block.kind == NOTES:
                for label in _NOTE_LABEL.findall(block.source):
                    yield f"note-{article.markup.notes.get(label, '')}", position


def _in_html(article: Article, slides: Sequence[Slide]) -> Iterator[tuple[str, int]]:
    """Yield the anchors in the HTML of an article, with the positions of their slides.

    An anchor alone on its line belongs to the text below it.
    """
    starts = [slide.line for slide in slides]
    waiting: list[str] = []
    for line, number in zip(article.source.lines, article.source.numbers, strict=True):
        waiting += _NAMED.findall(line) if "<" in line else ()
        if waiting and _TAG.sub("", line).strip():
            position = max(1, bisect_right(starts, number))
            yield from ((name.lower(), position) for name in waiting)
            waiting = []


def anchor_of(text: str) -> str:
    """Convert text to the anchor that GitHub and most generators use for a heading."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def _plain_anchor(name: str) -> str:
    """Convert an anchor to the form of MkDocs: without accents and repeated hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub("-{2,}", "-", plain).strip("-") or name
