"""A source imported again: its changes go into the article, the author's stay there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from merge3 import Merge3

KEY = re.compile(r"^(#{1,6} .*?)[ \t]+(\{[^{}\n]*\})[ \t]*$")


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of an article after a merge, and the lines at which it kept the author's words."""

    text: str
    conflicts: tuple[int, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge an article with its source.

    ``base`` is the article as it was imported last, ``mine`` as its author left it, ``theirs``
    as the source gives it now. Where both changed the same paragraph, the author's stays.
    """
    if mine == base or theirs == base:
        return Merged(theirs if mine == base else mine, ())
    merging = Merge3(_pieces(base), _pieces(mine), _pieces(theirs))
    text, conflicts = "", []
    for kind, *sides in merging.merge_groups():
        if kind == "conflict":
            kept, is_clear = _settled(*map(list, sides))
            if not is_clear:
                conflicts.append(text.count("\n") + 1)
            text += "".join(kept)
        else:
            text += "".join(sides[0])
    return Merged(text, tuple(conflicts))


def _settled(base: list[str], mine: list[str], theirs: list[str]) -> tuple[list[str], bool]:
    """Return the pieces to keep of a conflict, and whether nothing of the source is lost.

    A key that the author gave a headline stays behind the headline's new words.
    """
    keys = [each for each in mine if each.startswith(" {")]
    if keys and [each for each in mine if each not in keys] == base and len(theirs) == len(base):
        return [theirs[0], *keys, *theirs[1:]], True
    return mine, False


def _pieces(text: str) -> list[str]:
    """Return a text's lines and their ends; a headline's key is a piece of its own."""
    pieces: list[str] = []
    for line in text.split("\n"):
        found = KEY.match(line)
        pieces += [found[1], f" {found[2]}", "\n"] if found else [line, "\n"]
    return pieces[:-1]
