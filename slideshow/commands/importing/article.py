"""An imported article: Markdown, its pictures, and a list of the parts left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

import yaml

from slideshow.errors import Problem
from slideshow.story.filenames import slug_of

MAX_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file: its name in the article's folder, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """An article imported from one source.

    ``name`` is the base of its file's name. ``body`` is Markdown below the title, with the
    headlines at level 2. ``details`` is its front matter. ``left_out`` lists the parts of the
    source that the article lacks.
    """

    name: str
    title: str
    body: str
    details: Mapping[str, object] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    left_out: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The article's file: front matter, title, body."""
        details = {name: _dated(value) for name, value in self.details.items() if value}
        dumped = yaml.safe_dump(details, allow_unicode=True, sort_keys=False, width=10_000)
        matter = f"---\n{dumped}---\n\n" if details else ""
        return f"{matter}# {self.title}\n\n{self.body.strip()}\n"


def name_for_file(name: str) -> str:
    """Convert a name to one for a file: short, without spaces and capitals."""
    return slug_of(unicodedata.normalize("NFC", name).lower())[:MAX_NAME_CHARACTERS].strip("-")


def _dated(value: object) -> object:
    """Convert a date in text to a date, which YAML writes without quotation marks."""
    if isinstance(value, str) and len(value) == len("2026-10-02"):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value


def left_out(part: str, fix: str = "") -> Problem:
    """Build the finding that a part of a source is not in the article."""
    return Problem(f"left out: {part}", fix)
