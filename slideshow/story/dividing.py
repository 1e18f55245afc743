"""How much text a cover and a slide show at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

COMFORTABLE_LETTERS = 700  # on a slide that nobody divided
MAX_LEAD_LETTERS = 600  # of a lead that a cover shows whole


def grouped(items: Sequence[Item], lengths: Sequence[int]) -> Iterator[list[Item]]:
    """Yield items in groups that are comfortable to read at once; a long one stands alone."""
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
