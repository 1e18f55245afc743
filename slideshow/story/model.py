"""The parts of a story, each a value that renders itself and lists its messages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from slideshow.errors import Problem
from slideshow.story.details import Details
from slideshow.story.keys import Place, keys_of
from slideshow.story.markup import PLAIN, Markup, language_attributes
from slideshow.story.media import BLEED, PICTURE, SOUND
from slideshow.story.opening import cut, opening
from slideshow.story.showing import Showing

if TYPE_CHECKING:
    from slideshow.story.figures import Figure

MAX_NAME_CHARACTERS = 60  # of the name of a slide without a headline


class Block(ABC):
    """A block of a slide: a text, a figure, or several texts such as a table's."""

    __slots__ = ()

    @abstractmethod
    def texts(self) -> Iterator[Text]:
        """Yield the messages of the block in reading order."""

    @abstractmethod
    def translated(self, translate: Callable[[Text], Text]) -> Block:
        """Translate each text of the block."""

    @abstractmethod
    def html(self, showing: Showing) -> str:
        """Render the block as HTML for its page."""

    def plain(self) -> str:
        """Render the block as one line without its markup; empty if it does not sum up a slide."""
        return ""

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the files of the pictures in the block, each with its line in the article."""
        yield from ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that the block consists of; none if it is text."""
        return ()

    @property
    def is_illustrated(self) -> bool:
        """Whether it consists of figures, or has pictures in its texts."""
        return bool(self.figures) or next(self.files(), None) is not None


