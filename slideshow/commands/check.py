"""Finds every problem of a library, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from slideshow.errors import Problem
from slideshow.library.checking import examine
from slideshow.library.stories import Library


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a library of so many ``stories``, in order of place."""

    stories: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(library: Library, progress: Callable[[int], None]) -> Findings:
    """Give every problem of a library; ``progress`` is told of each story done."""
    problems = sorted(
        set(examine(library, progress)),
        key=lambda problem: (problem.path, problem.line, problem.message),
    )
    return Findings(
        len(library.files()),
        tuple(problem for problem in problems if problem.is_error),
        tuple(problem for problem in problems if not problem.is_error),
    )


def as_text(findings: Findings) -> Iterator[str]:
    """Give the findings as lines: errors, warnings, each below its name, and their number."""
    for name, problems in (("Errors", findings.errors), ("Warnings", findings.warnings)):
        if problems:
            yield f"{name}:"
            yield from map(str, problems)
            yield ""
    counts = {"error": len(findings.errors), "warning": len(findings.warnings)}
    found = ", ".join(_counted(count, name) for name, count in counts.items() if count)
    stories = _counted(findings.stories, "story", "stories")
    yield f"{stories} checked: {found or 'nothing to mend'}."


def as_json(findings: Findings) -> str:
    """Give the findings as JSON, for programs; the README names the fields."""
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


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
