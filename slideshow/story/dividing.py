"""The amount of text that a cover and a slide show at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from slideshow.story.model import Block, Slide, Text

Item = TypeVar("Item")

COMFORTABLE_LETTERS = 700  # on an automatically divided slide
MAX_LEAD_LETTERS = 600  # of a lead that fits a cover


def grouped(
    items: Sequence[Item], lengths: Sequence[int], leading: Sequence[bool] = ()
) -> Iterator[list[Item]]:
    """Yield items in groups that are comfortable to read at once; a long item is alone.

    ``leading`` says of each item whether it belongs to the one below it, as a heading does.
    """
    group: list[Item] = []
    size = 0
    held: list[Item] = []
    held_size = 0
    for place, (item, length) in enumerate(zip(items, lengths, strict=True)):
        held.append(item)
        held_size += length
        if place < len(leading) and leading[place]:
            continue
        if group and size + held_size > COMFORTABLE_LETTERS:
            yield group
            group, size = [], 0
        group += held
        size += held_size
        held, held_size = [], 0
    if group or held:
        yield group + held


def parted(
    headline: Text | None, groups: Sequence[Sequence[Block]], identifier: str = ""
) -> Iterator[Slide]:
    """Yield a section as slides that share its headline, one for each group of blocks."""
    whole = groups or [()]
    for part, blocks in enumerate(whole, 1):
        yield Slide(headline, tuple(blocks), part, len(whole), identifier)
