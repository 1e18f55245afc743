"""Reads ``slideshow.toml``, the settings of a site, which lies beside its stories."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import Any

from slideshow.errors import Problem, SettingError, SlideshowError
from slideshow.library.articles import folder_of
from slideshow.library.files import read_file
from slideshow.library.folder import Folder
from slideshow.library.freshness.stamps import is_unfinished, stamp_of
from slideshow.library.palette import problems as palette_problems
from slideshow.paths import BUNDLED
from slideshow.settings import Origin, Settings, Source, default_of, settings_of
from slideshow.values import parsed, suggestion

NAME = Source.FILE.value
MAX_BYTES = 1_000_000
MAX_NAMED_BYTES = 2_000_000  # of a file that a setting names
# Settings that are paths, from the file's folder.
PATHS = ("card_font", "counts", "filecache_folder", "uds")
TABLES = ("brand", "scripts")
DETAILS = "details"  # a table of tables: front matter by the names of stories
PLACE = "stories"  # the only setting that a file beside the stories cannot have

HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
PAIR = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")
AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The settings in a file, the origin of each, and the problems of the others; its bytes."""

    values: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    data: bytes = field(default=b"", compare=False, repr=False)

    def applied_to(self, settings: Settings, *, is_strict: bool = True) -> Settings:
        """Apply the settings, which the command line and the environment override.

        Raises SettingError for a wrong value, unless it is not ``is_strict``: then it is left out.
        """
        errors = [problem for problem in self.problems if problem.is_error]
        if errors and is_strict:
            raise SettingError.of(errors[0])
        return settings.with_file(self.values, self.origins)


def place_of(settings: Settings) -> Path:
    """Return the path of the file that belongs to the stories, whether or not it exists."""
    return folder_of(Path(settings.stories) if settings.stories else BUNDLED) / NAME


def configured(settings: Settings, *, is_strict: bool = True) -> Settings:
    """Apply the ``slideshow.toml`` beside the stories, which the environment overrides.

    Raises SettingError for a wrong value, unless it is not ``is_strict``: then it is left out.
    """
    return site_file_of(settings).applied_to(settings, is_strict=is_strict)


def problems_of(settings: Settings) -> tuple[Problem, ...]:
    """List the problems of the ``slideshow.toml`` beside the stories."""
    return site_file_of(settings).problems


def site_file_of(settings: Settings, copy: Path | None = None) -> SiteFile:
    """Read the ``slideshow.toml`` beside the stories, or a copy of it."""
    path = place_of(settings)
    return read_site_file(path, Folder(path.parent, settings.follow_links), copy)


def is_being_saved(settings: Settings, kept: Path) -> bool:
    """Check whether somebody may be saving the file: it is young, or empty all at once.

    ``kept`` is a copy of an earlier version.
    """
    path = place_of(settings)
    stamp = stamp_of(path)
    if stamp is not None and not stamp[1]:
        return kept.stat().st_size > 0
    return is_unfinished(path, stamp)


def read_site_file(path: Path, folder: Folder, copy: Path | None = None) -> SiteFile:
    """Read a file of settings, or a copy of it; whatever is wrong with it is among the problems.

    A missing file has no settings.
    """
    try:
        if not copy:
            folder.refuse_outside(path)
        data = read_file(copy or path, MAX_BYTES)
        if len(data) > MAX_BYTES:
            raise SettingError(
                f"more than {MAX_BYTES} bytes", "leave out the lines that are no settings"
            )
        found = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (FileNotFoundError, NotADirectoryError):
        return SiteFile()
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error.strerror}", "check its permissions", 0)
    except SlideshowError as error:
        return SiteFile(problems=(error.at(str(path)).problem,))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(path, "not in UTF-8", "save the file in UTF-8", line)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = AT_LINE.search(str(error))
        fix = 'write each line as `name = "value"`'
        return _unreadable(path, f"not TOML: {error}", fix, int(place[1]) if place else 0)
    reading = _Reading(path, data.decode("utf-8-sig"))
    values = dict(reading.settings(found))
    tables = Settings(**{name: each for name, each in values.items() if name in TABLES})
    reading.note_missing_files(tables)
    for problem in palette_problems(tables.brand):
        reading.note_brand(problem)
    if not data:
        empty = Problem("the file is empty", "write a setting, or remove the file", path=str(path))
        reading.problems.append(empty)
    return SiteFile(values, reading.origins, tuple(reading.problems), data)


