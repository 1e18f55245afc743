"""The page that a text is shown on, as far as its HTML depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape


def _in_words(file: str, alt: str) -> str:
    return escape(alt, quote=False)


@dataclass(frozen=True, slots=True)
class Showing:
    """A page in ``language`` whose headlines are headings of ``rank``.

    ``address`` resolves a link of the article, to an empty string if it is dead; ``label`` names a
    kind of box; ``picture`` renders a picture within a text, from its file and alternative text.
    """

    language: str
    rank: int = 1
    address: Callable[[str], str] = str
    label: Callable[[str], str] = str.capitalize
    picture: Callable[[str, str], str] = _in_words
