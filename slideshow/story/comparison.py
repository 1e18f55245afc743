"""What a translation of Markdown lost or changed on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from slideshow.story.formats.plaintext import shortened
from slideshow.story.markdown.blocks import Markdown, split
from slideshow.story.markdown.parser import parse_line

EMPHASIS = ("em_open", "strong_open")
MARKS = "*`"  # what shows if it is opened and not closed; _ stands in many a name


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that source and translation should have in common."""

    message: str
    fix: str


def differences(source: str, translation: str) -> Iterator[Difference]:
    """Give what is amiss in the Markdown of a translation, compared with its source."""
    before, after = _pieces(source), _pieces(translation)
    yield from _links(_addresses(before), _addresses(after))
    if _has_emphasis(before) and not _has_emphasis(after):
        yield Difference("the emphasis is lost", "put * or ** around the words that have it")
    plain = Markdown().plain
    shown, meant = plain(translation), plain(source)
    for mark in MARKS:
        if shown.count(mark) > meant.count(mark):
            yield Difference(
                f"a {mark} shows in the text", f"close what {mark} opens, or write \\{mark}"
            )


def _links(before: Counter[str], after: Counter[str]) -> Iterator[Difference]:
    lost, added = list((before - after).elements()), list((after - before).elements())
    for old, new in zip(lost, added, strict=False):
        yield Difference(
            f"the link to {shortened(old)} leads to {shortened(new)}",
            "copy the address from the source",
        )
    for old in lost[len(added) :]:
        yield Difference(
            f"the link to {shortened(old)} is lost", f"write [words]({shortened(old)})"
        )
    for new in added[len(lost) :]:
        yield Difference(f"a link to {shortened(new)} that the source does not have", "take it out")


def _pieces(value: str) -> list[Token]:
    body, env = split(value)
    return parse_line(body, env)


def _addresses(pieces: list[Token]) -> Counter[str]:
    return Counter(str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open")


def _has_emphasis(pieces: list[Token]) -> bool:
    return any(piece.type in EMPHASIS for piece in pieces)
