"""Fonts in parts, one for each script: readers load those that their texts need.

The parts are known from the list of a font's characters. Each is cut when it is first asked for,
which takes seconds, and kept in the file cache.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby, pairwise

from slideshow.library.filecache import FileCache

VERSION = 1  # of the way of cutting
WESTERN, SIGNS = "western", "signs"
# The characters that texts in western European languages use.
WESTERN_RANGES = (
    range(0x100), range(0x131, 0x132), range(0x152, 0x154), range(0x2C6, 0x2C7),
    range(0x2DA, 0x2DD), range(0x300, 0x340), range(0x2000, 0x2070), range(0x20AC, 0x20AD),
    range(0x2122, 0x2123), range(0x2190, 0x21BC), range(0x2212, 0x2216),
)  # fmt: skip
# Unicode's names of scripts for characters that several or none have.
OF_NO_SCRIPT = ("Zyyy", "Zinh", "Zzzz")
NUMERALS = ("lnum", "onum", "pnum", "tnum")  # besides the features in general use
MAX_GAP = 32  # characters that a font lacks, within a range

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """The part of a font with some characters; ``ranges`` are these as CSS has them."""

    font: bytes
    script: str
    characters: tuple[int, ...]
    ranges: str

    @cached_property
    def address(self) -> str:
        """The name with a fingerprint of the font and of the way of cutting."""
        made_from = f"{VERSION}\n{self.ranges}\n".encode() + self.font
        return f"brand-font-{self.script}.{hashlib.sha256(made_from).hexdigest()[:20]}.woff2"

    def read(self, filecache: FileCache) -> bytes:
        """Read the part, and cut it before if nobody has."""
        return filecache.get(self.address, self._cut)

    def _cut(self) -> bytes:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont

        options = Options(notdef_outline=True)
        options.layout_features += NUMERALS
        out = BytesIO()
        try:
            font = TTFont(BytesIO(self.font))
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=self.characters)
            subsetter.subset(font)
            font.flavor = "woff2"
            font.save(out)
        except Exception as error:  # fontTools raises errors of every kind for odd fonts
            logger.warning("A font is served whole, since it cannot be cut: %r", error)
            return self.font
        return out.getvalue()


def parts_of(font: bytes) -> tuple[Part, ...]:
    """Divide a font (WOFF2) by scripts; none for a font of one script, or an unreadable one."""
    from fontTools.ttLib import TTFont

    try:
        characters = sorted(TTFont(BytesIO(font), lazy=True).getBestCmap())
    except Exception as error:  # as above
        logger.warning("A font is served whole, since its characters are unknown: %r", error)
        return ()
    runs = [*_runs(characters)]
    scripts = dict.fromkeys(script for script, _ in runs)
    if len(scripts) < 2:
        return ()
    return tuple(
        _part(font, name, [run for script, run in runs if script == name]) for name in scripts
    )


def _part(font: bytes, script: str, runs: Sequence[Sequence[int]]) -> Part:
    ranges = (f"U+{run[0]:X}" + (f"-{run[-1]:X}" if len(run) > 1 else "") for run in runs)
    characters = tuple(character for run in runs for character in run)
    return Part(font, script, characters, ",".join(ranges))


def _runs(characters: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield characters of one script that follow each other, but for small gaps."""
    scripts = [_script(character) for character in characters]
    starts = [0]
    for (last, next), (script, other) in zip(pairwise(characters), pairwise(scripts), strict=True):
        starts.append(starts[-1] + (script != other or next - last > MAX_GAP))
    numbered = zip(starts, scripts, characters, strict=True)
    for _, run in groupby(numbered, key=lambda each: each[0]):
        found = [*run]
        yield found[0][1], [character for _, _, character in found]


def _script(character: int) -> str:
    """Name the part of a character: its script; of Latin, the western letters apart."""
    from fontTools.unicodedata import script

    if any(character in each for each in WESTERN_RANGES):
        return WESTERN
    found = script(chr(character))
    return SIGNS if found in OF_NO_SCRIPT else str(found).lower()