@dataclass(frozen=True, slots=True)
class Text(Block):
    """A piece of a story, to the character, with its language and its markup.

    It is the simplest block: a paragraph. ``language`` is a language tag (BCP 47: ``fr``,
    ``pt-BR``); ``line`` is where the piece starts in the article, from 1, or in the ``file``
    beside it.
    """

    value: str
    language: str
    line: int = 0
    markup: Markup = field(default=PLAIN, compare=False, repr=False)
    file: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.value

    def texts(self) -> Iterator[Text]:
        """Yield the text itself."""
        yield self

    def translated(self, translate: Callable[[Text], Text]) -> Text:
        """Translate the text."""
        return translate(self)

    def plain(self) -> str:
        """Render the text as one line without its markup."""
        return self.markup.plain(self.value)

    def inline(self) -> str:
        """Render a headline or a title as HTML without links."""
        return self.markup.inline(self.value)

    def html(self, showing: Showing) -> str:
        """Render a paragraph as HTML, with ``lang`` unless it is in the page's language."""
        attributes = language_attributes(self.language, showing.language)
        return self.markup.html(self.value, attributes, showing)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the files of the pictures in the text, each with its line in the article."""
        yield from ((file, self.line) for file in self.markup.files(self.value))


@dataclass(frozen=True, slots=True)
class Slide:
    """A headline and its blocks, in reading order.

    ``headline`` is None if the article has none; ``name`` is then shown in the contents. A long
    section may be cut into slides that share its headline: this is ``part`` of ``parts``.
    ``identifier`` is the name that the author gave it.
    """

    headline: Text | None
    blocks: tuple[Block, ...] = ()
    part: int = 1
    parts: int = 1
    identifier: str = ""

    @property
    def heading(self) -> Text | None:
        """The headline, or None if the slide before has it already."""
        return self.headline if self.part == 1 else None

    def texts(self) -> Iterator[Text]:
        """Yield every translatable text of the slide, in reading order."""
        if self.heading:
            yield self.heading
        for block in self.blocks:
            yield from block.texts()

    @property
    def name(self) -> Text:
        """The headline, else the first words of the slide as plain text."""
        if self.headline:
            return self.headline
        for block in self.blocks:
            if words := block.plain():
                return Text(cut(words, MAX_NAME_CHARACTERS), next(block.texts()).language)
        return next(self.texts(), Text("", ""))

    @property
    def line(self) -> int:
        """The line where the slide starts in the article."""
        return next((text.line for text in self.texts()), 0)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield every picture file of the slide, with its line in the article."""
        for block in self.blocks:
            yield from block.files()

    @property
    def is_illustrated(self) -> bool:
        """Whether it has figures, or pictures in its texts."""
        return any(block.is_illustrated for block in self.blocks)

    @property
    def picture(self) -> Figure | None:
        """The first picture or film of the slide, which represents it."""
        figures = (each for block in self.blocks for each in block.figures)
        return next((each for each in figures if each.kind != SOUND), None)

    @property
    def figure(self) -> Block | None:
        """The block of figures that is placed beside the text as a whole, if there is one.

        It is the only one of the slide, or comes first, or is to fill the screen; any others stay
        between the paragraphs.
        """
        found = [block for block in self.blocks if block.figures]
        wide = next((block for block in found if block.figures[0].place.startswith(BLEED)), None)
        if wide or not found:
            return wide
        return found[0] if len(found) == 1 or found[0] is self.blocks[0] else None

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks without the figure that is placed separately."""
        figure = self.figure
        return tuple(block for block in self.blocks if block is not figure)

    def summary(self, length: int = 200) -> str:
        """Extract the first sentence, at most ``length`` characters; empty if there is none."""
        texts = (block.plain() for block in self.blocks)
        return next((opening(text, length) for text in texts if text), "")

    def is_partly_translated(self, language: str) -> bool:
        """Check whether a text lacks a translation into ``language``."""
        headline = (self.headline,) if self.headline else ()
        return any(text.language != language for text in (*headline, *self.texts()))


@dataclass(frozen=True)  # without slots, to keep its cached properties
class Story:
    """A parsed article, shown in ``language`` and written in ``source_language``.

    ``lead`` is the text shown only on the cover; ``anchors`` maps the anchors of headings to
    positions of slides. ``slides`` are in order; a slide's position is its index there, counted
    from 1. ``problems`` are those with which the article is still readable; ``changed`` is the
    modification time of its file.
    """

    slug: str
    title: Text
    slides: tuple[Slide, ...]
    language: str
    source_language: str
    lead: tuple[Block, ...] = ()
    anchors: Mapping[str, int] = field(default_factory=dict)
    details: Details = field(default_factory=Details)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    changed: datetime = field(default=datetime.fromtimestamp(0, UTC), compare=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The slides' names in URLs, in order; empty for those without a headline."""
        return keys_of((slide.identifier, slide.headline) for slide in self.slides)

    def place(self, position: int) -> Place:
        """Return the name in URLs of the slide at ``position``."""
        return Place(position, self.keys[position - 1])

    @property
    def total(self) -> int:
        """The number of slides."""
        return len(self.slides)

    @property
    def minutes(self) -> int:
        """The reading time, at 1,000 characters (200 words) a minute."""
        return max(1, round(sum(len(text.value) for text in self.texts()) / 1000))

    @cached_property
    def is_rich(self) -> bool:
        """Whether it has more than paragraphs and pictures: lists, tables, code, formulas."""
        blocks = (block for slide in self.slides for block in slide.blocks)
        return any(not isinstance(block, Text) and not block.figures for block in blocks)

    @property
    def image(self) -> str | None:
        """The file of the picture that represents it: its own, else the first of its slides."""
        pictures = (slide.picture.file for slide in self.slides if slide.picture)
        return self.details.image or next(pictures, None)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield every picture file, with its line in the article; some more than once."""
        for block in self.lead:
            yield from block.files()
        for slide in self.slides:
            yield from slide.files()
        if self.details.image:
            yield self.details.image, self.details.image_line

    @cached_property
    def is_illustrated(self) -> bool:
        """Whether its slides have figures, or pictures in their texts."""
        return any(slide.is_illustrated for slide in self.slides)

    @cached_property
    def has_recordings(self) -> bool:
        """Whether its slides have films or sounds."""
        blocks = (block for slide in self.slides for block in slide.blocks)
        return any(each.kind != PICTURE for block in blocks for each in block.figures)

    def slide(self, position: int) -> Slide | None:
        """Return the slide at ``position``, or ``None`` outside 1 to ``total``."""
        return self.slides[position - 1] if 1 <= position <= self.total else None

    def texts(self) -> Iterator[Text]:
        """Yield every translatable text, in reading order."""
        yield self.title
        for block in self.lead:
            yield from block.texts()
        for slide in self.slides:
            yield from slide.texts()
        for correction in self.details.corrections:
            yield correction.text

    @property
    def opening(self) -> tuple[Block, ...]:
        """The first blocks of the story: its lead, else its first slide."""
        return self.lead or next((slide.paragraphs for slide in self.slides), ())

    @property
    def opening_text(self) -> Text:
        """The first text of the story, or its title if it has no text."""
        return next((text for block in self.opening for text in block.texts()), self.title)

    def summary(self, length: int = 200) -> str:
        """Extract the first sentence of the story, or its title if it has no text."""
        return self.summary_of(Slide(None, self.opening), length)

    def summary_of(self, slide: Slide, length: int = 200) -> str:
        """Extract the first sentence of a slide, or the story's title if it has no text."""
        return slide.summary(length) or self.title.plain()

    @property
    def is_partly_translated(self) -> bool:
        """Whether some text is shown in the source language because it is not translated."""
        return any(text.language != self.language for text in self.texts())
