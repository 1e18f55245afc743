"""Documents of word processors and e-books: DOCX, ODT, RTF, EPUB, PPTX."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from slideshow.commands.importing.article import Imported, left_out, name_for_file
from slideshow.commands.importing.pandoc import program
from slideshow.commands.importing.pandoc.nodes import text_of
from slideshow.commands.importing.pandoc.passes import blocks
from slideshow.commands.importing.pandoc.titles import titled
from slideshow.commands.importing.pictures import Find, Pictures
from slideshow.commands.importing.readers import alternatives, ebooks, revisions
from slideshow.commands.importing.readers.archives import Archive
from slideshow.commands.importing.readers.xml import part_of
from slideshow.errors import SlideshowError, counted

ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
RTF_PICTURE = re.compile(rb"\\(?:png|jpeg)blip\b[^{}]*?((?:[0-9a-fA-F]{2}\s*){64,})\}")
RTF_HEADING = re.compile(rb"\{\\s(\d+)\\[^{};]*?[Hh]eading ([1-6]);\}")
MAX_BYTES = 200_000_000  # size of a source file


def read_archive(data: bytes, name: str, path: str, form: str) -> Iterator[Imported]:
    """Yield the article in a document that is a ZIP archive: DOCX, ODT, EPUB.

    Raises SlideshowError for a broken document and for one that is too large.
    """
    archive = Archive(data, path)
    read = program.tree_of(data, form, path)
    title = _meta(read.meta, "title") if form == "docx" else ""
    texts: Mapping[str, str] = {}
    counts: Mapping[str, int] = {}
    if form == "odt":
        title = _odt_title(archive)
        texts = alternatives.of_odt(archive)
        counts = revisions.in_odt(archive)
    if form == "epub":
        read = replace(read, blocks=ebooks.styled(read.blocks, archive))
    read = replace(read, blocks=alternatives.told(read.blocks, texts))
    yield article(read, name, path, archive.find, title=title, counts=counts)


def read_rtf(data: bytes, name: str, path: str) -> Iterator[Imported]:
    """Yield the article in an RTF document."""
    pictures: dict[str, bytes] = {}
    for digits in RTF_PICTURE.findall(data):
        picture = bytes.fromhex(re.sub(rb"\s", b"", digits).decode()[: len(digits) // 2 * 2])
        pictures[hashlib.sha1(picture, usedforsecurity=False).hexdigest()] = picture
    data, counts = revisions.accepted_in_rtf(data)
    read = program.tree_of(_prepared(data), "rtf", path)
    texts = dict(zip(_rtf_names(read.blocks), alternatives.of_rtf(data), strict=False))
    read = replace(read, blocks=alternatives.told(read.blocks, texts))

    def find(address: str) -> bytes | None:
        return pictures.get(PurePosixPath(address).stem)

    yield article(read, name, path, find, counts=counts)


def _prepared(data: bytes) -> bytes:
    """Add levels, which Pandoc needs, to RTF headings that only have a style.

    Fonts for code become others: Pandoc takes all of a text for code if one of its styles is.
    """
    data = data.replace(rb"\fmodern", rb"\fnil")
    for number, level in RTF_HEADING.findall(data):
        mark = rb"\\s" + number + rb"\\outlinelevel%d" % (int(level) - 1)
        data = re.sub(rb"(?<=\\plain )\\s" + number + rb"(?=[\\ ])", mark, data)
    return data


def _rtf_names(blocks: Any) -> Iterator[str]:
    """Yield the names of a tree's pictures in their order."""
    if isinstance(blocks, dict):
        if blocks.get("t") == "Image":
            yield PurePosixPath(blocks["c"][2][0]).name
        yield from _rtf_names(blocks.get("c"))
    elif isinstance(blocks, list):
        for each in blocks:
            yield from _rtf_names(each)


def article(
    read: program.Tree,
    name: str,
    path: str,
    find: Find,
    *,
    title: str = "",
    properties: str = "",
    details: dict[str, object] | None = None,
    counts: Mapping[str, int] | None = None,
) -> Imported:
    """Build the article of a document's tree.

    ``title`` is the one above its text, ``properties`` that of its metadata; ``counts``
    are the parts left out so far.
    """
    counts = Counter(counts)
    kept = blocks(read.blocks, counts)
    title, kept = titled(kept, title, properties or _meta(read.meta, "title"))
    slug = name_for_file(name)
    pictures = Pictures(slug, find)
    placed = pictures.placed(kept)
    body = program.markdown_of(program.Tree({}, placed, read.version), path)
    if not body:
        raise SlideshowError("no text in it", "check that it is the right file", path=path)
    found: dict[str, object] = details or {
        "author": _meta(read.meta, "author"),
        "date": _meta(read.meta, "date")[:10],
        "lang": _meta(read.meta, "lang") or _meta(read.meta, "language"),
    }
    losses = [
        left_out(_numbered(what, number))
        for what, number in sorted(counts.items())
        if what and number
    ]
    return Imported(
        slug, title or name, body, found, tuple(pictures.files), (*losses, *pictures.problems)
    )


def _numbered(what: str, number: int) -> str:
    """Format the number of parts of a kind, such as ``tracked insertion, taken as accepted``."""
    noun, comma, remark = what.partition(",")
    return f"{counted(number, noun)}{comma}{remark}"


def _meta(meta: program.Node, name: str) -> str:
    value = meta.get(name, {})
    if value.get("t") == "MetaList":
        return ", ".join(text_of(each["c"]).strip() for each in value["c"])
    found = text_of(value.get("c")) if value.get("t") == "MetaInlines" else ""
    return found.strip().strip(";")


def _odt_title(archive: Archive) -> str:
    """Find the first paragraph in the style *Title*, which Pandoc does not read."""
    root = part_of(archive, "content.xml")
    if root is None:
        return ""
    styles = root.xpath(
        "//style:style[@style:parent-style-name='Title']/@style:name", namespaces=ODF
    )
    for name in ["Title", *styles]:
        for each in root.xpath("//text:p[@text:style-name=$name]", namespaces=ODF, name=name):
            return " ".join("".join(each.itertext()).split())
    return ""


def too_large(size: int, path: str) -> SlideshowError:
    """Build the error for a source over the limit."""
    return SlideshowError(
        f"{size // 1_000_000} MB are more than the {MAX_BYTES // 1_000_000} MB allowed",
        "split the document",
        path=path,
    )
