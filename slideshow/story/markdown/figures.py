"""The figures of a paragraph, and their places by its attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from slideshow.errors import shortened
from slideshow.story.figures import MAX_CAPTION_CHARACTERS, Figure, Picture, Recording, in_a_row
from slideshow.story.links import is_beside
from slideshow.story.markdown.blocks import may_show_pictures, pictures_in
from slideshow.story.markdown.nodes import Node
from slideshow.story.markdown.parser import parse_line
from slideshow.story.markdown.rendering import text_of
from slideshow.story.markdown.reshaping import normalised
from slideshow.story.markdown.sanitising import attributes_of
from slideshow.story.media import BLEED, PICTURE, SIDES, SOUND, kind_of
from slideshow.story.model import Block, Text

_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption>", re.DOTALL | re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:p|div|center|figure|picture|span)\b[^<>]*>", re.IGNORECASE)


def place_in(attributes: str) -> str:
    """Find the place of a figure in attributes such as ``.bleed .left``; empty if there is none."""
    names = [name.lower() for name in re.findall(r"\.([\w-]+)", attributes)]
    side = next((name for name in names if name in SIDES), "")
    return "-".join(filter(None, (BLEED, side))) if BLEED in names else side


def _placed(pictures: Sequence[Figure], places: Sequence[str]) -> Iterator[Figure]:
    """Yield pictures in the places that the attributes behind them name."""
    known = places if len(places) == len(pictures) else [""] * len(pictures)
    for picture, attributes in zip(pictures, known, strict=True):
        yield replace(picture, place=place_in(attributes))


def _pictures_alone(pieces: Sequence[Token]) -> Iterator[Token]:
    """Yield the pictures of a paragraph of pictures, each as a token with its address."""
    found = []
    for piece in pieces:
        picture = _picture_of(piece)
        if picture:
            found.append(picture)
        elif piece.type in ("link_open", "code_inline") or not _is_around(piece.content):
            return
    yield from found


def _is_around(content: str) -> bool:
    """Check whether a piece is only the tag of an element around a picture."""
    return not content.strip() or _WRAPPER.fullmatch(content) is not None


def _picture_of(piece: Token) -> Token | None:
    if piece.type == "image":
        return piece
    if piece.type != "html_inline" or not piece.content.lower().startswith("<img"):
        return None
    attributes = attributes_of(piece.content)
    words = Token("text", "", 0, content=attributes.get("alt", ""))
    source = {"src": attributes.get("src", ""), "title": attributes.get("title", "")}
    return Token("image", "img", 0, attrs=dict(source), children=[words])


class Figures:
    """Finds the figures of an article's paragraphs.

    ``env`` has the article's link definitions; ``text`` makes a text of words on a line, and
    ``report`` adds a problem: its message, its fix and its line.
    """

    def __init__(
        self,
        language: str,
        env: Mapping[str, Any],
        text: Callable[[str, int], Text],
        report: Callable[[str, str, int], None],
    ) -> None:
        self._language = language
        self._env = env
        self._text = text
        self._report = report

    def of_paragraph(self, value: str, node: Node, line: int) -> list[Block] | None:
        """Parse a paragraph of pictures and captions; None if pictures are among its words."""
        places, lines = node.note("places"), node.note("lines")
        found = _CAPTION.search(value)
        if found:
            value = value[: found.start()] + value[found.end() :]
        caption = self._text(found[1].strip(), line) if found and found[1].strip() else None
        whole = self._pictures(value, line)
        if whole is None:
            return None
        if whole:
            return [in_a_row([*_placed(whole, places)], caption)]
        parts: list[tuple[list[Figure], list[str]]] = []
        for offset, each in enumerate(lines):
            pictures = self._pictures(each, line + offset)
            if pictures and (not parts or parts[-1][1]):
                parts.append((pictures, []))
            elif pictures:
                parts[-1][0].extend(pictures)
            elif not parts or pictures is None:
                return None
            else:
                parts[-1][1].append(each)
        return list(self._captioned(parts, places)) or None

    def _captioned(
        self, parts: Sequence[tuple[list[Figure], list[str]]], places: Sequence[str]
    ) -> Iterator[Block]:
        """Join pictures that each have a caption; text too long for one follows as a paragraph."""
        made: list[Figure] = []
        pictures = iter(_placed([each for found, _ in parts for each in found], places))
        for found, lines in parts:
            group = [next(pictures) for _ in found]
            words = normalised("\n".join(lines)).strip(" \t\n")
            text = self._text(words, group[-1].alt.line + 1) if words else None
            is_short = text is not None and len(text.value) <= MAX_CAPTION_CHARACTERS
            if len(group) == 1 and (is_short or not text):
                made += [replace(group[0], caption=text)]
                continue
            yield from [in_a_row(made, None)] if made else ()
            made = []
            yield in_a_row(group, text if is_short else None)
            yield from [text] if text and not is_short else ()
        yield from [in_a_row(made, None)] if made else ()

    def _pictures(self, value: str, line: int) -> list[Figure] | None:
        """Parse a text that is nothing but pictures.

        Empty if there are words in it, None if a picture is not beside the article.
        """
        if not may_show_pictures(value):
            return []
        pieces = parse_line(value, {"references": self._env.get("references", {})})
        pictures = [self._picture(each, line) for each in _pictures_alone(pieces)]
        return None if None in pictures else [each for each in pictures if each]

    def _picture(self, token: Token, line: int) -> Figure | None:
        source = str(token.attrs.get("src", ""))
        file = unquote(source)
        alt = text_of(token.children or [])
        credit = str(token.attrs.get("title", "") or "")
        if not is_beside(file):
            return None
        self._examine_words(alt, file, line)
        by = Text(credit, self._language, line) if credit else None
        make = Picture if kind_of(file) == PICTURE else Recording
        return make(file.removeprefix("./"), Text(alt, self._language, line), by)

    def examine(self, text: Text) -> None:
        """Report the pictures within a text that cannot be shown, or have no words."""
        for token in pictures_in(text.value):
            file = unquote(str(token.attrs.get("src", "")))
            if not is_beside(file):
                self._report(
                    f"picture {shortened(file)!r} is not a file beside the article; "
                    "its alternative text is shown",
                    "save it in the folder of the article and name it relative to that",
                    text.line,
                )
            else:
                alt = text_of(token.children or [])
                self._examine_words(alt, file.removeprefix("./"), text.line)

    def _examine_words(self, alt: str, file: str, line: int) -> None:
        """Report a figure that nothing is said about, or nothing but the name of its file."""
        kind = kind_of(file)
        name, verb = ("name", "is") if kind == SOUND else ("alternative text", "shows")
        fix = f"say between the brackets what it {verb}"
        if not alt:
            self._report(f"{kind} {file!r} has no {name}", fix, line)
        elif alt.casefold() == file.rpartition("/")[2].casefold():
            self._report(f"{kind} {file!r} has the name of its file as {name}", fix, line)
