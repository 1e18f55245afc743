"""The figures of a paragraph, and their places by its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from slideshow.story.figures import Figure
from slideshow.story.markdown.sanitising import attributes_of
from slideshow.story.media import BLEED, SIDES

_WRAPPER = re.compile(r"</?(?:p|div|center|figure|picture|span)\b[^<>]*>", re.IGNORECASE)


def place_in(attributes: str) -> str:
    """Find the place of a figure in attributes such as ``.bleed .left``; empty if there is none."""
    names = [name.lower() for name in re.findall(r"\.([\w-]+)", attributes)]
    side = next((name for name in names if name in SIDES), "")
    return "-".join(filter(None, (BLEED, side))) if BLEED in names else side


def placed(pictures: Sequence[Figure], places: Sequence[str]) -> Iterator[Figure]:
    """Yield pictures in the places that the attributes behind them name."""
    known = places if len(places) == len(pictures) else [""] * len(pictures)
    for picture, attributes in zip(pictures, known, strict=True):
        yield replace(picture, place=place_in(attributes))


def pictures_alone(pieces: Sequence[Token]) -> Iterator[Token]:
    """Yield the pictures of a paragraph of pictures, each as a token with its address."""
    found = []
    for piece in pieces:
        picture = _picture_of(piece)
        if picture:
            found.append(picture)
        elif piece.type in ("link_open", "code_inline") or not _is_around(piece.content):
            return
    yield from found


def _is_around(content: str) -> bool:
    """Check whether a piece is only the tag of an element around a picture."""
    return not content.strip() or _WRAPPER.fullmatch(content) is not None


def _picture_of(piece: Token) -> Token | None:
    if piece.type == "image":
        return piece
    if piece.type != "html_inline" or not piece.content.lower().startswith("<img"):
        return None
    attributes = attributes_of(piece.content)
    words = Token("text", "", 0, content=attributes.get("alt", ""))
    source = {"src": attributes.get("src", ""), "title": attributes.get("title", "")}
    return Token("image", "img", 0, attrs=dict(source), children=[words])
