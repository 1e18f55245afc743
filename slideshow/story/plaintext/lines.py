"""The lines of a text, and the blocks that they form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from slideshow.errors import ArticleError
from slideshow.story.media import FILMS, PICTURES, SOUNDS

# A text's only control characters are tabs and line ends; any other means binary data. Half a
# surrogate pair is not a character, and cannot be encoded.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|\r|\n|\f")
BLANKS = " \t"
# A row of signs divides a text, or underlines the headline above it.
ROW = re.compile(r"([-=_*#~+•·–—])(?:[ \t]*\1){2,}")
CLOSING = "»”’\"')]』」）】\u00a0\u202f"
FULL_STOPS = ".!?…؟۔।॥"
BULLET = re.compile(r"[-*•‣▪·–—][ \t\u00a0\u202f]+(?=\S)")
NUMBER = re.compile(r"\d{1,3}[.)][ \t\u00a0]+(?=\S)")
MAX_WRAP_CHARACTERS = 120  # nobody wraps longer lines
MIN_WRAP_CHARACTERS = 60  # of prose; narrower lines are verse or dialogue
MIN_STANZA_LINES = 3
# A line is wrapped where the next word would not have fit; a shorter one was ended on purpose.
FILLED_SHARE = 0.75
# A line that is nothing but the name of the file of a picture, film or sound.
_SUFFIXES = (*PICTURES, *FILMS, *SOUNDS)
PICTURE = re.compile(
    r"(?![\"'(\[<])[^/\\:*?\"<>|\s][^\\:*?\"<>|]{0,150}"
    + f"(?:{'|'.join(map(re.escape, _SUFFIXES))})",
    re.IGNORECASE,
)
MAX_SUFFIX_CHARACTERS = max(map(len, _SUFFIXES))  # with its full stop
# Chinese and Japanese, which are written without spaces.
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without surrounding spaces, and its number, from 1.

    ``is_verse`` is True for one of several short lines that belong together.
    """

    value: str
    number: int
    is_verse: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it is visible; a row of signs divides as a blank line does."""
        return not self.value or self.value.isspace() or bool(ROW.fullmatch(self.value))

    @property
    def is_picture(self) -> bool:
        """Whether it names the file of a picture."""
        # Few lines end with a suffix, which is quicker to see than that all of it is a name.
        return "." in self.value[-MAX_SUFFIX_CHARACTERS:-1] and bool(PICTURE.fullmatch(self.value))

    @property
    def is_item(self) -> bool:
        """Whether it starts an item of a list, or a line of dialogue."""
        return bool(BULLET.match(self.value) or NUMBER.match(self.value))


Block = list[Line]


def readable(source: str) -> str:
    """Normalise the line ends of a source and strip byte order marks, also of files joined to it.

    Raises ArticleError, with the line, for control characters, which no text contains.
    """
    refuse_controls(source, 1)
    source = source.replace("\ufeff", "")
    return LINE_END.sub("\n", source) if "\r" in source or "\f" in source else source


def refuse_controls(text: str, line: int) -> None:
    """Raise ArticleError if a text, which starts at ``line``, has a control character."""
    if match := CONTROL.search(text):
        raise ArticleError(
            f"control character U+{ord(match[0]):04X}: not a text",
            "save the article as plain text in UTF-8",
            line=len(LINE_END.findall(text, 0, match.start())) + line,
        )


def lines_of(source: str, first: int = 1) -> list[Line]:
    """Split a text into lines, numbered from ``first``."""
    values = readable(source).split("\n")
    return [Line(value.strip(BLANKS), number) for number, value in enumerate(values, first)]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Group consecutive lines into blocks; a picture starts one."""
    blocks: list[Block] = [[]]
    for line in lines:
        if line.is_picture and blocks[-1]:
            blocks.append([line])
        elif not line.is_blank:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return blocks if blocks[-1] else blocks[:-1]


def paragraphs_of(blocks: Sequence[Block]) -> list[Block]:
    """Divide blocks into paragraphs, which may be one line each or wrapped to a width."""
    usual = _usual_width([len(line.value) for block in blocks for line in block[:-1]])
    return [
        paragraph
        for block in blocks
        for paragraph in ([block] if block[0].is_picture else _paragraphs(block, usual))
    ]


def _usual_width(lengths: list[int]) -> int:
    """Compute the median length of line, weighted by letters."""
    half = sum(lengths) / 2
    for length in sorted(lengths, reverse=True):
        half -= length
        if half <= 0:
            return length
    return 0


def _paragraphs(block: Block, usual_width: int) -> Iterator[Block]:
    if len(block) == 1:
        yield block
        return
    width = max(usual_width, *(len(line.value) for line in block))
    if (
        len(block) >= MIN_STANZA_LINES
        and width < MIN_WRAP_CHARACTERS
        and not _has_small_start(block)
    ):
        verse = [replace(line, is_verse=True) for line in block]
        is_list = any(line.is_item for line in block)
        yield from [[line] for line in verse] if is_list else [verse]
        return
    paragraph = block[:1]
    for line, following in pairwise(block):
        if _is_wrapped(line, following, width):
            paragraph.append(following)
        else:
            yield paragraph
            paragraph = [following]
    yield paragraph


def _has_small_start(block: Block) -> bool:
    """Check whether a line starts within a sentence, or in a script without capitals."""
    starts = [line.value[0] for line in block[1:]]
    return any(start.isalpha() and not start.isupper() for start in starts)


def _is_wrapped(line: Line, following: Line, width: int) -> bool:
    """Check whether a line continues on the following one."""
    if max(len(line.value), len(following.value)) > MAX_WRAP_CHARACTERS or following.is_item:
        return False
    if following.value[0].islower():
        return True
    if width < MIN_WRAP_CHARACTERS and line.value.rstrip(CLOSING)[-1:] in tuple(FULL_STOPS):
        return False
    return is_full(line, following, FILLED_SHARE * width)


def wrap_width(blocks: Sequence[Block]) -> int:
    """Return the width to which a text is wrapped; 0 if it is not."""
    width = max((len(line.value) for block in blocks for line in block), default=0)
    if not MIN_WRAP_CHARACTERS <= width <= MAX_WRAP_CHARACTERS:
        return 0
    is_wrapped = any(is_full(*pair, width) for block in blocks for pair in pairwise(block))
    return width if is_wrapped else 0


def is_full(line: Line, following: Line, width: float) -> bool:
    """Check whether the first word of the following line would not have fit."""
    is_spaced = not EAST_ASIAN.match(following.value)
    word = following.value.split(" ", 1)[0] if is_spaced else following.value[0]
    return len(line.value) + 1 + len(word) > width


def joined(block: Block) -> str:
    """Join the lines of a paragraph; without spaces in scripts that have none.

    The lines of a verse stay lines.
    """
    if block[0].is_verse:
        return "\n".join(line.value for line in block)
    parts = [block[0].value]
    for line, following in pairwise(block):
        is_tight = EAST_ASIAN.match(line.value[-1]) and EAST_ASIAN.match(following.value)
        parts += [following.value] if is_tight else [" ", following.value]
    return "".join(parts)
