"""The amount of text that a cover and a slide show at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

COMFORTABLE_LETTERS = 700  # on an automatically divided slide
MAX_LEAD_LETTERS = 600  # of a lead that fits a cover


def grouped(items: Sequence[Item], lengths: Sequence[int]) -> Iterator[list[Item]]:
    """Yield items in groups that are comfortable to read at once; a long item is alone."""
    group: list[Item] = []
    size = 0
    for item, length in zip(items, lengths, strict=True):
        if group and size + length > COMFORTABLE_LETTERS:
            yield group
            group, size = [], 0
        group.append(item)
        size += length
    if group:
        yield group
