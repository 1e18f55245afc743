"""Cards: the preview pictures that other sites show for links to slides.

A card shows the story's title, the headline, the position and the name of the site, on the slide's
colour or its picture. Characters that no available font can draw are left out, never drawn as
boxes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from slideshow.library.cards.colours import (
    DARKENED,
    HUES,
    LEVELS,
    SHADES,
    Colour,
    on_ground,
    over_picture,
)
from slideshow.library.cards.fonts import Face, cut, one_line, without_signs, wrap

RECIPE = "3"  # part of the keys: increase it when the drawing changes
WIDTH, HEIGHT = 1200, 630
MAX_BYTES = 80_000
MARGIN, TOP = 80, 116
SIZES = (112, 96, 84, 74, 65, 57, 50, 44)
SMALL, LEADING = 34, 1.16
MAX_LINES = 5
FULL, QUIET, FAINT = 15, 12, 4  # levels of ink
BLUR_RADII = (2, 6, 16, 40)  # in pixels, tried until the file is small enough
RTL = "rtl"
COMPRESSION = 3  # a fifth larger than at 6, in half the time
RUNS = 3  # zlib's Z_RLE: where most is ground, a quarter smaller than that, and faster still


@dataclass(frozen=True, slots=True)
class Words:
    """A text on a card, without Markdown, and the direction of its language."""

    text: str
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a card. ``position`` and ``total`` are 0 if there is no slide.

    ``hue`` and ``vividness``, from 0 to 1, are those of its ground; without a hue, it
    is that of the position. ``has_rule`` draws the bar above the text.
    """

    headline: Words
    title: Words
    site: Words
    position: int = 0
    total: int = 0
    picture: str = ""
    hue: float | None = None
    vividness: float = 1.0
    has_rule: bool = True

    def key(self, faces: Sequence[Face]) -> str:
        """Compute the cache key of the card's content.

        ``picture`` is a fingerprint.
        """
        said = repr((RECIPE, astuple(self), [face.fingerprint for face in faces]))
        return f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.png"


def draw(card: Card, faces: Sequence[Face], picture: Image.Image | None = None) -> bytes:
    """Draw a card as PNG, 1200x630, at most 80 KB; over ``picture``, if there is one.

    Uses the first of ``faces`` that has every letter of a text.
    """
    of_position = HUES[(max(card.position, 1) - 1) % len(HUES)]
    colours = of_position if card.hue is None else card.hue, card.vividness
    headline, title = card.headline, card.title
    is_rtl = headline.direction == RTL
    if not _drawable(headline, faces)[1]:
        headline, title = title, Words("")
    ink = _framed(title, card.site, is_rtl, card.has_rule, tuple(faces)).copy()
    writing = _Writing(ink, faces, is_rtl)
    writing.headline(headline, below_title=bool(title.text))
    if card.total:
        writing.place(card.position, card.total)
    over = _saved_over(picture, ink, colours) if picture else None
    return over or _saved(ink, on_ground(*colours), compress_type=RUNS)


@lru_cache(maxsize=4)  # 756 kB each: the part that the slides of a story share
def _framed(
    title: Words, site: Words, is_rtl: bool, has_rule: bool, faces: tuple[Face, ...]
) -> Image.Image:
    """Draw the ink of a card without headline and position."""
    ink = Image.new("L", (WIDTH, HEIGHT))
    _Writing(ink, faces, is_rtl).frame(title, site, has_rule)
    return ink


def _drawable(words: Words, faces: Sequence[Face]) -> tuple[str, Face | None]:
    """Return the drawable part of a text, and the face that has all of its letters, if any."""
    line = one_line(words.text)
    for text in (each(line) for each in (str, without_signs)):
        for face in faces:
            if text and face.can_draw(text):
                return text, face
    return line, None


