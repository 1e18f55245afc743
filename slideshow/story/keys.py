"""The keys of slides: their names in URLs, made from headlines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from slideshow.story.model import Text

MAX_KEY_CHARACTERS = 48  # a folder of an export has at most 255 bytes
ALIKE = 0.6  # ratio from which two keys are of one slide whose headline was reworded
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MARKUP = re.compile(r"[\[<&{:$^=]")  # signs of markup that adds or removes words


class Place(NamedTuple):
    """A slide's name in URLs: its position, from 1, and its key, which may be empty."""

    position: int
    key: str = ""

    def __str__(self) -> str:
        return f"{self.position}-{self.key}" if self.key else str(self.position)


def parse_place(written: str) -> Place:
    """Parse a place such as ``3-platform-nine``."""
    position, _, key = written.partition("-")
    return Place(int(position), key)


def normalised(written: str) -> str:
    """Return letters and digits of every script, in lower case, with hyphens between words."""
    text = unicodedata.normalize("NFC", written).lower()
    if text.isascii():
        return "-".join(_ASCII_WORD.findall(text))
    letters = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text)
    return "-".join("".join(letters).split())


def key_of(headline: str) -> str:
    """Make a key from a headline: as many of its first words as a key may have characters."""
    words = normalised(headline).split("-")
    key = words[0]
    for word in words[1:]:
        if len(key) + 1 + len(word) > MAX_KEY_CHARACTERS:
            break
        key += f"-{word}"
    end = MAX_KEY_CHARACTERS
    while end < len(key) and unicodedata.category(key[end])[0] == "M":
        end -= 1  # no letter is parted from its accents
    return key[:end]


def keys_of(names: Iterable[tuple[str, Text | None]]) -> tuple[str, ...]:
    """Make the keys of slides from their identifiers and headlines, each key once.

    An identifier of the author's takes precedence over the headline; without either, the key is
    empty.
    """
    known: set[str] = set()
    return tuple(_unused(key, known) for key in map(_key, names))


def _key(name: tuple[str, Text | None]) -> str:
    identifier, headline = name
    if identifier or headline is None:
        return key_of(identifier)
    value = headline.value
    return key_of(headline.plain() if _MARKUP.search(value) else value)


def _unused(key: str, known: set[str]) -> str:
    number, made = 1, key
    while made in known:
        number += 1
        made = f"{key}-{number}"
    if key:
        known.add(made)
    return made


def nearest(key: str, keys: Sequence[str]) -> str | None:
    """Find the key that resembles another most; None if none does."""
    return max(_alike(key, keys), default=(0.0, None), key=lambda found: found[0])[1]


def _alike(key: str, keys: Iterable[str]) -> Iterator[tuple[float, str | None]]:
    matcher = SequenceMatcher(b=key, autojunk=False)
    for each in filter(None, keys):
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            ratio = matcher.ratio()
            if ratio >= ALIKE:
                yield ratio, each
