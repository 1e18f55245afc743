"""The pictures of a source: named, converted to a format for browsers, or left out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from slideshow.commands.importing.article import Picture, left_out
from slideshow.commands.importing.pandoc import Node
from slideshow.errors import Problem
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

    def placed(self, nodes: list[Node]) -> Iterator[Node]:
        """Yield blocks with each picture's address changed to its file beside the article.

        A picture on another site keeps its address; one without a usable file is replaced by its
        alternative text.
        """
        for node in nodes:
            if node["t"] == "Para" and [each["t"] for each in node["c"]] == ["Image"]:
                _, alternative, (address, title) = node["c"][0]["c"]
                if name := self.name_of(address):
                    image = [["", [], []], alternative, [name, title]]
                    yield {"t": "Para", "c": [{"t": "Image", "c": image}]}
                elif alternative:
                    yield {"t": "Para", "c": alternative}
            elif node["t"] == "BlockQuote":
                yield {"t": "BlockQuote", "c": [*self.placed(node["c"])]}
            elif node["t"] == "BulletList":
                yield {"t": "BulletList", "c": [[*self.placed(item)] for item in node["c"]]}
            elif node["t"] == "OrderedList":
                items = [[*self.placed(item)] for item in node["c"][1]]
                yield {"t": "OrderedList", "c": [node["c"][0], items]}
            else:
                yield node

    def name_of(self, address: str) -> str | None:
        """Choose the article's name for a picture; None if it cannot be shown."""
        data = self._find(address)
        if data is None:
            if address.startswith(("http://", "https://")):
                self.problems.append(left_out(f"picture {address} stays on its own site"))
                return address
            self._lost(address, "its file is missing")
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._names:
            made = _shown(data)
            if made is None:
                self._lost(address, "its format is not one that browsers show")
                return None
            suffix, data = made
            self._names[digest] = self._free_name(address, suffix)
            self.files.append(Picture(self._names[digest], data))
        return self._names[digest]

    def _free_name(self, address: str, suffix: str) -> str:
        stem = slug_of(PurePosixPath(address[:200].split("?")[0]).stem) or "picture"
        taken = {each.name for each in self.files}
        for number in range(1, len(taken) + 2):
            name = f"{self._folder}/{stem}{'' if number == 1 else f'-{number}'}{suffix}"
            if name not in taken:
                break
        return name

    def _lost(self, address: str, why: str) -> None:
        name = address if len(address) < 80 else address[:77] + "…"
        self.problems.append(left_out(f"picture {name}: {why}", "save it as PNG or JPEG"))


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
        return (".svg", data) if re.match(rb"\s*(<\?xml[^>]*>\s*)?<svg\b", data[:1000]) else None


def slug_of(name: str) -> str:
    """Convert a name to a part of an address: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
