"""The words of texts and of searches: without case and accents, in pairs where none are spaced.

Whatever searches the texts of stories, by an index or one by one, compares these words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Scripts without spaces between words, whose words are pairs of letters: Thai to Tibetan, Burmese,
# Khmer, kana, Hangul and Han.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u103f\u1100-\u11ff\u1780-\u17d3"
    "\u3005-\u3007\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Marks that are parts of words, as are all the letters of Indic scripts; soft hyphens and joiners.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_RUN = re.compile(rf"[{_UNSPACED}]+|(?:[^\W_{_UNSPACED}]|[{_MARKS}])+")
_PLAIN_RUN = re.compile(r"[^\W_]+")  # of a text without those scripts and marks: far quicker
_needs_care = re.compile(f"[{_UNSPACED}{_MARKS}]").search
_is_unspaced = re.compile(f"[{_UNSPACED}]").match
# Marks and invisible characters that readers do not type: of Latin, Greek, Cyrillic, Hebrew,
# Arabic. Those of other scripts make other letters.
_IGNORED = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u200c\u200d]"
)
# Letters that readers type differently; the full-width ones of East Asia.
_ALIKE = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ﬁ": "fi", "ﬂ": "fl"} | {
    chr(code + 0xFEE0): chr(code) for code in (*range(0x30, 0x3A), *range(0x61, 0x7B))
}
_ALIKE_LETTERS = re.compile(f"[{''.join(_ALIKE)}]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)([\"“”„«»]?)|([^\s\"“”„«»]+)")
REMEMBERED_RUNS = 32_768


class Word(NamedTuple):
    """A folded word, and where it starts and ends in its text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a search that follow each other; the last may go on if it ``is_open``."""

    words: tuple[str, ...]
    is_open: bool

    def places(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of each place of the phrase among the words of a text."""
        length, last = len(self.words), self.words[-1]
        for first in range(len(words) - length + 1):
            end = words[first + length - 1]
            is_last = end.folded.startswith(last) if self.is_open else end.folded == last
            if is_last and all(
                words[first + place].folded == self.words[place] for place in range(length - 1)
            ):
                yield words[first].start, end.end


def folded(text: str) -> str:
    """Remove case and accents from a text, for comparison with another folded one."""
    if text.isascii():
        return text.lower()
    alike = _ALIKE_LETTERS.sub(lambda letter: _ALIKE[letter[0]], text.casefold())
    parts = unicodedata.normalize("NFD", alike)
    return unicodedata.normalize("NFC", _IGNORED.sub("", parts))


_folded = lru_cache(REMEMBERED_RUNS)(folded)  # a text repeats its words


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text; of a run of unspaced letters, each pair and the last letter."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if not _is_unspaced(run[0]):
            if word := _folded(run[0]):
                yield Word(word, start, end)
            continue
        for place in range(start, end):
            last = min(place + 2, end)
            yield Word(_folded(text[place:last]), place, last)


def folded_words(text: str) -> list[str]:
    """List the words of a text, folded: those of ``words_of``, in less time."""
    text = folded(text)
    if text.isascii() or not _needs_care(text):
        return _PLAIN_RUN.findall(text)
    return [word.folded for word in words_of(text)]


def beginning_of(word: str) -> str:
    """Return the first letters of a folded word, which every search for its beginning has too."""
    return word[:1] if _is_unspaced(word) else word[:2]


def phrases_of(search: str) -> tuple[Phrase, ...]:
    """Parse a search: words, each of which may be the beginning of one, and "quoted phrases"."""
    found: dict[Phrase, None] = {}
    for quoted, end, word in _QUOTED.findall(unicodedata.normalize("NFC", search)):
        if phrase := _phrase(quoted or word, is_closed=bool(end)):
            found[phrase] = None
    return tuple(found)


def _phrase(written: str, is_closed: bool) -> Phrase | None:
    words = [*words_of(written)]
    if not words:
        return None
    last = words[-1]
    if not _is_unspaced(written[last.start : last.end]):
        # So many words start with a single letter that only the letter is found.
        return Phrase(tuple(each.folded for each in words), not is_closed and len(last.folded) > 1)
    is_pair = len(words) > 1 and words[-2].end == last.end
    # The letter after the last pair of a search may be followed by another one in the text.
    return Phrase(tuple(each.folded for each in (words[:-1] if is_pair else words)), not is_pair)
