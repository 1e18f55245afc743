"""SVG drawings: their size, and the refusal of those that hold programs.

They are served as they are and shown as images, in which browsers run nothing and load nothing. A
drawing opened by itself is a document, though, and a static host may send it without our headers.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

from slideshow.errors import PictureError

SUFFIX, TYPE = "svg", "image/svg+xml"
LONGEST_SIDE = 1600  # pixels of a drawing that states no size
LARGEST_SIDE = 9999  # pixels, as the names of renditions have room for
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg|\w+:svg)\b", re.IGNORECASE
)
_SVG = "{http://www.w3.org/2000/svg}svg"
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|pt|mm|cm|in)?\s*")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}  # CSS units
_PROGRAM = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)


def is_drawing(data: bytes) -> bool:
    """Check whether the bytes of a file look like an SVG drawing."""
    return _START.match(data) is not None and b"svg" in data[:4096]


def size_of(data: bytes) -> tuple[int, int]:
    """Return the width and height of a drawing in pixels.

    Raises PictureError for a broken drawing, and for one with a program in it.
    """
    if b"<?xml-stylesheet" in data:
        raise _with_program("a stylesheet of its own")
    root = None
    try:
        for _, element in ElementTree.iterparse(BytesIO(data), events=("start",)):
            root = element if root is None else root
            _refuse_programs(element)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise PictureError(f"the drawing is broken: {error}", "save it again as SVG") from error
    if root is None or root.tag != _SVG:
        raise PictureError("not an SVG drawing", "save it again as plain SVG, or as PNG")
    return _size(root)


def _refuse_programs(element: ElementTree.Element) -> None:
    name = element.tag.rpartition("}")[2].lower()
    if name in ("script", "handler", "iframe", "object", "embed"):
        raise _with_program(f"<{name}>")
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain.startswith("on") or (plain in ("href", "src") and _PROGRAM.match(value)):
            raise _with_program(plain)


def _with_program(part: str) -> PictureError:
    return PictureError(
        f"a drawing with a program in it: {part}", "save it as plain SVG, or as PNG"
    )


def _size(root: ElementTree.Element) -> tuple[int, int]:
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    if not (width and height):
        box = [*map(_number, re.split(r"[\s,]+", root.get("viewBox", "").strip()))]
        across, down = box[2:4] if len(box) == 4 else (0.0, 0.0)
        if not (across > 0 and down > 0):
            raise PictureError(
                "a drawing without a size", "give its svg element a viewBox, or save it as PNG"
            )
        scale = LONGEST_SIDE / max(across, down)
        width, height = across * scale, down * scale
    scale = min(1, LARGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _pixels(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return _number(found[1]) * _PIXELS[found[2] or "px"] if found else 0.0


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0 <= number < 1e9 else 0.0
