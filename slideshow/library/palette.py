"""The colours of a brand on a page: as they are given, or moved until they can be read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from slideshow.brand import Brand
from slideshow.errors import Problem
from slideshow.library.cards.colours import Colour, oklch

READABLE = 4.5  # contrast of text (WCAG 2.2, 1.4.3)
COMFORTABLE = 7.0  # contrast of the ink that all of the text is in
MARGIN = 0.05  # for the rounding of browsers
SCHEMES = ("light", "dark")
INKS: tuple[Colour, ...] = ((26, 25, 23), (241, 238, 231), (0, 0, 0), (255, 255, 255))
ON_ACCENT: tuple[Colour, ...] = ((255, 255, 255), (26, 25, 23), (0, 0, 0))
# The colours of tokens.css, for one hue instead of all of them.
HUE = 35.0
GROUNDS = {"light": (0.985, 0.008), "dark": (0.195, 0.015)}
ACCENTS = {"light": (0.47, 0.12), "dark": (0.8, 0.11)}
STEP = 0.01  # of lightness
QUIET_SHARE, LINE_SHARE = 0.68, 0.16  # of the ink, mixed with the ground


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme, each in sRGB."""

    paper: Colour
    ink: Colour
    quiet: Colour
    line: Colour
    accent: Colour
    on_accent: Colour

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each colour as CSS has them."""
        for name in self.__slots__:
            yield name.replace("_", "-"), hex_of(getattr(self, name))


def palettes(brand: Brand) -> dict[str, Palette]:
    """Compute the colours of a brand in light and in dark."""
    return {scheme: _palette(brand, scheme) for scheme in SCHEMES}


def _palette(brand: Brand, scheme: str) -> Palette:
    ground, accent = _given(brand, scheme)
    ink = next((each for each in INKS if contrast(each, ground) >= COMFORTABLE), None)
    if ink is None:
        ink = max(INKS[:2], key=lambda each: contrast(each, ground))
        ground = moved(ground, ink, COMFORTABLE)
    accent = moved(accent, ground, READABLE)
    on_accent = next(each for each in ON_ACCENT if contrast(each, accent) >= READABLE + MARGIN)
    quiet = moved(_mixed(ground, ink, QUIET_SHARE), ground, READABLE, towards=ink)
    return Palette(ground, ink, quiet, _mixed(ground, ink, LINE_SHARE), accent, on_accent)


def _given(brand: Brand, scheme: str) -> tuple[Colour, Colour]:
    """Return ground and accent of a scheme before they are corrected."""
    light_accent = colour_of(brand.accent) if brand.accent else oklch(*ACCENTS["light"], HUE)
    lightness, chroma, hue = oklch_of(light_accent)
    if scheme == "light":
        ground = brand.ground
        accent = light_accent
    else:
        ground = brand.ground_dark
        accent = oklch(max(lightness, ACCENTS["dark"][0]), min(chroma, ACCENTS["dark"][1]), hue)
        accent = colour_of(brand.accent_dark) if brand.accent_dark else accent
    tint = oklch_of(colour_of(brand.ground))[2] if brand.ground else hue
    share = min(1.0, chroma / ACCENTS["light"][1])
    own, its_chroma = GROUNDS[scheme]
    return colour_of(ground) if ground else oklch(own, its_chroma * share, tint), accent


def problems(brand: Brand) -> Iterator[Problem]:
    """Yield a warning for each colour that pages show otherwise, for the sake of its contrast."""
    for scheme, palette in palettes(brand).items():
        given_ground, given_accent = _given(brand, scheme)
        suffix = "" if scheme == "light" else "_dark"
        if getattr(brand, f"ground{suffix}") and palette.paper != given_ground:
            yield _corrected(f"ground{suffix}", given_ground, "ink", palette.ink, palette.paper)
        is_given = getattr(brand, f"accent{suffix}")
        if is_given and palette.accent != given_accent:
            yield _corrected(
                f"accent{suffix}", given_accent, "ground", palette.paper, palette.accent
            )


def _corrected(name: str, given: Colour, other: str, beside: Colour, shown: Colour) -> Problem:
    ratio = contrast(given, beside)
    return Problem(
        f"{name} {hex_of(given)} on the {other} {hex_of(beside)} has a contrast of {ratio:.1f}:1, "
        f"less than {READABLE}:1: pages show {hex_of(shown)}",
        "choose a colour with more contrast, or leave it to the pages",
    )


def moved(colour: Colour, other: Colour, ratio: float, towards: Colour | None = None) -> Colour:
    """Move a colour's lightness until its contrast with another one is at least ``ratio``.

    ``towards`` is a colour to go to by mixing instead.
    """
    lightness, chroma, hue = oklch_of(colour)
    is_darker = luminance(colour) < luminance(other)
    # The way out that is open: beside a middling colour there may be room on one side only.
    sides = (is_darker, not is_darker)
    for is_down in sides:
        for step in range(101):
            if towards:
                tried = _mixed(colour, towards, step / 100)
            else:
                now = lightness + (-STEP if is_down else STEP) * step
                if not 0 <= now <= 1:
                    break
                tried = (
                    colour if step == 0 else oklch(now, chroma * min(1, 4 * now, 4 - 4 * now), hue)
                )
            if contrast(tried, other) >= ratio + MARGIN:
                return tried
    return max(INKS, key=lambda each: contrast(each, other))


def contrast(one: Colour, other: Colour) -> float:
    """Compute the contrast of two colours (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Colour) -> float:
    """Compute the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = map(_light, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _light(byte: int) -> float:
    value = byte / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def colour_of(text: str) -> Colour:
    """Parse a colour such as ``#0055aa`` or ``#05a``."""
    digits = text.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue


def hex_of(colour: Colour) -> str:
    """Format a colour as CSS has it."""
    return "#" + "".join(f"{byte:02x}" for byte in colour)


def oklch_of(colour: Colour) -> tuple[float, float, float]:
    """Convert a colour to lightness, chroma and hue (CSS Color 4, section 9)."""
    red, green, blue = map(_light, colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
