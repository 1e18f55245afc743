"""The pictures of a source: named, converted to a format for browsers, or left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from PIL import Image, UnidentifiedImageError

from slideshow.commands.importing.article import Picture, left_out, name_for_file
from slideshow.commands.importing.pandoc.program import Node
from slideshow.errors import Problem
from slideshow.library.pictures import drawings
from slideshow.library.pictures.formats import FORMATS

SUFFIXES = {each.name.upper(): each.suffixes[0] for each in FORMATS}
MAX_PIXELS = 100_000_000

Find = Callable[[str], bytes | None]


class Pictures:
    """The pictures of one article: ``find`` returns the bytes of a picture by its name.

    ``files`` are the pictures found so far, below ``folder``; ``problems`` reports the others.
    """

    def __init__(self, folder: str, find: Find) -> None:
        self._folder = folder
        self._find = find
        self._names: dict[str, str] = {}  # by digest
        self.files: list[Picture] = []
        self.problems: list[Problem] = []

    def placed(self, nodes: list[Node]) -> list[Node]:
        """Change the address of each picture in blocks to its file beside the article.

        A picture on another site keeps its address; one without a usable file is replaced by its
        alternative text.
        """
        found: list[Node] = self._placed(nodes)
        return [node for node in found if node["t"] != "Para" or node["c"]]

    def _placed(self, content: Any) -> Any:
        if isinstance(content, dict):
            return {name: self._placed(each) for name, each in content.items()}
        if not isinstance(content, list):
            return content
        found: list[Any] = []
        for each in content:
            if isinstance(each, dict) and each.get("t") == "Image":
                found += self._picture(each)
            else:
                found.append(self._placed(each))
        return found

    def _picture(self, node: Node) -> list[Node]:
        _, alternative, (address, title) = node["c"]
        if name := self.name_of(address):
            return [{"t": "Image", "c": [["", [], []], alternative, [name, title]]}]
        return list(alternative)

    def name_of(self, address: str) -> str | None:
        """Choose the article's name for a picture; None if it cannot be shown."""
        data = self._find(address)
        if data is None:
            if address.startswith(("http://", "https://")):
                self.problems.append(left_out(f"picture {address} stays on its own site"))
                return address
            self._lost(address, "its file is missing", "put it where the source says")
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._names:
            made = _shown(data)
            if made is None:
                self._lost(
                    address, "its format is not one that browsers show", "save it as PNG or JPEG"
                )
                return None
            suffix, data = made
            self._names[digest] = self._free_name(address, suffix)
            self.files.append(Picture(self._names[digest], data))
        return self._names[digest]

    def _free_name(self, address: str, suffix: str) -> str:
        stem = name_for_file(PurePosixPath(address[:200].split("?")[0]).stem)
        taken = {each.name for each in self.files}
        for number in range(1, len(taken) + 2):
            name = f"{self._folder}/{stem}{'' if number == 1 else f'-{number}'}{suffix}"
            if name not in taken:
                break
        return name

    def _lost(self, address: str, why: str, fix: str) -> None:
        name = address if len(address) < 80 else address[:77] + "…"
        self.problems.append(left_out(f"picture {name}: {why}", fix))


def _shown(data: bytes) -> tuple[str, bytes] | None:
    """Convert a picture to a format for browsers; return its suffix and bytes."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format in SUFFIXES:
                return SUFFIXES[str(image.format)], data
            if image.width * image.height > MAX_PIXELS or image.format in ("WMF", "EMF", "EPS"):
                return None
            made = BytesIO()
            image.convert("RGBA" if image.has_transparency_data else "RGB").save(made, "PNG")
            return ".png", made.getvalue()
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return (f".{drawings.SUFFIX}", data) if drawings.is_drawing(data) else None
