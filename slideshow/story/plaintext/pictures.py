"""The figures of a text: the name of a file on a line, its caption and credit below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slideshow.errors import Problem
from slideshow.story.figures import MAX_CAPTION_CHARACTERS, Picture, Recording
from slideshow.story.media import PICTURE, kind_of
from slideshow.story.model import Block as StoryBlock
from slideshow.story.model import Text
from slideshow.story.plaintext.lines import Block, joined

CREDIT = re.compile(
    r"(?:photo|image|picture|credit|crédit|photographie|dessin|illustration|carte|map|source|foto"
    r"|bild|fotografia|photograph)(?:graph)?[\w ]{0,15}[\u00a0\u202f ]*[:：]|[©(]c?\)?\s*\S",
    re.IGNORECASE,
)


def figure_of(block: Block, language: str, problems: list[Problem]) -> Iterator[StoryBlock]:
    """Yield the picture that a block names, and a text below it that is too long for a caption."""
    name, lines = block[0], list(block[1:])
    credit = None
    if lines and CREDIT.match(lines[-1].value):
        last = lines.pop()
        credit = Text(last.value, language, last.number)
    words = Text(joined(lines), language, lines[0].number) if lines else None
    is_caption = words is not None and len(words.value) <= MAX_CAPTION_CHARACTERS
    if not is_caption:
        problems.append(
            Problem(
                f"{kind_of(name.value)} {name.value!r} has no caption",
                "say in the line below it what it shows",
                name.number,
            )
        )
    alt = words if words and is_caption else Text("", language, name.number)
    make = Picture if kind_of(name.value) == PICTURE else Recording
    yield make(name.value, alt, credit, words if is_caption else None)
    if words and not is_caption:
        yield words
