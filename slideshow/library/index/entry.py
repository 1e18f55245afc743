"""The entry of a story in the index: its outline, and the words of each of its versions."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from slideshow.errors import SlideshowError
from slideshow.library.index.outline import outline_of, written
from slideshow.library.stories import Library
from slideshow.story.model import Story, Text
from slideshow.story.words import folded_words

logger = logging.getLogger(__name__)

END = " \u241e "  # a word that no search has, between texts: no phrase goes from one to the next


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a story in one of its languages, and the keys of its slides, in JSON."""

    language: str
    is_source: bool
    keys: str
    title: str
    headlines: str
    texts: str

    @property
    def digest(self) -> str:
        """A digest of the words and keys."""
        return _digest(self).hex()


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in the index: ``outline`` is in JSON, None for one that is never public.

    ``stamp`` is that of its files, empty if they are to be read again.
    """

    slug: str
    stamp: str
    outline: str | None = None
    versions: tuple[Version, ...] = ()

    @property
    def digest(self) -> bytes:
        """A digest of all but the stamp."""
        return _digest((self.outline, self.versions))


def entry_of(library: Library, slug: str, stamp: str) -> Entry:
    """Read a story as it is, was or will be public; an unreadable one has no outline."""
    try:
        if versions := library.upcoming(slug):
            outline = written(outline_of(library, versions))
            stamp = "" if library.is_held(slug) else stamp
            return Entry(slug, stamp, outline, tuple(map(_version, versions)))
    except SlideshowError:
        pass  # reported by the command line
    except Exception as error:  # even if the fault is ours, the other stories are found
        logger.error(
            "%s: cannot be indexed, by a fault of Slideshow: %s", slug, type(error).__name__
        )
    return Entry(slug, stamp)


def _digest(value: object) -> bytes:
    return hashlib.blake2b(repr(value).encode(), digest_size=16).digest()


def _version(story: Story) -> Version:
    headings = (slide.heading for slide in story.slides)
    blocks = chain(story.lead, *(slide.blocks for slide in story.slides))
    return Version(
        story.language,
        story.language == story.source_language,
        json.dumps(story.keys, ensure_ascii=False),
        " ".join(folded_words(story.title.plain())),
        _words(heading for heading in headings if heading),
        _words(text for block in blocks for text in block.texts()),
    )


def _words(texts: Iterable[Text]) -> str:
    return END.join(_lines(texts))


def _lines(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        yield " ".join(folded_words(text.plain()))
