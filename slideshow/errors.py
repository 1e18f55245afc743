"""The errors that a person can mend: each says where, what and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about an article, a picture or a catalogue.

    ``line`` counts from 1; 0 means the file as a whole. ``path`` is empty until the
    library, which alone knows where a text came from, fills it in.
    """

    message: str
    fix: str
    line: int = 0
    path: str = ""
    is_error: bool = False

    def __str__(self) -> str:
        """``path:line: message (fix)``, the form that editors and CI logs link."""
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        advice = f" ({self.fix})" if self.fix else ""
        return f"{place}: {self.message}{advice}" if place else f"{self.message}{advice}"

    def at(self, path: str) -> Problem:
        """Give the same problem, found in the file ``path``."""
        return replace(self, path=path)


class SlideshowError(Exception):
    """Something the user can mend; printed as one line, never as a traceback."""

    def __init__(self, reason: str, fix: str = "", *, path: str = "", line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix = fix
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[Callable[..., SlideshowError], tuple[()]]:
        """Keep every part of the error on its way between processes."""
        made = partial(type(self), self.reason, self.fix, path=self.path, line=self.line)
        return made, ()

    @property
    def problem(self) -> Problem:
        """Give the error as a finding, as ``check`` lists it."""
        return Problem(self.reason, self.fix, self.line, self.path, is_error=True)

    def __str__(self) -> str:
        return str(self.problem)


class ArticleError(SlideshowError):
    """An article cannot be read as a story."""


class CatalogueError(SlideshowError):
    """A PO file cannot be read."""


class PictureError(SlideshowError):
    """A picture cannot be read or shown."""


class LibraryError(SlideshowError):
    """The place that stories are read from is missing, empty or contradicts itself."""


class SettingError(SlideshowError):
    """A setting has a value that cannot be used."""
