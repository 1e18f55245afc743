"""Draws the pictures of the bundled story: ``python -m tests.support.showpiece``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw

from slideshow.paths import BUNDLED

FOLDER = BUNDLED / "pyongyang-moscou"
PAPER, INK, QUIET, LINE, ACCENT = "#fbf6ee", "#1f1b16", "#5f574c", "#d8cdbb", "#9a3412"
SERIF = "Georgia, 'Times New Roman', serif"
EARTH_KM = 6371
# Latitude and longitude in degrees.
MOSCOW = (55.75, 37.62)
CAPITALS = {
    "Kiev": (50.45, 30.52),
    "Téhéran": (35.69, 51.39),
    "Pékin": (39.90, 116.41),
    "Pyongyang": (39.02, 125.75),
    "Washington": (38.90, -77.04),
}
ENGLISH = {
    "Moscou": "Moscow",
    "Kiev": "Kyiv",
    "Téhéran": "Tehran",
    "Pékin": "Beijing",
    "Russie": "Russia",
    "Chine": "China",
    "Corée du Nord": "North Korea",
    "drones": "drones",
    "obus et roquettes,": "shells and rockets,",
    "demandés": "requested",
    "pétrole au rabais": "cut-price oil",
    "aucune arme": "no arms",
    "février": "February",
    "juillet": "July",
    "septembre": "September",
    "invasion de l’Ukraine": "invasion of Ukraine",
    "rupture Kiev-Pyongyang": "Kyiv–Pyongyang break",
    "rapport américain": "US report",
}
SHELLS_ACROSS, SHELLS_DOWN, CELL = 40, 25, 40  # a thousand shells, each for a thousand


def shells() -> Image.Image:
    """Draw a thousand shells in rows."""
    scale = 2  # drawn larger, for smooth edges
    size = CELL * scale
    shell = Image.new("RGB", (size, size), "#211713")
    draw = ImageDraw.Draw(shell)
    left, right = size * 0.36, size * 0.64
    draw.ellipse((left, size * 0.08, right, size * 0.75), fill="#c98f6f")
    draw.rectangle((left, size * 0.41, right, size * 0.84), fill="#a8613f")
    draw.rectangle((left, size * 0.66, right, size * 0.71), fill="#7b3a1f")
    draw.rectangle((left - 2, size * 0.84, right + 2, size * 0.89), fill="#7b3a1f")
    small = shell.resize((CELL, CELL), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (SHELLS_ACROSS * CELL, SHELLS_DOWN * CELL))
    for number in range(SHELLS_ACROSS * SHELLS_DOWN):
        row, column = divmod(number, SHELLS_ACROSS)
        whole.paste(small, (column * CELL, row * CELL))
    return whole


def far(place: tuple[float, float]) -> tuple[float, float]:
    """Compute the distance of a place from Moscow in kilometres, and its bearing in radians."""
    (here, east), (there, beyond) = (map(math.radians, each) for each in (MOSCOW, place))
    turn = beyond - east
    angle = math.acos(
        math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    )
    bearing = math.atan2(
        math.sin(turn) * math.cos(there),
        math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(turn),
    )
    return EARTH_KM * angle, bearing


def capitals(words: Mapping[str, str]) -> str:
    """Draw the capitals of the story by their distance from Moscow and their direction."""
    middle, down, scale = 430, 330, 0.0375  # of Moscow, and pixels for a kilometre

    def parts() -> Iterator[str]:
        for distance in (2000, 4000, 6000, 8000):
            radius = distance * scale
            yield (
                f'<circle cx="{middle}" cy="{down}" r="{radius:.0f}" fill="none" stroke="{LINE}" '
                'stroke-width="2"/>'
            )
            label = f"{distance:,} km"
            label = label if words else label.replace(",", "\u202f")
            yield text(middle - radius * 0.57, down + radius * 0.82 + 8, label, QUIET, 23)
        for name, place in CAPITALS.items():
            length, bearing = far(place)
            x = middle + length * scale * math.sin(bearing)
            y = down - length * scale * math.cos(bearing)
            is_main = name == "Pyongyang"
            colour = ACCENT if is_main else INK
            yield (
                f'<path d="M{middle} {down}L{x:.0f} {y:.0f}" stroke="{colour}" '
                f'stroke-width="{4 if is_main else 1.5}"/>'
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="7" fill="{colour}"/>'
            )
            side = "end" if x < middle else "start"
            shift = -14 if x < middle else 14
            label = f"{words.get(name, name)}"
            drop = 20 if name == "Pékin" else 7
            yield text(x + shift, y + drop, label, colour, 34 if is_main else 31, side)
        yield f'<circle cx="{middle}" cy="{down}" r="10" fill="{ACCENT}"/>'
        yield text(middle - 16, down - 14, words.get("Moscou", "Moscou"), INK, 36, "end")

    return drawing(900, 660, parts())


def exchange(words: Mapping[str, str]) -> str:
    """Draw who supplies whom, as the reports say."""
    places = {
        "Iran": (170, 470),
        "Corée du Nord": (730, 470),
        "Russie": (450, 300),
        "Chine": (450, 90),
    }

    def parts() -> Iterator[str]:
        yield arrow(245, 425, 365, 340, ACCENT)
        yield text(240, 370, words.get("drones", "drones"), ACCENT, 28)
        yield arrow(650, 425, 535, 340, ACCENT, "14 9")
        for line, label in enumerate(("obus et roquettes,", "demandés")):
            yield text(690, 340 + 32 * line, words.get(label, label), ACCENT, 28)
        yield arrow(425, 262, 425, 135, INK)
        yield text(405, 205, words.get("pétrole au rabais", "pétrole au rabais"), INK, 28, "end")
        yield arrow(478, 130, 478, 257, QUIET, "3 9")
        yield '<path d="M466 182l24 24m0-24l-24 24" stroke="#9a3412" stroke-width="5"/>'
        yield text(506, 205, words.get("aucune arme", "aucune arme"), QUIET, 28, "start")
        for name, (x, y) in places.items():
            is_main = name == "Russie"
            ground, colour = (ACCENT, PAPER) if is_main else (PAPER, INK)
            width = 290 if name == "Corée du Nord" else 190
            yield (
                f'<rect x="{x - width / 2:.0f}" y="{y - 38}" width="{width}" height="76" rx="10" '
                f'fill="{ground}" stroke="{ACCENT if is_main else INK}" stroke-width="2.500"/>'
            )
            yield text(x, y + 10, words.get(name, name), colour, 33)

    return drawing(900, 560, parts())


def timeline(words: Mapping[str, str]) -> str:
    """Draw the dates of the story on a line through the year 2022."""
    events = {
        "février": ("24", "invasion de l’Ukraine", 2 + 23 / 28),
        "juillet": ("13", "rupture Kiev-Pyongyang", 7 + 12 / 31),
        "septembre": ("5", "rapport américain", 9 + 4 / 30),
    }

    def parts() -> Iterator[str]:
        yield f'<path d="M60 230H840" stroke="{INK}" stroke-width="4"/>'
        for count in range(12):
            yield f'<path d="M{60 + count * 65} 222v16" stroke="{INK}" stroke-width="2"/>'
        yield text(60, 282, "2022", QUIET, 30, "start")
        for number, (month, (day, event, place)) in enumerate(events.items()):
            x = 60 + (place - 1) * 65
            y = (120, 350, 120)[number]
            end = y + 14 if y < 230 else y - 40
            yield f'<path d="M{x:.0f} 230V{end}" stroke="{ACCENT}" stroke-width="2"/>'
            yield f'<circle cx="{x:.0f}" cy="230" r="11" fill="{ACCENT}"/>'
            name = words.get(month, month)
            date = f"{name} {day}" if words else f"{day} {name}"
            yield text(x, y - 34 if y < 230 else y, date, ACCENT, 29)
            yield text(x, y if y < 230 else y + 34, words.get(event, event), INK, 29)

    return drawing(900, 440, parts())


def text(x: float, y: float, words: str, colour: str, size: int, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-size="{size}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def arrow(x: float, y: float, to_x: float, to_y: float, colour: str, dashes: str = "") -> str:
    angle = math.atan2(to_y - y, to_x - x)
    wings = [
        (to_x - 18 * math.cos(angle + turn), to_y - 18 * math.sin(angle + turn))
        for turn in (-0.45, 0.45)
    ]
    head = f"M{to_x:.0f} {to_y:.0f}" + "".join(f"L{a:.0f} {b:.0f}" for a, b in wings) + "Z"
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}" stroke="{colour}" '
        f'stroke-width="4"{dashed}/><path d="{head}" fill="{colour}"/>'
    )


def drawing(width: int, height: int, parts: Iterator[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="{SERIF}"><rect width="{width}" height="{height}" fill="{PAPER}"/>'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def drawings() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each drawing, in French and in English."""
    for draw in (capitals, exchange, timeline):
        yield f"{draw.__name__}.svg", draw({})
        yield f"{draw.__name__}.en.svg", draw(ENGLISH)


def main(folder: Path = FOLDER) -> None:
    """Write the pictures into the folder of the story."""
    folder.mkdir(exist_ok=True)
    shells().save(folder / "shells.png", optimize=True)
    for name, content in drawings():
        (folder / name).write_text(content)


if __name__ == "__main__":
    main()
