"""Looks for mistakes in articles and catalogues, one story at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from slideshow.errors import Problem, SlideshowError, counted, shortened
from slideshow.library.articles import ArticleFile, link_problems
from slideshow.library.catalogues.entries import Entry, read_entries, refuse_empty, refuse_twice
from slideshow.library.catalogues.finding import MESSAGES
from slideshow.library.catalogues.inspection import inspect
from slideshow.library.catalogues.reading import read_text
from slideshow.library.files import explained
from slideshow.library.links import linked_slug, links_of
from slideshow.library.names import name_in
from slideshow.library.sitefile import NAME
from slideshow.library.stories import Library
from slideshow.story.comparison import compare
from slideshow.story.frontmatter.beside import contradicted
from slideshow.story.languages import INTERFACE, locale_of, tag_of
from slideshow.story.limits import Limits
from slideshow.story.model import Story, Text
from slideshow.story.typography import french_problems, is_french

MAX_HEADLINE_LETTERS = 90  # of a headline that a phone shows without scrolling
LANGUAGE = re.compile(r"^Language:[ \t]*([^\n]*)", re.MULTILINE)
SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
UPDATE = "bring it up to date with `slideshow translate`"


def examine(library: Library, progress: Callable[[int], None]) -> Iterator[Problem]:
    """Yield every problem of a library; ``progress`` is called for each finished story."""
    yield from library.unread()
    folders = _language_folders(library.translations)
    yield from _stories(library, library, folders, progress)
    if library.pages:
        yield from _stories(library.pages, library, folders, lambda done: None)
        yield from library.pages.blanks()
    yield from _beside_stories(library, folders)
    yield from _redirects(library)
    yield from _details(library)


def _details(library: Library) -> Iterator[Problem]:
    """Yield a warning for each table of details that no article needs."""
    path = str(library.folder.path / NAME)
    for slug, values in library.policy.details.items():
        story = library.article(slug) if slug in library.files() else None
        if slug not in library.files():
            yield Problem(f"[details.{slug}] is of no story", "name a story", path=path)
        elif story and contradicted(story, values):
            message = f"[details.{slug}] says something else than the article, which is right"
            yield Problem(message, "keep one of the two", path=path)


def _redirects(library: Library) -> Iterator[Problem]:
    """Yield a warning for each redirect that leads nowhere, or from a story that exists."""
    for old, new in library.policy.redirects.items():
        path = str(library.folder.path / NAME)
        if old in library.files():
            yield Problem(f"{old!r} is a story, and no former name", "remove the line", path=path)
        elif new not in library.files() and new not in library.policy.redirects:
            yield Problem(f"the redirect from {old!r} leads nowhere", "name a story", path=path)


def _stories(
    library: Library,
    site: Library,
    folders: Sequence[tuple[str | None, Path]],
    progress: Callable[[int], None],
) -> Iterator[Problem]:
    """Yield the problems of articles, whose links lead into ``site``, and of their catalogues."""
    yield from library.listing_problems()
    for slug, file in library.files().items():
        try:
            story = library.article(slug)
            yield from link_problems(file) if story is None else ()
            yield from filter(None, (library.publication.withheld(slug),))
        except SlideshowError as error:
            yield error.problem
            story = None
        if story:
            yield from _article(story, file)
            yield from _dead_links(story, file, site)
            yield from _taken(story, file, site)
            yield from library.pictures.problems(file.path, story)
            yield from library.pictures.undecodable(file.path, story)
            yield from library.recordings.problems(file.path, story)
        for tag, folder in folders:
            path = folder / MESSAGES / f"{slug}.po"
            if path.exists():
                yield from _catalogue(path, tag, story, library.limits)
        progress(1)


def _language_folders(translations: Path) -> list[tuple[str | None, Path]]:
    if not translations.is_dir():
        return []
    folders = sorted(path for path in translations.iterdir() if not path.name.startswith("."))
    return [(tag_of(folder.name), folder) for folder in folders if folder.is_dir()]


def _locale_like(name: str) -> str | None:
    """Return the locale in a name in the C library's spelling, such as sr@latin or zh_CN.UTF-8."""
    name, _, modifier = name.partition("@")
    parts = name.partition(".")[0], SCRIPTS.get(modifier, modifier)
    return locale_of("_".join(filter(None, parts)))


