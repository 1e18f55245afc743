"""The headlines of a text without contents: short separate lines above other text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from slideshow.story.plaintext.contents import Parts
from slideshow.story.plaintext.lines import BULLET, CLOSING, EAST_ASIAN, NUMBER, Block

MAX_HEADLINE_CHARACTERS = 80  # of a headline; half as many in Chinese or Japanese
MAX_RUN_LINES = 2  # consecutive short lines, each of them a possible headline
SENTENCE_END = ".!…;:,،؛。！；：，、۔।॥។"
DASHES = "-–—"
# Bylines and contact details are not headlines.
BYLINE = re.compile(
    r"(?:by|par|von|por|di|de|door|av|af|przez|foto|photo|credit|crédit|source)\b[ :]"
    r"|(?:文|記者|记者|作者|автор|текст)[:： ]",
    re.IGNORECASE,
)
# Items of a list without a space, and remarks such as "[Illustration]", are not either.
REMARK = re.compile(r"[-–—•]|[*_](?!.*[*_]$)|[\[(][^\[\]()]*[\])]$")
ADDRESS = re.compile(r"\S@\S|://|\bwww\.")
LETTERS = re.compile(r"[^\W\d_]")


def by_headlines(blocks: Sequence[Block], start: int = 0) -> Parts:
    """Divide paragraphs by the headlines among them, if there are any.

    Paragraphs before the index ``start`` are never headlines.
    """
    places = {start + place for place in _headlines(blocks[start:])}
    parts = Parts([], [])
    for place, block in enumerate(blocks):
        if place in places:
            parts.slides.append((block[0], []))
        else:
            (parts.slides[-1][1] if parts.slides else parts.lead).append(block)
    return parts


def _headlines(blocks: Sequence[Block]) -> list[int]:
    """Find the indices of headlines: a short line, or two, with text below.

    If all lines are short they alternate: a headline, a line of text.
    """
    texts = [place for place, block in enumerate(blocks) if not block[0].is_picture]
    if all(_may_be_headline(blocks[place]) for place in texts):
        return texts[:-1:2]
    found: list[int] = []
    run: list[int] = []
    for place, block in enumerate(blocks):
        if block[0].is_picture:
            found += run if len(run) <= MAX_RUN_LINES else ()
            run = []
            continue
        if _may_be_headline(block):
            run.append(place)
            continue
        if len(run) <= MAX_RUN_LINES:
            found += run
        run = []
    return found


def _may_be_headline(block: Block) -> bool:
    value = block[0].value
    width = len(value) + len(EAST_ASIAN.findall(value))
    if (
        len(block) > 1
        or width > MAX_HEADLINE_CHARACTERS
        or BULLET.match(value)
        or not LETTERS.search(value)
    ):
        return False
    if block[0].is_verse and not NUMBER.match(value):
        return False
    if BYLINE.match(value) or REMARK.match(value) or ADDRESS.search(value):
        return False
    end = value.rstrip(CLOSING)[-1:]
    return end not in SENTENCE_END + DASHES
