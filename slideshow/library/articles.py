"""The article files of a folder: which there are, and what each holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from slideshow.errors import ArticleError, LibraryError, Problem
from slideshow.library.files import read_file
from slideshow.story.formats.format import Format
from slideshow.story.formats.registry import format_of
from slideshow.story.languages import INTERFACE, tag_of
from slideshow.story.model import Limits, Story

SLUG = re.compile(r"[\w-]+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article's place; ``language`` is None where the file name does not tell it."""

    path: Path
    slug: str
    language: str | None
    format: Format


@dataclass(frozen=True, slots=True)
class Listing:
    """What a place holds: article files by slug, in order, their languages, what is wrong.

    ``places`` is where each slug stands in ``slugs``, from 0.
    """

    files: Mapping[str, ArticleFile] = field(default_factory=dict)
    slugs: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    errors: tuple[LibraryError, ...] = ()


def article_file(path: Path) -> ArticleFile | None:
    """Give what the name ``<slug>.<lang>.txt`` or ``.md`` says, or None for other files."""
    stem, _, _ = path.name.rpartition(".")
    format = format_of(path.name)
    if format is None or not stem or stem[0] in "._":
        return None
    slug, _, language = stem.rpartition(".")
    tag = tag_of(language) if slug else None
    return ArticleFile(path, slug if tag else stem, tag, format)


def list_articles(place: Path) -> Listing:
    """Give what a folder holds, or a single article.

    Raises LibraryError for a file that is no article.
    """
    paths = place.iterdir() if place.is_dir() else iter((place,))
    files = [file for path in paths if (file := article_file(path))]
    if not place.is_dir() and not files:
        raise LibraryError(
            "neither a .txt nor a .md file", "give an article or a folder", path=str(place)
        )
    found, errors = by_slug(files)
    languages = frozenset(file.language for file in found.values() if file.language)
    places = {slug: place for place, slug in enumerate(found)}
    return Listing(found, tuple(found), places, languages, tuple(errors))


def folder_of(place: Path) -> Path:
    """Give the folder that a place is, or in which a single article is."""
    return place if place.is_dir() else place.parent


def by_slug(files: list[ArticleFile]) -> tuple[Mapping[str, ArticleFile], list[LibraryError]]:
    """Give the files by their slug, in order of slug, and an error for each that cannot be.

    Of two files with one slug the first by name counts; capitals make no other slug, since
    they make no other file everywhere.
    """
    found: dict[str, ArticleFile] = {}
    errors = []
    for file in sorted(files, key=lambda file: (file.slug, file.path.name)):
        wrong = _wrong_with(file, found)
        if wrong:
            errors.append(LibraryError(*wrong, path=str(file.path)))
        else:
            found[file.slug.lower()] = file
    return {file.slug: file for file in found.values()}, errors


def _wrong_with(file: ArticleFile, found: Mapping[str, ArticleFile]) -> tuple[str, str] | None:
    """Give what keeps a file from being a story beside those found, and what mends it.

    ``found`` is by slug in small letters.
    """
    slug = file.slug
    name, _, language = slug.rpartition(".")
    if not file.language and SLUG.fullmatch(name):
        fix = f"rename the file: {name}.<lang>{file.path.suffix}, with a tag like fr or pt-BR"
        return f"{language!r} is no language", fix
    if not SLUG.fullmatch(slug):
        fix = "rename the file: letters a-z, digits, - and _ only"
        return f"{slug!r} cannot stand in a URL", fix
    if slug.lower() == INTERFACE:
        return f"the catalogues of {slug!r} would be those of the interface", "rename the file"
    other = found.get(slug.lower())
    if other:
        fix = "rename one of the two files"
        return f"{other.path.name} has the slug {other.slug!r} too", fix
    return None


def read_article(
    file: ArticleFile, default_language: str, has_default: bool, limits: Limits
) -> Story:
    """Give the story that an article file holds.

    The language is that of the file's name, else of the front matter, else
    ``default_language``; where nobody chose that (``has_default`` is False) the story carries
    a problem that says so. Raises ArticleError, with path and line, if it cannot be read.
    """
    try:
        source = _decoded(file.path, limits)
        language = file.language or file.format.language_of(source, limits)
        story = file.format.parse(source, file.slug, language or default_language, limits)
    except ArticleError as error:
        error.path = str(file.path)
        raise
    problems = [problem.at(str(file.path)) for problem in story.problems]
    if not language and not has_default:
        problems.append(
            Problem(
                f"the article does not say its language; taken as {default_language!r}",
                f"rename it to {file.slug}.<lang>{file.path.suffix}, or give --lang",
                path=str(file.path),
            )
        )
    changed = moment(file.path.stat().st_mtime)
    return replace(story, problems=tuple(problems), changed=changed)


def moment(seconds: float) -> datetime:
    """Give a file's date, in whole seconds since 1970; 1970 for one beyond the year 9999."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def lost(file: ArticleFile) -> Iterator[Problem]:
    """Give what is wrong with an article that is not there, unless it was just removed."""
    if file.path.is_symlink():
        yield LibraryError(
            "a link that leads nowhere", "mend the link, or remove it", path=str(file.path)
        ).problem


def _decoded(path: Path, limits: Limits) -> str:
    # Before it is read: a file may be larger than the memory.
    size = path.stat().st_size
    if size > limits.bytes:
        raise ArticleError(
            f"{size} bytes are more than the {limits.bytes} allowed",
            "split the article, or raise SLIDESHOW_ARTICLE_BYTES",
        )
    data = read_file(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"not in UTF-8: byte {data[error.start]:#04x}",
            "save the article in UTF-8",
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
