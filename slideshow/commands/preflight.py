"""A check of the stories before a command serves or exports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from slideshow.errors import LibraryError, Problem, SlideshowError
from slideshow.library.articles import ArticleFile
from slideshow.library.stories import Library

Say = Callable[[str], None]


def look_over(library: Library, warn: Say, most: int | None = None) -> int:
    """Warn about each problem, and return the number of stories that can be served.

    Checks up to ``most`` articles and catalogues, and goes on until one story can be served. Raises
    SlideshowError, after a warning for every other problem, if no story can be served.
    """
    articles = {str(file.path) for file in library.files().values()}
    unreadable: set[str] = set()
    found: list[Problem] = []
    for start in range(0, len(articles) or 1, most or len(articles) or 1):
        stop = start + most if most else None
        problems = list(library.problems(start, stop))
        found += problems
        unreadable |= {problem.path for problem in problems if problem.is_error} & articles
        unreadable |= {str(file.path) for file in _drafts(library, start, stop)}
        if stop and len(unreadable) < min(stop, len(articles)):
            break
    if not articles - unreadable:
        raise _nothing(library, found, warn)
    for problem in found:
        warn(str(problem))
    return len(articles - unreadable)


def _drafts(library: Library, start: int, stop: int | None) -> Iterator[ArticleFile]:
    """Yield the readable articles that are drafts, or removed."""
    for slug in library.slugs()[start:stop]:
        with suppress(SlideshowError):
            article = library.article(slug)
            if article and (article.details.is_draft or library.policy.is_removed(article)):
                yield library.files()[slug]


def _nothing(library: Library, found: list[Problem], warn: Say) -> SlideshowError:
    errors = [problem for problem in found if problem.is_error]
    for problem in errors[:-1]:
        warn(str(problem))
    if errors:
        return SlideshowError.of(errors[-1])
    return no_articles(library)


def no_articles(library: Library) -> LibraryError:
    """Build the error for a folder without articles."""
    return LibraryError(
        "no articles in this folder",
        "add one, named like night-train.en.txt",
        path=str(library.place),
    )
