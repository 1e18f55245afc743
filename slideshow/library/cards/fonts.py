"""Fonts: which texts they can draw, the width of a text, and the best line breaks.

Pillow's wheels shape text with Raqm (HarfBuzz and FriBiDi). Without it, Pillow can neither join
Arabic letters nor reorder right-to-left lines: a face then draws left-to-right scripts only.
"""

from __future__ import annotations

import hashlib
import math
import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path

from PIL import ImageFont, features

from slideshow.errors import SettingError
from slideshow.paths import PACKAGE
from slideshow.settings import Settings

FONT = PACKAGE / "fonts" / "source-serif.ttf"
UNIT = 100  # the size, in pixels, at which texts are measured
MISSING = "\U0010ffff"  # no font has a glyph for it
REMEMBERED_CHARACTERS = 20_000
# Where a line may end: at plain spaces, never at no-break ones, and around ideographs.
IDEOGRAPHS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
PIECE = re.compile(rf"[{IDEOGRAPHS}]|[^ {IDEOGRAPHS}]+| +")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ELLIPSIS = "…"


class Face:
    """A font at every size. Safe to use from threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._data = path.read_bytes()
        except OSError as error:
            reason = f"the font cannot be read: {error.strerror}"
            raise SettingError(reason, "check its path", path=str(path)) from error
        self.fingerprint = hashlib.sha256(self._data).hexdigest()
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._drawn: dict[str, bool] = {}
        self._widths: dict[str, float] = {}
        self._lock = threading.RLock()
        self.is_shaping = bool(features.check("raqm"))
        try:
            self._at(UNIT)
        except OSError as error:
            raise SettingError("not a font", "name a .ttf or .otf file", path=str(path)) from error

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size in pixels."""
        with self._lock:
            return self._at(size)

    def can_draw(self, text: str) -> bool:
        """Check whether every character of ``text`` has a glyph here."""
        return all(map(self._has, text))

    def width(self, piece: str) -> float:
        """Measure a piece of text, in ems."""
        known = self._widths.get(piece)
        if known is None:
            known = self.at(UNIT).getlength(piece) / UNIT
            if len(self._widths) < REMEMBERED_CHARACTERS:
                self._widths[piece] = known
        return known

    def _at(self, size: int) -> ImageFont.FreeTypeFont:
        font = self._sizes.get(size)
        if font is None:
            font = self._sizes[size] = ImageFont.truetype(BytesIO(self._data), size)
        return font

    def _has(self, character: str) -> bool:
        known = self._drawn.get(character)
        if known is None:
            known = self._shows(character)
            if len(self._drawn) < REMEMBERED_CHARACTERS:
                self._drawn[character] = known
        return known

    def _shows(self, character: str) -> bool:
        if not self.is_shaping and unicodedata.bidirectional(character) in ("R", "AL", "AN"):
            return False
        if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc", "Cf"):
            return True  # invisible: a space, or a directional mark
        # FreeType draws missing glyphs as boxes, and Pillow does not report them.
        return bytes(self.at(UNIT).getmask(character)) != self._box

    @cached_property
    def _box(self) -> bytes:
        return bytes(self.at(UNIT).getmask(MISSING))


def one_line(text: str) -> str:
    """Strip line ends and other control characters from a text."""
    return CONTROLS.sub(" ", text).strip(" ")


def without_signs(text: str) -> str:
    """Strip the signs that few fonts have, such as emoji, if words remain."""
    kept = "".join(each for each in text if not _is_sign(each))
    return re.sub(" +", " ", kept).strip(" ") or text


def _is_sign(character: str) -> bool:
    is_joiner = "\ufe00" <= character <= "\ufe0f" or character == "\u200d"
    return is_joiner or unicodedata.category(character) in ("So", "Sk", "Co", "Cn", "Cs")


def wrap(face: Face, text: str, width: float, most_lines: int) -> list[str] | None:
    """Wrap ``text`` into the fewest lines, with their lengths balanced.

    ``width`` is in ems. None if the text needs more than ``most_lines``.
    """
    pieces = PIECE.findall(text)
    widths = [face.width(piece) for piece in pieces]
    lines = _filled(pieces, widths, width)
    if lines is None or len(lines) > most_lines:
        return None
    if len(lines) < 2:
        return lines
    narrow, wide = sum(widths) / len(lines), width
    best = lines
    for _ in range(8):
        middle = (narrow + wide) / 2
        tried = _filled(pieces, widths, middle)
        if tried is not None and len(tried) == len(lines):
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def cut(face: Face, text: str, width: float, most_lines: int) -> list[str]:
    """Wrap as much of ``text`` as fits in ``most_lines`` lines of ``width``, with an ellipsis."""
    low, high = 0, len(text)
    while low < high:
        middle = math.ceil((low + high) / 2)
        if wrap(face, _shortened(text, middle), width, most_lines):
            low = middle
        else:
            high = middle - 1
    return wrap(face, _shortened(text, low), width, most_lines) or [ELLIPSIS]


def _shortened(text: str, length: int) -> str:
    return text if length >= len(text) else text[:length].rstrip(" ,;:") + ELLIPSIS


def _filled(pieces: Sequence[str], widths: Sequence[float], width: float) -> list[str] | None:
    """Fill lines with pieces one after the other; None if a piece is too wide."""
    lines = [""]
    used = 0.0
    for piece, its_width in zip(pieces, widths, strict=True):
        is_blank = piece.startswith(" ")
        if used + its_width > width and not is_blank:
            if its_width > width:
                return None
            lines.append("")
            used = 0.0
        if is_blank and not lines[-1]:
            continue
        lines[-1] += piece
        used += its_width
    return [line.rstrip(" ") for line in lines if line]


def faces_of(settings: Settings, brand: Path | None = None) -> tuple[Face, ...]:
    """Load the fonts of the cards: that of the brand, ours, those for other scripts.

    Raises SettingError for an unusable font.
    """
    named = map(Path, settings.card_font)
    return tuple(map(Face, (*([brand] if brand else []), FONT, *named)))
