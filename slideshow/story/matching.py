"""Matches the texts of a story with those of the same story written in another language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from slideshow.errors import Problem, counted, shortened
from slideshow.story.model import Block, Slide, Story, Text

SAME_PARTS = "give both texts the same parts in the same order"


@dataclass(slots=True)
class Match:
    """The translations by source text; ``lines`` has the line of each in the second text.

    ``problems`` lists the parts of the second text without a match.
    """

    translations: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, source: Text, other: Text) -> None:
        """Pair two texts; of a text that occurs twice, the first translation counts."""
        if not source.value or not other.value:
            return
        known = self.translations.setdefault(source.value, other.value)
        self.lines.setdefault(source.value, other.line)
        if known != other.value:
            self.problems.append(
                Problem(
                    f"{shortened(source.value)!r} is translated as {shortened(known)!r} already",
                    "translate it the same everywhere: a catalogue has one translation of a text",
                    other.line,
                )
            )

    def report(self, message: str, line: int) -> None:
        """Add a problem for a part without a match."""
        self.problems.append(Problem(message, SAME_PARTS, line))


def match(story: Story, other: Story) -> Match:
    """Pair the texts of a story with those of a second text, slide by slide, block by block.

    Parts that differ in number are ambiguous: they are reported and left out, and the parts around
    them are still paired.
    """
    found = Match()
    found.add(story.title, other.title)
    _blocks("the lead", story.lead, other.lead, found, other.title.line)
    if story.total != other.total:
        line = next(_unlike(story, other), other.slides[-1]).line
        found.report(f"{other.total} slides, and the article has {story.total}", line)
        return found
    for position, (slide, second) in enumerate(zip(story.slides, other.slides, strict=True), 1):
        _slide(f"slide {position}", slide, second, found)
    return found


def _unlike(story: Story, other: Story) -> Iterator[Slide]:
    """Yield the slides of the second text whose shape differs from the slide at their position."""
    for slide, second in zip(story.slides, other.slides, strict=False):
        if _shape(slide) != _shape(second):
            yield second
    yield from other.slides[story.total :]


def _shape(slide: Slide) -> tuple[bool, list[str]]:
    return slide.headline is not None, [_kind(block) for block in slide.blocks]


def _slide(name: str, slide: Slide, other: Slide, found: Match) -> None:
    if slide.headline and other.headline:
        found.add(slide.headline, other.headline)
    elif slide.headline or other.headline:
        which = "no headline, and the article has one" if slide.headline else "a headline too many"
        found.report(f"{name}: {which}", other.line)
    _blocks(name, slide.blocks, other.blocks, found, other.line)


def _blocks(
    name: str, blocks: Sequence[Block], others: Sequence[Block], found: Match, line: int
) -> None:
    if len(blocks) != len(others):
        message = f"{name}: {counted(len(others), 'paragraph')}, and the article has {len(blocks)}"
        found.report(message, next(_lines(others), line))
        return
    for block, other in zip(blocks, others, strict=True):
        texts, seconds = list(block.texts()), list(other.texts())
        if _kind(block) != _kind(other) or len(texts) != len(seconds):
            message = f"{name}: a {_kind(other)} of {len(seconds)}, and the article has "
            message += f"a {_kind(block)} of {len(texts)}"
            found.report(message, next(_lines([other]), line))
            continue
        for text, second in zip(texts, seconds, strict=True):
            found.add(text, second)


def _lines(blocks: Sequence[Block]) -> Iterator[int]:
    return (text.line for block in blocks for text in block.texts())


def _kind(block: Block) -> str:
    """Look up the name of a kind of block."""
    if isinstance(block, Text):
        return "paragraph"
    kind = getattr(block, "kind", "") or type(block).__name__.lower()
    return str(kind).replace("_", " ")
