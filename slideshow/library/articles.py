"""Find the article files of a folder and read the stories in them."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from shlex import quote

from slideshow.errors import ArticleError, LibraryError, Problem
from slideshow.library.encodings import document_kind, is_western, stray_line, without_strays
from slideshow.library.files import moment, read_file
from slideshow.library.unread import IMPORTED, unread
from slideshow.story.filenames import parse_file_name
from slideshow.story.formats.format import Format
from slideshow.story.formats.registry import SUFFIXES, format_of
from slideshow.story.limits import Limits
from slideshow.story.model import Story

# A parser takes time and memory for each line, before the slides can be counted.
LINES_PER_SLIDE = 10


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article's path, and the slug and language in its name, if it has them."""

    path: Path
    slug: str
    language: str | None
    date: str | None
    format: Format


@dataclass(frozen=True, slots=True)
class Listing:
    """The article files of a place by slug, in order, and their languages.

    ``places`` maps each slug to its index in ``slugs``. ``errors`` has the articles whose names
    make them unservable; ``unread`` has the files that may be meant as articles; ``twins`` has
    the files with one of the slugs in another language, where that is possible.
    """

    files: Mapping[str, ArticleFile] = field(default_factory=dict)
    slugs: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    errors: tuple[LibraryError, ...] = ()
    unread: tuple[Problem, ...] = ()
    twins: Mapping[tuple[str, str], ArticleFile] = field(default_factory=dict)


def article_file(path: Path) -> ArticleFile | None:
    """Parse the name of an article file; None for any other file."""
    name = parse_file_name(path.name, SUFFIXES)
    format = format_of(name.suffix) if name else None
    if name is None or format is None:
        return None
    return ArticleFile(path, name.slug, name.language, name.date, format)


def list_articles(place: Path) -> Listing:
    """List the articles of a folder, or a single article.

    Raises LibraryError for a file that is not an article.
    """
    paths = list(place.iterdir()) if place.is_dir() else [place]
    found = {path: article_file(path) for path in paths}
    if not place.is_dir() and not found[place]:
        raise LibraryError(
            "not an article: its name must end in .txt or .md",
            "name an article or a folder",
            path=str(place),
        )
    files, errors = by_slug([file for file in found.values() if file])
    return Listing(
        files,
        tuple(files),
        {slug: place for place, slug in enumerate(files)},
        frozenset(file.language for file in files.values() if file.language),
        tuple(errors),
        tuple(unread(path for path, file in found.items() if not file)),
    )


def check_place(place: Path) -> None:
    """Check that a folder or an article is there. Raises LibraryError with the reason if not."""
    # Not by `exists()`: from Python 3.14 on, it hides why a place cannot be opened.
    try:
        place.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise LibraryError(
            "no such file or folder", "check the path of the stories", path=str(place)
        ) from error
    except OSError as error:
        raise LibraryError.of_system(error) from error


def folder_of(place: Path) -> Path:
    """Return the folder itself, or the folder that contains a single article."""
    return place if place.is_dir() else place.parent


def by_slug(files: list[ArticleFile]) -> tuple[Mapping[str, ArticleFile], list[LibraryError]]:
    """Index files by slug, in order of slug, and list an error for each rejected file.

    If two files share a slug, the first by name wins. Case is ignored, since some file systems
    ignore it too.
    """
    found: dict[str, ArticleFile] = {}
    errors = []
    for file in sorted(files, key=lambda file: (file.slug, file.path.name)):
        other = found.setdefault(file.slug.lower(), file)
        if other is not file:
            errors.append(_second(file, other))
    return {file.slug: file for file in found.values()}, errors


def _second(file: ArticleFile, other: ArticleFile) -> LibraryError:
    """Build the error for a file whose slug is already in use."""
    if file.language and other.language and file.language != other.language:
        folder, text = quote(str(other.path.parent)), quote(str(file.path))
        return LibraryError(
            f"the story {other.slug!r} is read from {other.path.name}",
            f"make it a translation with `slideshow translate {folder} --from {text}`, then "
            "remove it; or rename one of the two files",
            path=str(file.path),
        )
    return LibraryError(
        f"same name as {other.path.name}: both would be published at /…/{other.slug}/",
        "rename one of the two files",
        path=str(file.path),
    )


def read_article(
    file: ArticleFile, default_language: str, has_default: bool, limits: Limits
) -> Story:
    """Read the story in an article file.

    The language comes from the file's name, else from the front matter, else from
    ``default_language``; if nobody chose that default (``has_default`` is False), the story carries
    a problem saying so. Raises ArticleError, with path and line, if the article cannot be read.
    """
    try:
        source, doubts = decoded(file.path, limits)
        language = file.language or file.format.language_of(source, limits)
        story = file.format.parse(source, file.slug, language or default_language, limits)
    except ArticleError as error:
        error.at(str(file.path))
        raise
    problems = [problem.at(str(file.path)) for problem in (*doubts, *story.problems)]
    if not language and not has_default:
        problems.append(
            Problem(
                f"the article does not say its language; taken as {default_language!r}",
                f"rename it to {file.slug}.<lang>{file.path.suffix}, or give --lang",
                path=str(file.path),
            )
        )
    changed = moment(file.path.stat().st_mtime)
    details = replace(story.details, date=story.details.date or file.date)
    return replace(story, details=details, problems=tuple(problems), changed=changed)


def link_problems(file: ArticleFile) -> Iterator[Problem]:
    """Yield a problem if an article is a dangling link, unless it was just removed."""
    if file.path.is_symlink():
        yield LibraryError(
            "broken symbolic link", "repair it, or delete it", path=str(file.path)
        ).problem


def decoded(path: Path, limits: Limits) -> tuple[str, Sequence[Problem]]:
    """Return the text of a file, with a warning where it is repaired or its encoding is a guess."""
    text, problems = _as_saved(path, limits)
    line = stray_line(text)
    if not line:
        return text, problems
    message = "control characters are left out, which no text has"
    return without_strays(text), (*problems, Problem(message, "remove them", line))


def _as_saved(path: Path, limits: Limits) -> tuple[str, Sequence[Problem]]:
    # Checked before reading: a file may be larger than the memory.
    size = path.stat().st_size
    if size > limits.bytes:
        raise ArticleError(
            f"{size} bytes are more than the {limits.bytes} allowed",
            "split the article",
            limit="article_bytes",
        )
    data = read_file(path, limits.bytes)
    if len(data) > limits.bytes:  # some files have no size, such as those in /proc
        raise ArticleError(
            f"more than the {limits.bytes} bytes allowed",
            "split the article",
            limit="article_bytes",
        )
    if kind := document_kind(data):
        raise ArticleError(
            f"a {kind} document, not a text",
            f"rename it to end in {kind}, then import it"
            if kind in IMPORTED
            else "save it as plain text (.txt)",
        )
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > LINES_PER_SLIDE * limits.slides:
        raise ArticleError(
            f"{lines} lines are too many for the {limits.slides} slides allowed",
            "split the article",
            limit="article_slides",
        )
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding != "utf-16" and is_western(data):
            guess = "not in UTF-8; read as Windows-1252"
            return data.decode("cp1252"), (
                Problem(guess, "choose UTF-8 as the encoding when you save it", line),
            )
        raise ArticleError(
            f"not {encoding.removesuffix('-sig').upper()} text: "
            f"unexpected byte {data[error.start]:#04x}",
            "choose UTF-8 as the encoding when you save it",
            line=line,
        ) from error
