"""Alternative texts that Pandoc does not read: those of pictures in ODT and RTF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from slideshow.commands.importing.pandoc.program import Node
from slideshow.commands.importing.readers.archives import Archive
from slideshow.commands.importing.readers.xml import part_of

NAMES = {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
HREF = "{http://www.w3.org/1999/xlink}href"
# Pandoc's placeholders for a picture without a text.
NO_TEXT = re.compile(r"image|[^\s]+\.(png|jpe?g|gif|webp|bmp|tiff?|emf|wmf|svg)", re.I)
RTF_TEXT = re.compile(rb"\{\\sn wzDescription\}\{\\sv ([^{}]*)\}")


def of_odt(archive: Archive) -> Mapping[str, str]:
    """Find the alternative texts in an ODT document, by the names of their pictures."""
    root = part_of(archive, "content.xml")
    found = {}
    for frame in root.iterfind(".//draw:frame", NAMES) if root is not None else ():
        image = frame.find("draw:image", NAMES)
        text = frame.findtext("svg:desc", "", NAMES) or frame.findtext("svg:title", "", NAMES)
        if image is not None and text:
            found[PurePosixPath(image.get(HREF, "")).name] = text
    return found


def of_rtf(data: bytes) -> list[str]:
    """Find the alternative texts in an RTF document, in the order of its pictures."""
    texts: list[str] = []
    for found in RTF_TEXT.findall(data):
        text = found.decode("ascii", "replace")
        if not texts or texts[-1] != text:  # each picture has a second form for old software
            texts.append(text)
    return texts


def told(nodes: list[Node], texts: Mapping[str, str]) -> list[Node]:
    """Add the alternative texts of a document to the pictures in its blocks."""
    return [_told(node, texts) for node in nodes]


def _told(node: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_told(each, texts) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") != "Image":
        return {name: _told(each, texts) for name, each in node.items()}
    attributes, words, target = node["c"]
    plain = "".join(str(each.get("c", " ")) for each in words)
    own = [] if NO_TEXT.fullmatch(plain) else words
    text = texts.get(PurePosixPath(target[0]).name, "").strip()
    text = "" if NO_TEXT.fullmatch(text) else text
    title = "" if re.fullmatch(r"Picture \d+", target[1]) else target[1]
    told_words = [{"t": "Str", "c": text}] if text else own
    return {"t": "Image", "c": [attributes, told_words, [target[0], title]]}
