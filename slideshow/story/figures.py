"""The figures of a story: pictures, alone or in a row, with their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from slideshow.story.model import Text
from slideshow.story.showing import Showing

BLEED = "bleed"
PLACES = (BLEED, "left", "right")  # names in ``{.bleed}``

Translate = Callable[[Text], Text]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: ``file`` is its path, relative to the article.

    ``place`` is the author's wish: one of ``PLACES``, or empty.
    """

    file: str
    alt: Text
    credit: Text | None = None
    caption: Text | None = None
    place: str = ""

    @property
    def figures(self) -> tuple[Picture, ...]:
        """The picture itself."""
        return (self,)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the file and its line in the article."""
        yield self.file, self.alt.line

    def texts(self) -> Iterator[Text]:
        """Yield the alternative text, the caption and the credit."""
        yield self.alt
        yield from filter(None, (self.caption, self.credit))

    def translated(self, translate: Translate) -> Picture:
        """Translate the texts of the picture."""
        caption, credit = (text and translate(text) for text in (self.caption, self.credit))
        return replace(self, alt=translate(self.alt), caption=caption, credit=credit)

    def plain(self) -> str:
        """Return nothing: a picture does not summarise a slide."""
        return ""

    def html(self, showing: Showing) -> str:
        """Render the words of a picture that cannot be shown."""
        words = [self.alt, *filter(None, [self.caption])]
        distinct = {text.value: text for text in words if text.value}
        return "".join(text.html(showing) for text in distinct.values())


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures side by side, with a caption for all of them."""

    figures: tuple[Picture, ...]
    caption: Text | None = None
    place: str = ""

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield the files of the pictures, each with its line in the article."""
        for picture in self.figures:
            yield from picture.files()

    def texts(self) -> Iterator[Text]:
        """Yield the texts of each picture, then the common caption."""
        for picture in self.figures:
            yield from picture.texts()
        yield from filter(None, [self.caption])

    def translated(self, translate: Translate) -> Row:
        """Translate the texts of the pictures and the common caption."""
        figures = tuple(picture.translated(translate) for picture in self.figures)
        return replace(self, figures=figures, caption=self.caption and translate(self.caption))

    def plain(self) -> str:
        """Return nothing: pictures do not summarise a slide."""
        return ""

    def html(self, showing: Showing) -> str:
        """Render the words of pictures that cannot be shown."""
        caption = self.caption.html(showing) if self.caption else ""
        return "".join(picture.html(showing) for picture in self.figures) + caption


def in_a_row(pictures: Sequence[Picture], caption: Text | None) -> Picture | Row:
    """Join pictures and their caption into one block."""
    if len(pictures) == 1:
        return replace(pictures[0], caption=caption or pictures[0].caption)
    place = next((each.place for each in pictures if each.place), "")
    return Row(tuple(pictures), caption, place)
