"""The stories that a command is to work on: opened, and looked over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from slideshow.errors import LibraryError, Problem, SlideshowError
from slideshow.library.bucket import copy_of
from slideshow.library.stories import Library
from slideshow.settings import Settings

Say = Callable[[str], None]


def library_of(settings: Settings) -> Library:
    """Give the library that the settings name; of a bucket, as it is now."""
    bucket = copy_of(settings.stories)
    place = Path(settings.stories) if settings.stories else None
    if bucket:
        place = bucket.place
    return Library(
        place, settings.lang, limits=settings.article_limits, pictures=settings.picture_limits
    )


def look_over(library: Library, warn: Say, most: int | None = None) -> int:
    """Give the number of stories that can be served, after a warning for each problem.

    At ``most`` so many articles and catalogues are read, more only while none can be served.
    Raises SlideshowError, after a warning for every other problem, if no story can be served.
    """
    articles = {str(file.path) for file in library.files().values()}
    broken: set[str] = set()
    found: list[Problem] = []
    for start in range(0, len(articles) or 1, most or len(articles) or 1):
        stop = start + most if most else None
        problems = list(library.problems(start, stop))
        found += problems
        broken |= {problem.path for problem in problems if problem.is_error} & articles
        if stop and len(broken) < min(stop, len(articles)):
            break
    if not articles - broken:
        raise _nothing(library, found, warn)
    for problem in found:
        warn(str(problem))
    return len(articles - broken)


def _nothing(library: Library, found: list[Problem], warn: Say) -> SlideshowError:
    errors = [problem for problem in found if problem.is_error]
    for problem in errors[:-1]:
        warn(str(problem))
    if errors:
        return _error(errors[-1])
    return LibraryError(
        "no article in this folder", "add one: <slug>.<lang>.txt", path=str(library.place)
    )


def _error(problem: Problem) -> SlideshowError:
    return SlideshowError(problem.message, problem.fix, path=problem.path, line=problem.line)
