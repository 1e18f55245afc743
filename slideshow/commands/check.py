"""Finds every problem of a library, and formats them for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from slideshow.commands.preflight import no_articles
from slideshow.errors import Problem, counted
from slideshow.library.checking import examine
from slideshow.library.stories import Library


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a library with so many ``stories``, in order of location."""

    stories: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(
    library: Library, progress: Callable[[int], None], others: Iterable[Problem] = ()
) -> Findings:
    """Collect every problem of a library, and ``others`` of its site.

    ``progress`` is called for each finished story.
    """
    nothing = [] if library.files() else [no_articles(library).problem]
    problems = sorted(
        {*examine(library, progress), *nothing, *others},
        key=lambda problem: (problem.path, problem.line, problem.message),
    )
    return Findings(
        len(library.files()),
        tuple(problem for problem in problems if problem.is_error),
        tuple(problem for problem in problems if not problem.is_error),
    )


def as_text(findings: Findings) -> Iterator[str]:
    """Format findings as lines: errors, then warnings, each group with a heading, then counts."""
    for name, problems in (("Errors", findings.errors), ("Warnings", findings.warnings)):
        if problems:
            yield f"{name}:"
            yield from map(str, problems)
            yield ""
    counts = {"error": len(findings.errors), "warning": len(findings.warnings)}
    found = ", ".join(counted(count, name) for name, count in counts.items() if count)
    stories = counted(findings.stories, "story", "stories")
    yield f"{stories} checked: {found or 'no problems found'}."


def as_json(findings: Findings) -> str:
    """Format findings as JSON, for machines; the README documents the fields."""
    return json.dumps(
        {
            "stories": findings.stories,
            "errors": _fields(findings.errors),
            "warnings": _fields(findings.warnings),
        },
        ensure_ascii=False,
        indent=2,
    )


def _fields(problems: Sequence[Problem]) -> list[dict[str, str | int | None]]:
    return [
        {
            "path": problem.path,
            "line": problem.line or None,
            "message": problem.message,
            "fix": problem.advice,
        }
        for problem in problems
    ]
