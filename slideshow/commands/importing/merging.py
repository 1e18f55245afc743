"""Merges a source imported again: its changes go into the article, the author's stay."""

from __future__ import annotations

import re
from dataclasses import dataclass

from merge3 import Merge3

KEY = re.compile(r"^(#{1,6} .*?)[ \t]+(\{[^{}\n]*\})[ \t]*$")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged article, and the lines at which the author's words were kept."""

    text: str
    conflicts: tuple[int, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge an article with its source.

    ``base`` is the last imported version, ``mine`` the author's, ``theirs`` the current source. If
    both changed the same paragraph, the author's version wins.
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
    """Choose the pieces of a conflict to keep, and check that the source loses none.

    A key that the author added to a headline stays, after the headline's new words.
    """
    keys = [each for each in mine if each.startswith(" {")]
    if keys and [each for each in mine if each not in keys] == base and len(theirs) == len(base):
        return [theirs[0], *keys, *theirs[1:]], True
    return mine, False


def _pieces(text: str) -> list[str]:
    """Split a text into lines and their ends; a headline's key is a separate piece."""
    pieces: list[str] = []
    for line in text.split("\n"):
        found = KEY.match(line)
        pieces += [found[1], f" {found[2]}", "\n"] if found else [line, "\n"]
    return pieces[:-1]
