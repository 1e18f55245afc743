"""The contents of a text: a block whose lines are all repeated below, as headlines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from slideshow.errors import Problem, shortened
from slideshow.story.plaintext.lines import Block, Line


@dataclass(frozen=True, slots=True)
class Parts:
    """The blocks above the first headline, and each headline with those below it."""

    lead: list[Block]
    slides: list[tuple[Line, list[Block]]]


def by_contents(blocks: list[Block], problems: list[Problem]) -> Parts | None:
    """Divide blocks by the contents at their start; None if there are none.

    If the contents don't match the headlines below, a problem is added to ``problems``, and they
    are kept as text.
    """
    contents, rest = _split(blocks, problems)
    if not contents:
        return None
    parts = _divided(contents, rest)
    if missing := contents[len(parts.slides) :]:
        problems.append(
            Problem(
                f"{shortened(missing[0].value)!r} is next in the contents but not in the text",
                "put both in the same order",
                missing[0].number,
            )
        )
        return None
    _leave_out_dangling(parts, problems)
    return parts


def _split(blocks: list[Block], problems: list[Problem]) -> tuple[Block, list[Block]]:
    """Separate the contents, if the first block is that, from the blocks of the story."""
    if not blocks:
        return [], []
    first, rest = blocks[0], blocks[1:]
    entries = first
    if _runs_in(first, rest):
        entries, rest = first[:-1], [first[-1:], *rest]
    alone = {block[0].value for block in rest if len(block) == 1}
    missing = [line for line in entries if line.value not in alone]
    if not missing and (len(first) > 1 or _repeats(first, rest)):
        return entries, rest
    if len(entries) > 2 and len(missing) * 2 < len(entries):
        problems.append(_missing(missing))
    return [], blocks


def _runs_in(first: Block, rest: list[Block]) -> bool:
    """Check whether the first headline follows the contents without a blank line."""
    headline = first[0].value
    is_again_below = bool(rest) and _is_line(rest[0], headline)
    return len(first) > 1 and first[-1].value == headline and not is_again_below


def _repeats(first: Block, rest: list[Block]) -> bool:
    """Check whether a block of one line is the contents of a story of one slide."""
    return bool(rest) and _is_line(rest[0], first[0].value)


def _is_line(block: Block, value: str) -> bool:
    return len(block) == 1 and block[0].value == value


def _divided(contents: Block, blocks: list[Block]) -> Parts:
    """Start a slide wherever the next headline of the contents is alone on a line."""
    spare = Counter(block[0].value for block in blocks if len(block) == 1)
    spare.subtract(entry.value for entry in contents)
    parts = Parts([], [])
    for block in blocks:
        place = len(parts.slides)
        is_next = place < len(contents) and _is_line(block, contents[place].value)
        if is_next and place and not parts.slides[-1][1] and spare[block[0].value] > 0:
            # The same line is repeated below, so this one is the paragraph that is still missing.
            spare[block[0].value] -= 1
            is_next = False
        if is_next:
            parts.slides.append((block[0], []))
        else:
            (parts.slides[-1][1] if place else parts.lead).append(block)
    return parts


def _leave_out_dangling(parts: Parts, problems: list[Problem]) -> None:
    """Drop a last headline that is not in the contents, with a warning."""
    _, blocks = parts.slides[-1]
    if len(blocks) > 1 and len(blocks[-1]) == 1 and _looks_dangling(blocks[-1][0].value):
        line = blocks.pop()[0]
        problems.append(
            Problem(
                f"headline {shortened(line.value)!r} has no paragraph and is left out",
                "write a paragraph below it, or remove it",
                line.number,
            )
        )


def _looks_dangling(value: str) -> bool:
    """Distinguish a last headline from a paragraph: short, without the end of a sentence."""
    return len(value) <= 60 and value[-1] not in '.!?…»”":;)'


def _missing(missing: Block) -> Problem:
    others = ", ".join(str(line.number) for line in missing[1:])
    return Problem(
        f"{shortened(missing[0].value)!r} is listed in the contents, but no headline below "
        "matches it" + (f"; nor does one match line {others}" if others else ""),
        "copy each headline exactly, on a line of its own",
        missing[0].number,
    )