def _beside_stories(
    library: Library, folders: Sequence[tuple[str | None, Path]]
) -> Iterator[Problem]:
    """Yield the problems of the interface, and of files that no story uses."""
    for tag, folder in folders:
        if tag is None:
            fix = f"name it {_locale_like(folder.name) or 'as es or pt_BR'}"
            yield Problem(f"{folder.name!r} is not a known language code", fix, path=str(folder))
            continue
        for path in sorted((folder / MESSAGES).glob("*.po")):
            if path.stem == INTERFACE:
                yield from _catalogue(path, tag, None, library.limits)
            elif library.place.is_dir() and not library.file(path.stem):
                yield Problem(
                    f"no article is named {path.stem!r}",
                    "name the file as the article, or remove it",
                    path=str(path),
                )


def _article(story: Story, file: ArticleFile) -> Iterator[Problem]:
    path = str(file.path)
    yield from story.problems
    for text in story.texts():
        place = str(file.path.parent / text.file) if text.file else path
        for problem in _french(text.value, story.source_language) if text.markup.is_prose else ():
            yield replace(problem, path=place, line=text.line + problem.line)
    for text in _headlines(story):
        if long := _too_long(text):
            yield replace(long, path=path, line=text.line)


def _taken(story: Story, file: ArticleFile, library: Library) -> Iterator[Problem]:
    """Yield a warning for each alias that is the name of a story."""
    for alias in story.details.aliases:
        other = library.files().get(name_in(alias))
        if other:
            yield Problem(
                f"the alias {shortened(alias)!r} is the name of {other.path.name}",
                "remove the alias: its address shows that story",
                path=str(file.path),
            )


def _dead_links(story: Story, file: ArticleFile, site: Library) -> Iterator[Problem]:
    """Yield a warning for each link to an article that is not there, with its first line."""
    for address, line in links_of(story):
        slug = linked_slug(address, story.slug)
        if slug and not site.file(slug):
            yield Problem(
                f"the link to {shortened(address)} leads nowhere",
                "name the file of an article in this folder",
                line,
                str(file.path),
            )


def _headlines(story: Story) -> Iterator[Text]:
    yield story.title
    yield from (slide.headline for slide in story.slides if slide.headline)


def _french(text: str, language: str | None) -> Iterator[Problem]:
    """Yield the violations of French typography, with the lines above them in the text."""
    if language and is_french(language):
        for place, problem in french_problems(text):
            yield replace(problem, line=text.count("\n", 0, place))


def _too_long(headline: Text) -> Problem | None:
    text = headline.plain()
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    if width <= MAX_HEADLINE_LETTERS:
        return None
    return Problem(
        f"a headline of {len(text)} characters fills the screen of a phone",
        f"shorten it to {MAX_HEADLINE_LETTERS} at most",
    )


def _catalogue(
    path: Path, tag: str | None, story: Story | None, limits: Limits
) -> Iterator[Problem]:
    try:
        text, _ = read_text(path, limits.catalogue_bytes)
        entries = read_entries(text, str(path))
        refuse_empty(entries, path)
        refuse_twice(entries, path)
    except SlideshowError as error:
        yield error.problem
        return
    except OSError as error:
        yield explained(path, error).problem
        return
    named = LANGUAGE.search("".join(string for entry in entries[:1] for string in entry.strings))
    if named and named[1] and tag_of(named[1]) != tag:
        message = (
            f"the catalogue says it is in {named[1]!r}, its folder {path.parent.parent.name!r}"
        )
        yield Problem(message, "correct the header, or move the file", 1, str(path))
    found = inspect(entries, path, has_placeholders=path.stem == INTERFACE)
    for problem in (*_messages(entries, tag, story), *found):
        yield problem.at(str(path))
    if story:
        lacking = {text.value for text in story.texts() if text.value}
        lacking -= {entry.id for entry in entries if not entry.is_obsolete}
        if lacking:
            count = counted(len(lacking), "text")
            yield Problem(
                f"{count} of the article missing from this translation", UPDATE, path=str(path)
            )


def _messages(
    entries: Sequence[Entry], tag: str | None, story: Story | None
) -> tuple[Problem, ...]:
    headlines = {text.value for text in _headlines(story)} if story else set()
    texts = {text.value: text for text in story.texts()} if story else {}
    found: list[Problem] = []
    for entry in entries:
        if entry.is_obsolete or entry.is_header or entry.is_fuzzy or not entry.is_translated:
            continue
        source = texts.get(entry.id)
        for string in entry.strings if source is None or source.markup.is_prose else ():
            found += (replace(problem, line=entry.line) for problem in _french(string, tag))
        if source and source.markup.name == "Markdown":
            found += (
                replace(problem, line=entry.line) for problem in compare(entry.id, entry.strings[0])
            )
        if source and entry.id in headlines:
            long = _too_long(replace(source, value=entry.strings[0]))
            found += [replace(long, line=entry.line)] if long else []
    return tuple(found)
