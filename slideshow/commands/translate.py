"""Brings the catalogues of a library up to date and creates those of new languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from slideshow.commands.renaming import Renamed, move_catalogues
from slideshow.commands.second_text import pair, unmatched
from slideshow.errors import Problem, SlideshowError
from slideshow.library.catalogues.extraction import Message, interface_messages, messages_of
from slideshow.library.catalogues.finding import MESSAGES
from slideshow.library.catalogues.updating import Progress, update
from slideshow.library.stories import Library
from slideshow.paths import PACKAGE, shipped
from slideshow.story.languages import INTERFACE, SOURCE_LANGUAGE, locale_of, tag_of

BAR_CHARACTERS = 20
NAMED_STORIES = 5  # in one line


@dataclass(frozen=True, slots=True)
class Row:
    """The progress of one catalogue."""

    language: str
    story: str
    progress: Progress

    def cells(self) -> tuple[str, ...]:
        """Format the row for display."""
        progress = self.progress
        counts = (progress.translated, progress.fuzzy, progress.missing)
        done = progress.translated / progress.total if progress.total else 1.0
        full = int(done * BAR_CHARACTERS)
        bar = "█" * full + "░" * (BAR_CHARACTERS - full)
        story = "(interface)" if self.story == INTERFACE else self.story
        return self.language, story, *map(str, counts), f"{bar} {int(done * 100):3} %"


HEADINGS = ("language", "story", "translated", "fuzzy", "missing", "")


class Translation:
    """The work of bringing every catalogue of a library up to date.

    ``languages`` are tags, in any spelling, of languages to add; those in which a story must be
    complete are added to that story.
    """

    def __init__(self, library: Library, languages: Sequence[str], now: datetime) -> None:
        self.problems: list[Problem] = []
        self.renamed: list[Renamed] = []
        self._unbegun: dict[str, list[str]] = {}  # the stories without a catalogue, by language
        self._library = library
        self._folder = library.translations
        self._now = now
        self._new = {str(tag_of(language)) for language in languages}
        there = {path.name for path in self._folder.iterdir()} if self._folder.is_dir() else set()
        self._folders = {tag: name for name in sorted(there) if (tag := tag_of(name))}
        self._folders |= {tag: str(locale_of(tag)) for tag in self._new if tag not in self._folders}

    def rows(self, progress: Callable[[int], None]) -> Iterator[Row]:
        """Update each catalogue and yield its progress, by story and language.

        Unreadable files are added to ``problems``, and their catalogues are left alone.
        """
        folders = [self._path(tag, INTERFACE).parent for tag in self._folders]
        self.renamed += move_catalogues(self._library, folders)
        yield from self._of(self._library, progress)
        if self._library.pages:
            yield from self._of(self._library.pages, lambda done: None)
        yield from self._interface()

    def _of(self, library: Library, progress: Callable[[int], None]) -> Iterator[Row]:
        """Update the catalogues of the stories, or of the pages."""
        for slug, file in library.files().items():
            try:
                story = library.article(slug)
            except SlideshowError as error:
                self.problems.append(error.problem)
                story = None
            if story:
                messages = messages_of(story, file.path.name)
                subject = f"the story {slug}"
                required = library.policy.languages_for(story)
                self._folders = {tag: str(locale_of(tag)) for tag in required} | self._folders
                for tag in sorted(self._folders):
                    if tag != story.source_language:
                        language, is_new = story.source_language, tag in required
                        captions = library.recordings.translations(file.path, story, tag)
                        yield from self._row(
                            tag, slug, messages, subject, language, captions, is_new=is_new
                        )
            progress(1)

    def unbegun(self) -> Iterator[str]:
        """Format a line for each language that some stories have no catalogue in."""
        for tag, slugs in sorted(self._unbegun.items()):
            names = ", ".join(slugs[:NAMED_STORIES])
            others = f" and {len(slugs) - NAMED_STORIES} more" if len(slugs) > NAMED_STORIES else ""
            yield f"Not begun in {tag}: {names}{others} (add --to {tag})"

    def from_text(self, path: Path) -> Iterator[Row]:
        """Yield how far the catalogue is that a second text of a story fills.

        The parts that match nothing are added to ``problems``. Raises SlideshowError for a text
        that cannot be read, or of no story.
        """
        story, second, found = pair(self._library, path)
        tag = second.source_language
        self._new.add(tag)
        self._folders.setdefault(tag, str(locale_of(tag)))
        article = self._library.files()[story.slug].path
        messages = messages_of(story, article.name)
        subject, source = f"the story {story.slug}", story.source_language
        captions = self._library.recordings.translations(article, story, tag)
        filled = {**captions, **found.translations}
        rows = self._row(tag, story.slug, messages, subject, source, filled)
        for row in rows:
            catalogue = self._path(tag, story.slug)
            most = self._library.limits.catalogue_bytes
            self.problems += unmatched(found, path, catalogue, most)
            yield row

    def _interface(self) -> Iterator[Row]:
        bundled = shipped("translations")
        for tag in sorted(self._folders):
            is_ours = bundled != self._folder and self._path(tag, INTERFACE, bundled).exists()
            is_there = self._path(tag, INTERFACE).exists()
            if tag != SOURCE_LANGUAGE and (is_there or not is_ours):
                subject = "the interface of Slideshow"
                yield from self._row(tag, INTERFACE, self._sentences, subject, SOURCE_LANGUAGE)

    @cached_property
    def _sentences(self) -> list[Message]:
        return interface_messages(PACKAGE)

    def _row(
        self,
        tag: str,
        domain: str,
        messages: Sequence[Message],
        subject: str,
        source_language: str,
        translations: Mapping[str, str] | None = None,
        *,
        is_new: bool = False,
    ) -> Iterator[Row]:
        path = self._path(tag, domain)
        if not (is_new or tag in self._new or path.exists()):
            self._unbegun.setdefault(tag, []).append(domain)
            return
        try:
            self._library.folder.refuse_outside(path)
            most = self._library.limits.catalogue_bytes
            progress = update(
                path, messages, subject, source_language, self._now, most, translations
            )
        except SlideshowError as error:
            self.problems.append(error.problem)
            return
        yield Row(tag, domain, progress)

    def _path(self, tag: str, domain: str, folder: Path | None = None) -> Path:
        name = self._folders[tag]
        return (folder or self._folder) / name / MESSAGES / f"{domain}.po"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Format the rows as the lines of a table, by language."""
    ordered = sorted(rows, key=lambda row: (row.language, row.story != INTERFACE, row.story))
    cells = [HEADINGS, *(row.cells() for row in ordered)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for number, row in enumerate(cells):
        numbers = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)][2:5]
        names = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)][:2]
        yield "  ".join([*names, *numbers, row[5]]).rstrip(" ")
        if number == 0:
            yield "─" * (sum(widths) + 2 * len(widths) - 2)


def unknown(languages: Sequence[str]) -> list[str]:
    """List the names that are not languages."""
    return [language for language in languages if locale_of(language) is None]
