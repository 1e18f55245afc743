"""Finds markup that a translation of Markdown lost or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markdown_it.token import Token

from slideshow.errors import Problem, shortened
from slideshow.story.markdown.blocks import Markdown, split
from slideshow.story.markdown.parser import parse_line

EMPHASIS = ("em_open", "strong_open")
MARKS = "*`"  # signs that show if left unclosed; not _, which is common in names


def compare(source: str, translation: str) -> Iterator[Problem]:
    """Yield a problem for each mismatch in Markdown between a translation and its source."""
    before, after = _pieces(source), _pieces(translation)
    yield from _links(_addresses(before), _addresses(after))
    if _has_emphasis(before) and not _has_emphasis(after):
        yield Problem("the emphasis is lost", "put * or ** around the words that have it")
    plain = Markdown().plain
    shown, meant = plain(translation), plain(source)
    for mark in MARKS:
        if shown.count(mark) > meant.count(mark):
            yield Problem(
                f"a {mark} shows in the text", f"close what {mark} opens, or write \\{mark}"
            )


def _links(before: Counter[str], after: Counter[str]) -> Iterator[Problem]:
    missing, added = list((before - after).elements()), list((after - before).elements())
    for old, new in zip(missing, added, strict=False):
        yield Problem(
            f"the link to {shortened(old)} leads to {shortened(new)}",
            "copy the address from the source",
        )
    for old in missing[len(added) :]:
        yield Problem(f"the link to {shortened(old)} is lost", f"write [words]({shortened(old)})")
    for new in added[len(missing) :]:
        yield Problem(f"a link to {shortened(new)} that the source does not have", "take it out")


def _pieces(value: str) -> list[Token]:
    body, env = split(value)
    return parse_line(body, env)


def _addresses(pieces: list[Token]) -> Counter[str]:
    return Counter(str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open")


def _has_emphasis(pieces: list[Token]) -> bool:
    return any(piece.type in EMPHASIS for piece in pieces)
