"""What a story is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from slideshow.errors import ArticleError, Problem


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a story, to the character, and the language it is in.

    ``language`` is a language tag (BCP 47: ``fr``, ``pt-BR``); ``line`` is where the piece
    starts in the article, from 1.
    """

    value: str
    language: str
    line: int = 0

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Picture:
    """A slide's picture: ``file`` is its path, relative to the article."""

    file: str
    alt: Text
    credit: Text | None = None


@dataclass(frozen=True, slots=True)
class Slide:
    """One headline and its paragraphs, in reading order."""

    headline: Text
    paragraphs: tuple[Text, ...]
    picture: Picture | None = None

    def texts(self) -> Iterator[Text]:
        """Give every piece of the slide that is translated, in reading order."""
        yield self.headline
        yield from self.paragraphs
        if self.picture:
            yield self.picture.alt
            if self.picture.credit:
                yield self.picture.credit

    def is_partly_translated(self, language: str) -> bool:
        """Tell whether some piece is not in ``language``, for want of a translation."""
        return any(text.language != language for text in self.texts())


@dataclass(frozen=True, slots=True)
class Details:
    """What an article says about itself; ``None`` where it says nothing.

    ``date`` is ISO 8601, with or without a time (``2026-11-24``); ``source`` an address or a
    name; ``image`` a path relative to the article, named in ``image_line``.
    """

    author: str | None = None
    date: str | None = None
    source: str | None = None
    image: str | None = None
    image_line: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """A parsed article, shown in ``language`` and written in ``source_language``.

    ``slides`` are in order; a slide's position is its place there, counted from 1.
    ``problems`` are the things that did not keep the article from being read; ``changed`` is
    when its file was.
    """

    slug: str
    title: Text
    slides: tuple[Slide, ...]
    language: str
    source_language: str
    is_markdown: bool = False
    details: Details = Details()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    changed: datetime = field(default=datetime.fromtimestamp(0, UTC), compare=False)

    @property
    def updated(self) -> datetime:
        """Give the date that the article gives itself, else when its file was changed."""
        if not self.details.date:
            return self.changed
        date = datetime.fromisoformat(self.details.date)
        return date if date.tzinfo else date.replace(tzinfo=UTC)

    @property
    def total(self) -> int:
        """Give the number of slides."""
        return len(self.slides)

    @property
    def minutes(self) -> int:
        """Give the time it takes to read, at 1,000 characters (200 words) a minute."""
        return max(1, round(sum(len(text.value) for text in self.texts()) / 1000))

    def slide(self, position: int) -> Slide | None:
        """Give the slide at ``position``, or ``None`` outside 1 to ``total``."""
        return self.slides[position - 1] if 1 <= position <= self.total else None

    def texts(self) -> Iterator[Text]:
        """Give every piece that is translated, in reading order."""
        yield self.title
        for slide in self.slides:
            yield from slide.texts()

    @property
    def is_partly_translated(self) -> bool:
        """Tell whether some piece is shown in the source language for want of a translation."""
        return any(text.language != self.language for text in self.texts())


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article may hold at most, so that no file can exhaust the server."""

    bytes: int = 10_000_000
    slides: int = 20_000
    characters: int = 20_000

    def apply_to(self, story: Story) -> None:
        """Raise ArticleError for a story of too many slides or with too long a text."""
        if story.total > self.slides:
            raise ArticleError(
                f"{story.total} slides are more than the {self.slides} allowed",
                "split the article, or raise SLIDESHOW_ARTICLE_SLIDES",
                line=story.slides[self.slides].headline.line,
            )
        for text in story.texts():
            if len(text.value) > self.characters:
                raise ArticleError(
                    f"a text of {len(text.value)} characters; {self.characters} are allowed",
                    "split it into paragraphs, or raise SLIDESHOW_ARTICLE_CHARACTERS",
                    line=text.line,
                )


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What a picture may hold at most, so that no file can exhaust the server."""

    bytes: int = 20_000_000
    pixels: int = 50_000_000