class _Writing:
    """Writes the texts of a card, from the side on which its headline's language starts."""

    def __init__(self, ink: Image.Image, faces: Sequence[Face], is_rtl: bool) -> None:
        self._drawing = ImageDraw.Draw(ink)
        self._faces = faces
        self._is_rtl = is_rtl

    def frame(self, title: Words, site: Words, has_rule: bool) -> None:
        """Write the text around the headline."""
        if has_rule:
            self._box(MARGIN, 72, MARGIN + 72, 83, FULL)
        self._small(title, TOP)
        self._small(site, HEIGHT - 104, share=0.7)

    def headline(self, words: Words, below_title: bool) -> None:
        """Write the headline, below the title if there is one."""
        self._large(words, TOP + 76 if below_title else TOP, HEIGHT - 132)

    def place(self, position: int, total: int) -> None:
        """Write the position, and draw the progress bar."""
        words = Words(f"{position} / {total}")
        self._small(words, HEIGHT - 104, share=0.25, at_end=True)
        self._box(0, HEIGHT - 14, WIDTH, HEIGHT, FAINT)
        self._box(0, HEIGHT - 14, round(WIDTH * position / total), HEIGHT, QUIET)

    def _large(self, words: Words, top: int, bottom: int) -> None:
        text, face = _drawable(words, self._faces)
        if face is None:
            return
        size, lines = self._fitted(face, text, bottom - top)
        y = (top + bottom - len(lines) * size * LEADING) / 2
        for number, line in enumerate(lines):
            baseline = y + size * (0.87 + LEADING * number)
            self._put(face, size, baseline, line, words.direction, FULL)

    def _fitted(self, face: Face, text: str, room: int) -> tuple[int, list[str]]:
        """Find the largest size at which a text fits, and its lines; cut it at the smallest."""
        across = WIDTH - 2 * MARGIN
        for size in SIZES:
            most_lines = min(MAX_LINES, int(room / (size * LEADING)))
            lines = wrap(face, text, across / size, most_lines)
            if lines:
                return size, lines
        return size, cut(face, text, across / size, most_lines)

    def _small(self, words: Words, top: int, share: float = 1.0, at_end: bool = False) -> None:
        text, face = _drawable(words, self._faces)
        if face:
            (line,) = cut(face, text, (WIDTH - 2 * MARGIN) * share / SMALL, 1)
            self._put(face, SMALL, top + SMALL, line, words.direction, QUIET, at_end)

    def _put(
        self,
        face: Face,
        size: int,
        baseline: float,
        line: str,
        direction: str,
        ink: int,
        at_end: bool = False,
    ) -> None:
        is_right = self._is_rtl != at_end
        self._drawing.text(
            (WIDTH - MARGIN if is_right else MARGIN, baseline),
            line,
            fill=ink,
            font=face.at(size),
            anchor="rs" if is_right else "ls",
            direction=direction if face.is_shaping else None,
        )

    def _box(self, start: int, top: int, end: int, bottom: int, ink: int) -> None:
        if self._is_rtl:
            start, end = WIDTH - end, WIDTH - start
        self._drawing.rectangle((start, top, end - 1, bottom), fill=ink)


def _saved(levels: Image.Image, colours: Sequence[Colour], **options: int) -> bytes:
    """Encode an image whose pixels are indices of ``colours``."""
    levels.putpalette([value for colour in colours for value in colour])
    out = BytesIO()
    bits = 4 if len(colours) <= 16 else 8
    levels.save(out, "PNG", bits=bits, compress_level=COMPRESSION, **options)
    return out.getvalue()


def _saved_over(
    picture: Image.Image, ink: Image.Image, colours: tuple[float, float]
) -> bytes | None:
    """Encode the ink over a picture in dark shades of a hue; None if that is too large."""
    light, mask = picture.convert("L"), ink.point(_scaled(LEVELS - 1, 255))
    for radius in BLUR_RADII:
        blurred = light.filter(ImageFilter.GaussianBlur(radius))
        card = blurred.point(_scaled(255, (SHADES - 1) * DARKENED))
        card.paste(SHADES - 1, (0, 0), mask)
        data = _saved(card, over_picture(*colours))
        if len(data) <= MAX_BYTES:
            return data
    return None


def _scaled(most: int, to: float) -> list[int]:
    """Build a table that scales 0 to ``most`` to 0 to ``to``."""
    return [round(min(level / most, 1) * to) for level in range(256)]
