"""Complete editions: stories that are public in several languages together, or not at all.

The last complete edition of a story is kept in memory, and in a file for the next process, so that
an edit without its translations does not show before they are there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slideshow.errors import SlideshowError
from slideshow.library.articles import ArticleFile, decoded
from slideshow.library.files import replace_file
from slideshow.library.freshness.watched import Unparsed
from slideshow.library.recordings.captions import captioned
from slideshow.library.recordings.files import recordings_of
from slideshow.story.captions import CAPTION, Cue
from slideshow.story.limits import Limits
from slideshow.story.model import Story, Text
from slideshow.story.translation import translate

SUFFIX = ".json"

logger = logging.getLogger(__name__)

Find = Callable[[str], str | None]  # the translation of a text


@dataclass(frozen=True, slots=True)
class Edition:
    """A story with all of its texts in every required language, by language."""

    source: Story
    translations: Mapping[str, Story]


@dataclass(frozen=True, slots=True)
class Gap:
    """The number of texts that a language of a story lacks."""

    language: str
    missing: int


def gaps(story: Story, finders: Mapping[str, Find]) -> list[Gap]:
    """List the languages that lack a text of a story."""
    texts = {text.value for text in story.texts() if text.value}
    found = {tag: sum(find(text) is None for text in texts) for tag, find in finders.items()}
    return [Gap(tag, missing) for tag, missing in found.items() if missing]


def edition(story: Story, finders: Mapping[str, Find]) -> Edition:
    """Translate a story into every required language."""
    return Edition(story, {tag: translate(story, find, tag) for tag, find in finders.items()})


@dataclass(slots=True)
class Editions:
    """The last complete edition of each story; ``folder`` keeps them, unless it is None."""

    folder: Path | None
    limits: Limits
    _known: dict[str, Edition] = field(default_factory=dict)
    _files: Unparsed = field(default_factory=Unparsed)

    def note(self, made: Edition, file: ArticleFile) -> None:
        """Remember a complete edition of the story in a file."""
        slug = made.source.slug
        if self._known.get(slug) == made:
            return
        self._known[slug] = made
        messages = {
            tag: {
                source.value: text.value
                for source, text in zip(made.source.texts(), story.texts(), strict=True)
            }
            for tag, story in made.translations.items()
        }
        try:
            text, _ = decoded(file.path, self.limits)
            record = {
                "article": text,
                "lang": made.source.language,
                "captions": {each.file: _kept(each.cues) for each in recordings_of(made.source)},
                "translations": messages,
            }
            if self._parsed(record, file).slides == made.source.slides:  # not changed meanwhile
                self._write(slug, record)
        except SlideshowError:
            return
        except OSError as error:
            logger.warning("%s: editions are not kept: %s", self.folder, error.strerror)

    def last(self, file: ArticleFile) -> Edition | None:
        """Return the last complete edition of a story; None if there was none."""
        if self.folder:
            self._files.note(self.folder / (file.slug + SUFFIX))
        if file.slug not in self._known and (found := self._read(file)):
            self._known[file.slug] = found
        return self._known.get(file.slug)

    def _read(self, file: ArticleFile) -> Edition | None:
        if self.folder is None:
            return None
        try:
            record: dict[str, Any] = json.loads((self.folder / (file.slug + SUFFIX)).read_bytes())
            messages = record["translations"]
            finders = {tag: texts.get for tag, texts in messages.items()}
            return edition(self._parsed(record, file), finders)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, SlideshowError):
            return None  # no edition yet, or a file that somebody has changed

    def _parsed(self, record: Mapping[str, Any], file: ArticleFile) -> Story:
        story = file.format.parse(record["article"], file.slug, record["lang"], self.limits)
        captions = record.get("captions", {})
        return captioned(
            story, lambda name: _restored(captions.get(name, ()), story.source_language)
        )

    def _write(self, slug: str, record: Mapping[str, object]) -> None:
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(record, ensure_ascii=False)
        replace_file(self.folder / (slug + SUFFIX), text.encode())


def _kept(cues: Sequence[Cue]) -> list[list[Any]]:
    return [[each.start, each.end, each.text.value, each.text.line, each.settings] for each in cues]


def _restored(kept: Sequence[Sequence[Any]], language: str) -> tuple[Cue, ...]:
    return tuple(
        Cue(start, end, Text(value, language, line, CAPTION), settings)
        for start, end, value, line, settings in kept
    )
