"""The figures of a story: pictures, films and sounds, alone or in a row, with their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from slideshow.story.captions import Cue, Paragraph, transcript
from slideshow.story.markup import escaped, language_attributes
from slideshow.story.media import FILM, PICTURE, kind_of
from slideshow.story.model import Block, Text
from slideshow.story.showing import Showing

MAX_CAPTION_CHARACTERS = 400  # a longer text below a picture is a paragraph
Translate = Callable[[Text], Text]


@dataclass(frozen=True, slots=True)
class Picture(Block):
    """A picture: ``file`` is its path, relative to the article.

    ``place`` is the author's wish: ``bleed``, ``left``, ``right``, ``bleed-left``, ``bleed-right``
    or empty.
    """

    file: str
    alt: Text
    credit: Text | None = None
    caption: Text | None = None
    place: str = ""

    @property
    def kind(self) -> str:
        """It is a picture."""
        return PICTURE

    @property
    def figures(self) -> tuple[Figure, ...]:
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

    def html(self, showing: Showing) -> str:
        """Render the words of a picture that cannot be shown."""
        return _words(self, showing)


@dataclass(frozen=True, slots=True)
class Recording(Block):
    """A film or a sound: ``file`` is its path, relative to the article.

    ``cues`` are its captions, which the library reads from the file beside it.
    """

    file: str
    alt: Text
    credit: Text | None = None
    caption: Text | None = None
    place: str = ""
    cues: tuple[Cue, ...] = ()

    @property
    def kind(self) -> str:
        """Whether it is a film or a sound."""
        return kind_of(self.file)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The recording itself."""
        return (self,)

    @property
    def transcript(self) -> tuple[Paragraph, ...]:
        """The captions as paragraphs."""
        return tuple(transcript(self.cues))

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield a film with its line in the article: a frame of it is its picture."""
        if self.kind == FILM:
            yield self.file, self.alt.line

    def texts(self) -> Iterator[Text]:
        """Yield the alternative text, the caption, the credit and the captions in time."""
        yield self.alt
        yield from filter(None, (self.caption, self.credit))
        yield from (cue.text for cue in self.cues)

    def translated(self, translate: Translate) -> Recording:
        """Translate the texts of the recording."""
        caption, credit = (text and translate(text) for text in (self.caption, self.credit))
        cues = tuple(replace(cue, text=translate(cue.text)) for cue in self.cues)
        return replace(self, alt=translate(self.alt), caption=caption, credit=credit, cues=cues)

    def html(self, showing: Showing) -> str:
        """Render the words of a recording, where it cannot be played."""
        said = "".join(_paragraph(each, showing) for each in self.transcript)
        return _words(self, showing) + said


def _paragraph(paragraph: Paragraph, showing: Showing) -> str:
    voice = f"{escaped(paragraph.voice)}: " if paragraph.voice else ""
    attributes = [
        language_attributes(cue.text.language, showing.language) for cue in paragraph.cues
    ]
    spans = (
        f"<span{its}>{escaped(cue.words)}</span>"
        for its, cue in zip(attributes, paragraph.cues, strict=True)
    )
    return f"<p>{voice}{' '.join(spans)}</p>\n"


Figure = Picture | Recording


def _words(figure: Figure, showing: Showing) -> str:
    """Render the alternative text and the caption, once if they are the same."""
    words = [figure.alt, *filter(None, [figure.caption])]
    distinct = {text.value: text for text in words if text.value}
    return "".join(text.html(showing) for text in distinct.values())


@dataclass(frozen=True, slots=True)
class Row(Block):
    """Pictures side by side, with a caption for all of them."""

    figures: tuple[Figure, ...]
    caption: Text | None = None
    place: str = ""

    @property
    def credit(self) -> Text | None:
        """The credit that all of them have; none if it differs."""
        credits = {each.credit and each.credit.value for each in self.figures}
        return self.figures[0].credit if len(credits) == 1 else None

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

    def html(self, showing: Showing) -> str:
        """Render the words of pictures that cannot be shown."""
        caption = self.caption.html(showing) if self.caption else ""
        return "".join(picture.html(showing) for picture in self.figures) + caption


def in_a_row(pictures: Sequence[Figure], caption: Text | None) -> Figure | Row:
    """Join pictures and their caption into one block."""
    if len(pictures) == 1:
        return replace(pictures[0], caption=caption or pictures[0].caption)
    place = next((each.place for each in pictures if each.place), "")
    return Row(tuple(pictures), caption, place)
