"""The errors that a person can fix: each has a location, a message and a fix."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

PREFIX = "SLIDESHOW_"  # of environment variables
# Characters that a file's name may hold and a line must not: line ends and other controls, marks
# that turn the direction of text, and bytes that are not text.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# How to fix an error of the operating system, by its number.
ADVICE = {
    errno.EACCES: "check its permissions",
    errno.EPERM: "check its permissions",
    errno.EROFS: "choose a place that can be written to",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path",
    errno.ENAMETOOLONG: "use a shorter name",
    errno.ENOSPC: "free some disk space",
    errno.EDQUOT: "free some disk space",
    errno.EMFILE: "raise the limit of open files, `ulimit -n`",
}


def variable_of(setting: str) -> str:
    """Format the environment variable of a setting."""
    return PREFIX + setting.upper()


def printable(text: str) -> str:
    """Replace characters that could end a line, or write over it."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def counted(number: int, one: str, many: str = "") -> str:
    """Format a number with its noun, such as ``1 text``; by default, the plural adds an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def shortened(value: str) -> str:
    """Shorten a text for use in a message, to 60 characters at most."""
    return value if len(value) <= 60 else value[:59] + "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about an article, a picture or a catalogue.

    ``line`` counts from 1; 0 means the file as a whole. ``path`` is empty until the library, which
    alone knows where a text came from, fills it in. ``limit`` is the name of the setting that the
    file exceeds, if any.
    """

    message: str
    fix: str
    line: int = 0
    path: str = ""
    is_error: bool = False
    limit: str = ""

    @property
    def advice(self) -> str:
        """The fix, and the variable of the setting that allows more."""
        setting = f"raise {variable_of(self.limit)}" if self.limit else ""
        return ", or ".join(filter(None, (self.fix, setting)))

    def __str__(self) -> str:
        """Format as ``path:line: message (fix)``, which editors and CI logs link."""
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        advice = f" ({self.advice})" if self.advice else ""
        return printable(f"{place}: {self.message}{advice}" if place else self.message + advice)

    def at(self, path: str) -> Problem:
        """Copy the problem, with the path of its file."""
        return replace(self, path=path)


class SlideshowError(Exception):
    """An error that the user can fix; printed as one line, never as a traceback."""

    def __init__(
        self, reason: str, fix: str = "", *, path: str = "", line: int = 0, limit: str = ""
    ) -> None:
        super().__init__(reason)
        self.problem = Problem(reason, fix, line, path, is_error=True, limit=limit)

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Wrap a problem in an error, which keeps all its parts."""
        error = cls(problem.message)
        error.problem = problem
        return error

    @classmethod
    def of_system(cls, error: OSError) -> Self:
        """Convert an error of the operating system to one that the user can fix."""
        fix = ADVICE.get(error.errno or 0, "check the path and the disk")
        if "temporary directory" in str(error):  # Python's own message, without a path
            fix = "mount a folder at /tmp, or set TMPDIR to one that may be written"
        return cls(error.strerror or str(error), fix, path=str(error.filename or ""))

    def __reduce__(self) -> tuple[Callable[[Problem], Self], tuple[Problem]]:
        """Keep every part of the error when it is sent between processes."""
        return self.of, (self.problem,)

    def at(self, path: str) -> Self:
        """Add the path of its file to the error, and return it."""
        self.problem = self.problem.at(path)
        return self

    @property
    def reason(self) -> str:
        """The message of the problem."""
        return self.problem.message

    @property
    def fix(self) -> str:
        """The advice of the problem."""
        return self.problem.advice

    @property
    def path(self) -> str:
        """The file of the problem."""
        return self.problem.path

    @property
    def line(self) -> int:
        """The line of the problem, from 1; 0 for the whole file."""
        return self.problem.line

    def __str__(self) -> str:
        return str(self.problem)


class ArticleError(SlideshowError):
    """An article cannot be read as a story."""


class CatalogueError(SlideshowError):
    """A PO file cannot be read."""


class PictureError(SlideshowError):
    """A picture cannot be read or shown."""


class LibraryError(SlideshowError):
    """The place of the stories is missing, empty or contradictory."""


class SettingError(SlideshowError):
    """A setting has a value that cannot be used."""
