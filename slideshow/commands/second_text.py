"""Fills a catalogue from the same story, written in the catalogue's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from slideshow.errors import ArticleError, LibraryError, Problem, shortened
from slideshow.library.articles import ArticleFile, article_file, read_article
from slideshow.library.catalogues.entries import read_entries
from slideshow.library.catalogues.reading import read_text
from slideshow.library.recordings.captions import captioned
from slideshow.library.stories import Library
from slideshow.story.matching import Match, match
from slideshow.story.model import Story

UNNAMED = "und"  # the tag of an unknown language, ISO 639-2


def pair(library: Library, path: Path) -> tuple[Story, Story, Match]:
    """Find the story of a second text, and match the second text with it.

    Returns both and the matching texts. Raises SlideshowError if there is no such story or the text
    cannot be read.
    """
    file = article_file(path)
    if file is None:
        raise LibraryError(
            "not an article: its name must end in .txt or .md", "name an article", path=str(path)
        )
    story, article = _first(library, file)
    if file.format is not article.format:
        raise LibraryError(
            f"{article.path.name} is of another format", "save both in one format", path=str(path)
        )
    second = read_article(file, UNNAMED, True, library.limits)
    if second.source_language == UNNAMED:
        fix = f"rename it to {file.slug}.<lang>{path.suffix}"
        raise ArticleError("the text does not say its language", fix, path=str(path))
    if second.source_language == story.source_language:
        raise LibraryError(
            f"in {story.source_language!r}, as the article {article.path.name}",
            "name the language of the text in its file name",
            path=str(path),
        )
    return story, second, match(captioned(story, lambda file: ()), second)


def _first(library: Library, file: ArticleFile) -> tuple[Story, ArticleFile]:
    """Find the story that has the file's slug, or the only story."""
    files = library.files()
    slug = file.slug if file.slug in files else next(iter(files), "")
    story = library.article(slug) if file.slug == slug or len(files) == 1 else None
    if story is None:
        raise LibraryError(
            f"no article is named {file.slug!r}",
            "give the text the article's name, with its own language code",
            path=str(file.path),
        )
    return story, files[slug]


def unmatched(found: Match, path: Path, catalogue: Path, max_bytes: int) -> Iterator[Problem]:
    """Yield a problem for each part of a second text that is not in the catalogue."""
    yield from (problem.at(str(path)) for problem in found.problems)
    for id, kept in _translations(catalogue, max_bytes).items():
        if id in found.translations and kept != found.translations[id]:
            yield Problem(
                f"{shortened(id)!r} has another translation in {catalogue.name}, which is kept",
                "write the better of the two into the catalogue",
                found.lines[id],
                str(path),
            )


def _translations(catalogue: Path, max_bytes: int) -> Mapping[str, str]:
    entries = read_entries(read_text(catalogue, max_bytes)[0], str(catalogue))
    return {
        entry.id: entry.strings[0]
        for entry in entries
        if not entry.is_obsolete and not entry.is_header and not entry.context and entry.strings[0]
    }
