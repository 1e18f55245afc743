"""A story of one slide for each shape that a picture can have, and two stories beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.conftest import ContextOf
from tests.pictures import saved

SHAPES = {
    "landscape": (1500, 1000),
    "portrait": (1000, 1500),
    "square": (1200, 1200),
    "tall": (600, 2400),
    "wide": (1600, 780),
    "panorama": (2400, 480),
    "tiny": (64, 48),
}
SLIDES = [*SHAPES, "alone", "ink", "last"]
PARAGRAPH = (
    "The lamp was lit at four in the afternoon, and by five nobody on the quay could see the "
    "other side. A ferry came in all the same, slowly, its horn sounding every half minute."
)
HEADLINE = "The lamp above the harbour that nobody had lit for years"


def shapes(folder: Path) -> Path:
    """Write the story ``shapes`` and its pictures into a folder, and return the folder."""
    slides = []
    for name, size in SHAPES.items():
        (folder / f"{name}.jpg").write_bytes(saved(scene(*size)))
        slides.append(
            f'## {HEADLINE}\n\n![A {name} scene.]({name}.jpg "Photo: Ada Martin")\n\n'
            f"{PARAGRAPH}\n\n{PARAGRAPH}\n"
        )
    alone = '## Alone on its slide\n\n![A scene.](landscape.jpg "Photo: Ada Martin")\n'
    (folder / "ink.png").write_bytes(saved(ink(900, 600), "PNG"))
    chart = f"## Ink on nothing\n\n![A chart.](ink.png)\n\n{PARAGRAPH}\n"
    last = f"## The last\n\n![A scene.](landscape.jpg)\n\n{PARAGRAPH}\n"
    text = "\n".join([*slides, alone, chart, last])
    (folder / "shapes.en.md").write_text(f"---\nimage: landscape.jpg\n---\n# Shapes\n\n{text}")
    (folder / "other.en.txt").write_text("Another story\n\nOne\n\nText.\n")
    return folder


def screen(context_of: ContextOf, size: tuple[int, int], **options: Any) -> Page:
    """Open a page of a size, on a phone or tablet where it is one's."""
    is_held = size[0] < 1000
    viewport = {"width": size[0], "height": size[1]}
    options = {"is_mobile": is_held, "has_touch": is_held, "viewport": viewport, **options}
    return context_of(**options).new_page()


def scene(width: int, height: int) -> Image.Image:
    """Draw a sky, a sun and hills, with a frame at the very edge by which a cut can be seen."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image.point(lambda value: 90 + value // 2), image, image))
    draw = ImageDraw.Draw(image)
    size = min(width, height)
    draw.ellipse((size * 0.2, size * 0.15, size * 0.45, size * 0.4), fill=(250, 214, 110))
    for step, colour in enumerate([(60, 92, 80), (40, 66, 62), (22, 40, 44)]):
        top = height * (0.55 + 0.13 * step)
        draw.ellipse(
            (width * (0.3 * step - 0.5), top, width * (0.9 + 0.3 * step), 2 * height), fill=colour
        )
    draw.rectangle((0, 0, width - 1, height - 1), outline=(200, 30, 30), width=max(2, size // 100))
    return image


def ink(width: int, height: int) -> Image.Image:
    """Draw a black chart on a transparent ground."""
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    for bar in range(8):
        left = width * (bar + 0.2) / 8
        draw.rectangle(
            (left, height * (1 - (bar + 2) / 11), left + width / 12, height), fill="black"
        )
    return image
