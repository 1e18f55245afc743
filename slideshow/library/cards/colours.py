"""The colours of cards: those of the slides on the page, from background to ink."""

from __future__ import annotations

import math

HUES = (35, 55, 85, 115, 145, 175, 205, 235, 265, 295, 325, 355)  # of css/tokens.css
LEVELS = 16  # levels of ink, from none to full: the number of colours of a card without a picture
SHADES = 40  # from the darkest of a picture to the ink on it
DARKENED = 0.45  # the picture's share of them

Colour = tuple[int, int, int]


def on_ground(hue: float, vividness: float = 1.0) -> list[Colour]:
    """List the colours from the background of a hue to its ink; 0 of vividness is grey."""
    ground = oklch(0.37, 0.1 * vividness, hue)
    return _between(ground, oklch(0.985, 0.008 * vividness, hue), LEVELS)


def over_picture(hue: float, vividness: float = 1.0) -> list[Colour]:
    """List the colours from the darkest over the lightest of a picture to the ink."""
    darkest, lightest = oklch(0.2, 0.06 * vividness, hue), oklch(0.44, 0.1 * vividness, hue)
    of_picture = round(SHADES * DARKENED)
    return [
        *_between(darkest, lightest, of_picture),
        *_between(lightest, oklch(0.985, 0.008 * vividness, hue), SHADES - of_picture + 1)[1:],
    ]


def _between(one: Colour, other: Colour, count: int) -> list[Colour]:
    shares = [step / (count - 1) for step in range(count)]
    pairs = [*zip(one, other, strict=True)]
    mixed = ((round(a + (b - a) * share) for a, b in pairs) for share in shares)
    return [(red, green, blue) for red, green, blue in mixed]


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Convert a colour of CSS's ``oklch()`` to sRGB (CSS Color 4, section 9)."""
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
