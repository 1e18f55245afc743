"""A check of the stories before a command serves or exports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from slideshow.errors import LibraryError, Problem, SlideshowError, variable_of
from slideshow.library.articles import ArticleFile
from slideshow.library.stories import Library

FILES_READ_AT_START = 50  # articles and catalogues that are checked first

Say = Callable[[str], None]


def look_over(
    library: Library, warn: Say, most: int | None = None, *, has_previews: bool = False
) -> int:
    """Warn about each problem, and return the number of stories that can be served.

    Checks up to ``most`` articles and catalogues, and goes on until one story can be served. Raises
    SlideshowError, after a warning for every other problem, if no story can be served; with
    previews, a draft can.
    """
    articles = {str(file.path) for file in library.files().values()}
    hidden: set[str] = set()
    drafts: set[str] = set()
    found: list[Problem] = []
    for start in range(0, len(articles) or 1, most or len(articles) or 1):
        stop = start + most if most else None
        problems = list(library.problems(start, stop))
        found += problems
        drafts |= {str(file.path) for file in _drafts(library, start, stop)}
        hidden |= {problem.path for problem in problems if problem.is_error} & articles | drafts
        if stop and len(hidden) < min(stop, len(articles)):
            break
    if not articles - hidden and not (drafts and has_previews):
        raise _nothing(library, found, bool(drafts), warn)
    for problem in found:
        warn(str(problem))
    return len(articles - hidden)


def _drafts(library: Library, start: int, stop: int | None) -> Iterator[ArticleFile]:
    """Yield the readable articles that are drafts, or removed."""
    for slug in library.slugs()[start:stop]:
        with suppress(SlideshowError):
            article = library.article(slug)
            if article and (article.details.is_draft or library.policy.is_removed(article)):
                yield library.files()[slug]


def _nothing(library: Library, found: list[Problem], has_drafts: bool, warn: Say) -> SlideshowError:
    errors = [problem for problem in found if problem.is_error]
    shown, last = (found, None) if has_drafts or not errors else (errors[:-1], errors[-1])
    for problem in shown:
        warn(str(problem))
    if last:
        return SlideshowError.of(last)
    return only_drafts(library) if has_drafts else no_articles(library)


def only_drafts(library: Library) -> LibraryError:
    """Build the error for a folder none of whose articles is published."""
    return LibraryError(
        "no article in this folder is published",
        f"publish one, or set {variable_of('preview_secret')} to show drafts at secret addresses",
        path=str(library.place),
    )


def no_articles(library: Library) -> LibraryError:
    """Build the error for a folder without articles."""
    return LibraryError(
        "no articles in this folder",
        "add one, named like night-train.en.txt",
        path=str(library.place),
    )