def read_named(folder: Folder, setting: str, path: str) -> bytes:
    """Read the file below ``folder`` that a setting names.

    Raises SettingError if it cannot be read or is too large, LibraryError for a link to outside.
    """
    place = folder.path / path
    try:
        folder.refuse_outside(place)
        data = read_file(place, MAX_NAMED_BYTES)
    except OSError as error:
        raise SettingError(
            f"the file of {setting} cannot be read: {error.strerror}",
            "check its path, from the folder of slideshow.toml",
            path=str(place),
        ) from error
    if len(data) > MAX_NAMED_BYTES:
        raise SettingError(
            f"more than the {MAX_NAMED_BYTES} bytes that {setting} may have",
            "make the file smaller",
            path=str(place),
        )
    return data


def _unreadable(path: Path, message: str, fix: str, line: int) -> SiteFile:
    return SiteFile(problems=(Problem(message, fix, line, str(path), is_error=True),))


class _Reading:
    """The values of one file, read one by one; ``problems`` collects those of any of them."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = dict(_lines_of(text.splitlines()))
        self.origins: dict[str, Origin] = {}
        self.problems: list[Problem] = []

    def settings(self, found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the name and the value of each setting that can be used."""
        if PLACE in found:
            self._note(
                f"{PLACE!r} cannot be set here: this file lies beside the stories",
                "name their place on the command line or in SLIDESHOW_STORIES",
                PLACE,
            )
        known = {each.name: each for each in settings_of(Settings) if each.name != PLACE}
        for name, value in self._table({n: v for n, v in found.items() if n != PLACE}, known):
            if value and name in PATHS:
                value = self._from_here(value)
            try:
                replace(Settings(), **{name: value})
            except SettingError as error:
                self._note(error.reason, error.fix, name, is_error=True)
                continue
            yield name, value

    def _from_here(self, path: str | tuple[str, ...]) -> str | tuple[str, ...]:
        """Resolve a path, or each of several, from the folder of this file."""
        if isinstance(path, tuple):
            return tuple(str(self._path.parent / each) for each in path)
        return str(self._path.parent / path)

    def _table(
        self, found: Mapping[str, Any], known: Mapping[str, Field[Any]], above: str = ""
    ) -> Iterator[tuple[str, Any]]:
        for name, written in found.items():
            path = above + name
            if name not in known:
                self._note(f"{path!r} is no setting", suggestion(name, sorted(known)), path)
                continue
            try:
                value = self._value(path, written, default_of(known[name]))
            except SettingError as error:
                self._note(error.reason, error.fix, path, is_error=True)
                continue
            self.origins[path] = Origin(Source.FILE, self._place(path))
            yield name, value

    def _value(self, path: str, written: object, default: Any) -> Any:
        """Parse a value, or the values of a table, of the type of ``default``."""
        if path == DETAILS:
            return {
                slug: {name: _plain(value) for name, value in _pairs(f"{path}.{slug}", table)}
                for slug, table in _pairs(path, written)
            }
        if isinstance(default, dict):
            return {key: parsed(f"{path}.{key}", text, "") for key, text in _pairs(path, written)}
        if is_dataclass(default) and not isinstance(default, type):
            known = {each.name: each for each in settings_of(type(default))}
            for name, value in self._table(dict(_pairs(path, written)), known, f"{path}."):
                try:
                    default = replace(default, **{name: value})
                except SettingError as error:
                    self._note(error.reason, error.fix, f"{path}.{name}", is_error=True)
            return default
        return parsed(path, written, default)

    def note_missing_files(self, settings: Settings) -> None:
        """Add a problem for each file of the look and the scripts that is not there."""
        for name, path in settings.files():
            if not (self._path.parent / path).is_file():
                fix = "check its path, from the folder of this file"
                self._note(f"no file {path!r}", fix, name, is_error=True)

    def note_brand(self, problem: Problem) -> None:
        """Add a problem of the brand, whose message starts with the name of a colour."""
        name = problem.message.partition(" ")[0]
        self._note(problem.message, problem.fix, f"brand.{name}")

    def _note(self, message: str, fix: str, name: str, *, is_error: bool = False) -> None:
        line = self._lines.get(name, 0)
        self.problems.append(Problem(message, fix, line, str(self._path), is_error))

    def _place(self, name: str) -> str:
        line = self._lines.get(name)
        return f"{self._path}:{line}" if line else str(self._path)


def _pairs(path: str, written: object) -> Iterable[tuple[str, Any]]:
    if not isinstance(written, dict):
        raise SettingError(f"{path} is no table", f"write [{path}] above the lines of its values")
    return written.items()


def _plain(value: object) -> object:
    """Convert dates, in lists too, to text, as front matter has them."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int) else str(value)


def _lines_of(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the dotted name of each table and pair, and the number of its line, from 1."""
    table = ""
    for number, line in enumerate(lines, 1):
        if header := HEADER.match(line):
            table = f"{header[1]}."
            yield header[1], number
        elif pair := PAIR.match(line):
            yield table + pair[1].strip("\"'"), number
