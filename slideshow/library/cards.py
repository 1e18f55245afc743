"""Cards: the picture that stands for a slide where its link is passed on.

A card holds the story's title, the headline, the position, and the name of the site, on the
slide's colour or over its picture. What no font at hand can draw is left out: never a box
for a missing letter.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from slideshow.library.faces import Face, broken, cut, one_line, without_signs

RECIPE = "1"  # goes into the keys: cards drawn in another way have other keys
WIDTH, HEIGHT = 1200, 630
LARGEST = 80_000  # bytes
MARGIN = 80
HUES = (35, 55, 85, 115, 145, 175, 205, 235, 265, 295, 325, 355)  # of css/tokens.css
SIZES = (112, 96, 84, 74, 65, 57, 50, 44)
SMALL, LEADING = 34, 1.16
MOST_LINES = 5
FULL, QUIET, FAINT = 255, 205, 64  # shares of ink
SHADES = 40  # from the darkest of a picture to the ink over it
DARKENED = 0.45  # the share of them that is the picture's
SOFTER = (2, 6, 16, 40)  # pixels that a picture is blurred by, until it takes few bytes
RTL = "rtl"
COMPRESSION = 3  # a fifth larger than at 6, in half the time

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a card, without Markdown, and the direction of its language."""

    text: str
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. ``position`` and ``total`` are 0 where there is no slide."""

    headline: Words
    title: Words
    site: Words
    position: int = 0
    total: int = 0
    picture: str = ""

    def key(self, faces: Sequence[Face]) -> str:
        """Give what stands for the card's content; ``picture`` is a fingerprint."""
        said = repr((RECIPE, astuple(self), [face.fingerprint for face in faces]))
        return f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.png"


def draw(card: Card, faces: Sequence[Face], picture: Image.Image | None = None) -> bytes:
    """Give a card as PNG, 1200x630, at most 80 KB; over ``picture``, if there is one.

    The first of ``faces`` that has every letter of a text draws it.
    """
    hue = HUES[(max(card.position, 1) - 1) % len(HUES)]
    ink = Image.new("L", (WIDTH, HEIGHT))
    _Writing(ImageDraw.Draw(ink), faces, card.headline.direction == RTL).write(card)
    over = _saved_over(picture, ink, hue) if picture else None
    return over or _saved(ink, on_ground(hue))


class _Writing:
    """Writes the texts of a card, from the side where its headline's language begins."""

    def __init__(self, drawing: ImageDraw.ImageDraw, faces: Sequence[Face], is_rtl: bool) -> None:
        self._drawing = drawing
        self._faces = faces
        self._is_rtl = is_rtl

    def write(self, card: Card) -> None:
        """Write everything; where the headline cannot be drawn, the title stands in its place."""
        self._box(MARGIN, 72, MARGIN + 72, 83, FULL)
        top = 116
        headline, title = card.headline, card.title
        if not self._drawable(headline)[1]:
            headline, title = title, Words("")
        if title.text:
            self._small(title, top)
            top += 76
        self._large(headline, top, HEIGHT - 132)
        self._small(card.site, HEIGHT - 104, share=0.7)
        if card.total:
            place = Words(f"{card.position} / {card.total}")
            self._small(place, HEIGHT - 104, share=0.25, at_end=True)
            self._box(0, HEIGHT - 14, WIDTH, HEIGHT, FAINT)
            self._box(0, HEIGHT - 14, round(WIDTH * card.position / card.total), HEIGHT, QUIET)

    def _large(self, words: Words, top: int, bottom: int) -> None:
        text, face = self._drawable(words)
        if face is None:
            return
        size, lines = self._fitted(face, text, bottom - top)
        y = (top + bottom - len(lines) * size * LEADING) / 2
        for number, line in enumerate(lines):
            baseline = y + size * (0.87 + LEADING * number)
            self._put(face, size, baseline, line, words.direction, FULL)

    def _fitted(self, face: Face, text: str, room: int) -> tuple[int, list[str]]:
        """Give the largest size at which a text fits, and its lines; the smallest cuts it."""
        across = WIDTH - 2 * MARGIN
        for size in SIZES:
            most_lines = min(MOST_LINES, int(room / (size * LEADING)))
            lines = broken(face, text, across / size, most_lines)
            if lines:
                return size, lines
        return size, cut(face, text, across / size, most_lines)

    def _small(self, words: Words, top: int, share: float = 1.0, at_end: bool = False) -> None:
        text, face = self._drawable(words)
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

    def _drawable(self, words: Words) -> tuple[str, Face | None]:
        """Give the text as it can be drawn, and the face that has all of its letters, if any."""
        line = one_line(words.text)
        for text in (line, without_signs(line)):
            for face in self._faces:
                if text and face.can_draw(text):
                    return text, face
        return line, None


def _saved(levels: Image.Image, colours: Sequence[Colour]) -> bytes:
    """Give an image whose light goes through ``colours``, evenly from none to all of it."""
    last = len(colours) - 1
    steps = levels.point([round(level * last / 255) for level in range(256)])
    card = Image.frombuffer("P", steps.size, steps.tobytes(), "raw", "P", 0, 1)
    card.putpalette([value for colour in colours for value in colour])
    out = BytesIO()
    bits = 4 if len(colours) <= 16 else 8
    card.save(out, "PNG", bits=bits, compress_level=COMPRESSION)
    return out.getvalue()


def _saved_over(picture: Image.Image, ink: Image.Image, hue: float) -> bytes | None:
    """Give the ink over a picture in the dark shades of a hue; None if that takes too much."""
    dark = picture.convert("L").point([round(level * DARKENED) for level in range(256)])
    for radius in SOFTER:
        card = dark.filter(ImageFilter.GaussianBlur(radius))
        card.paste(255, (0, 0), ink)
        data = _saved(card, over_picture(hue))
        if len(data) <= LARGEST:
            return data
    return None


def on_ground(hue: float) -> list[Colour]:
    """Give the colours from the ground of a hue to its ink."""
    return _between(oklch(0.37, 0.1, hue), oklch(0.985, 0.008, hue), 16)


def over_picture(hue: float) -> list[Colour]:
    """Give the colours from the darkest of a picture over the lightest of it to the ink."""
    darkest, lightest = oklch(0.2, 0.06, hue), oklch(0.44, 0.1, hue)
    of_picture = round(SHADES * DARKENED)
    return [
        *_between(darkest, lightest, of_picture),
        *_between(lightest, oklch(0.985, 0.008, hue), SHADES - of_picture + 1)[1:],
    ]


def _between(one: Colour, other: Colour, count: int) -> list[Colour]:
    shares = [step / (count - 1) for step in range(count)]
    pairs = [*zip(one, other, strict=True)]
    mixed = ((round(a + (b - a) * share) for a, b in pairs) for share in shares)
    return [(red, green, blue) for red, green, blue in mixed]


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Give a colour of CSS's ``oklch()`` in sRGB (CSS Color 4, section 9)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
    )


def _byte(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * value)
