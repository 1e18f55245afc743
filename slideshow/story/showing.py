"""The page that a text is shown on, as far as its HTML depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _as_written(address: str) -> str:
    return address


@dataclass(frozen=True, slots=True)
class Showing:
    """A page in ``language`` whose headlines are headings of ``rank``.

    ``address`` resolves a link of the article, to an empty string if it is dead; ``label`` names a
    kind of box.
    """

    language: str
    rank: int = 1
    address: Callable[[str], str] = _as_written
    label: Callable[[str], str] = str.capitalize
