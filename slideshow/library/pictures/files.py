"""The pictures beside the articles: their properties, their names, their problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from PIL import Image

from slideshow.errors import LibraryError, PictureError, Problem, SlideshowError
from slideshow.library.files import read_file
from slideshow.library.folder import Folder
from slideshow.library.freshness.dependencies import Parts
from slideshow.library.freshness.watched import Watched
from slideshow.library.pictures.formats import TYPES
from slideshow.library.pictures.names import Names
from slideshow.library.pictures.renditions import WIDTHS, Original, covering, look_at, make
from slideshow.library.recordings.looking import poster
from slideshow.story.limits import PictureLimits
from slideshow.story.media import FILM, kind_of
from slideshow.story.model import Story

NAME = re.compile(
    r"(?P<stem>[A-Za-z0-9_-]{1,40})\.(?P<fingerprint>[0-9a-f]{12})"
    rf"-(?P<width>[1-9][0-9]{{0,3}})\.(?P<suffix>{'|'.join(TYPES)})"
)
REMEMBERED_PICTURES = 8192  # whose properties are kept in memory
HUGE_BYTES = 10_000_000  # of a photograph, whose first reader waits for it to be made smaller
HUGE_DRAWING_BYTES = 500_000  # of a drawing, which readers load as it is


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one width and format, named such as ``lamp.0123456789ab-640.avif``."""

    stem: str
    fingerprint: str
    width: int
    suffix: str

    @property
    def name(self) -> str:
        """The name, which is unique to these bytes."""
        return f"{self.stem}.{self.key}"

    @property
    def key(self) -> str:
        """The part of the name that copies of one file share."""
        return f"{self.fingerprint}-{self.width}.{self.suffix}"


def rendition_of(name: str) -> Rendition | None:
    """Parse the name of a rendition; None for any other name."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    return Rendition(found["stem"], found["fingerprint"], int(found["width"]), found["suffix"])


def stem_of(file: str) -> str:
    """Return the readable part of a rendition's name: the stem of the file's."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", PurePosixPath(file).stem).strip("-")[:40] or "picture"


def files_of(story: Story) -> Iterator[tuple[str, int]]:
    """Yield every picture file of a story once, with the line of its first use."""
    seen: dict[str, int] = {}
    for file, line in story.files():
        seen.setdefault(file, line)
    yield from seen.items()


class Pictures:
    """The picture files of a library; a changed file is read again."""

    def __init__(
        self,
        refresh: float = 1.0,
        limits: PictureLimits | None = None,
        folder: Folder | None = None,
    ) -> None:
        self._limits = limits or PictureLimits()
        self._names = Names(refresh, folder)
        # By folder, stem and suffix: the names of a picture's versions for languages.
        self.versions = Parts[tuple[str, str, str], tuple[str, ...]]("versions", self._named)
        self._originals = Watched(self._look_at, refresh, REMEMBERED_PICTURES, folder=folder)

    def original(self, article: Path, file: str) -> Original | None:
        """Look up the picture ``file`` beside an article; None if there is no such file.

        Raises SlideshowError if the file is not a supported picture.
        """
        # System calls raise ValueError for a NUL in a name, which no file can have.
        return None if "\0" in file else self._originals.get(self._path(article, file))

    def _path(self, article: Path, file: str) -> Path:
        return self._names.find(article.parent, file)

    def in_language(self, article: Path, file: str, language: str) -> str:
        """Find the version of a picture for a language, such as ``map.fr.svg`` for ``map.svg``."""
        path = PurePosixPath(file)
        if not path.name:
            return file
        named = str(path.with_name(f"{path.stem}.{language}{path.suffix}"))
        return named if self._shown(article, named) else file

    def _versions(self, article: Path, story: Story) -> Iterator[str]:
        """Yield every picture file of a story, each followed by its versions for languages."""
        for file, _ in files_of(story):
            yield file
            path = PurePosixPath(file)
            if not path.name or "\0" in file:
                continue
            folder = str(article.parent / path.parent)
            for name in self.versions.get((folder, path.stem, path.suffix)):
                yield str(path.with_name(name))

    def _named(self, key: tuple[str, str, str]) -> tuple[str, ...]:
        folder, stem, suffix = key
        version = re.compile(rf"{re.escape(stem)}\.[A-Za-z-]{{2,12}}{re.escape(suffix)}")
        return tuple(name for name in self._names.list(Path(folder)) if version.fullmatch(name))

    def renditions(self, article: Path, story: Story) -> Iterator[Rendition]:
        """Yield every rendition on the pages of a story; broken files have none."""
        for file in self._versions(article, story):
            original = self._shown(article, file)
            if original:
                yield from all_of(file, original)

    def finds(self, article: Path, story: Story, rendition: Rendition) -> str | None:
        """Find the file that a rendition shows; None if there is none."""
        for file in self._versions(article, story):
            # Names are compared first, so that few files are opened.
            if stem_of(file) == rendition.stem:
                original = self._shown(article, file)
                if original and rendition in all_of(file, original):
                    return file
        return None

    def make(self, article: Path, file: str, rendition: Rendition) -> bytes:
        """Encode a rendition of the picture ``file``.

        Raises PictureError if the file cannot be decoded, LibraryError if it is gone or has been
        replaced meanwhile.
        """
        path = self._path(article, file)
        with _naming(path):
            try:
                data = self._read(path)
                fingerprint = look_at(data, self._limits).fingerprint
            except PictureError:  # half a picture, or half a film, which somebody is saving
                fingerprint = ""
            if fingerprint != rendition.fingerprint:
                raise LibraryError("the file has changed", "load the page again")
            return make(data, rendition.width, rendition.suffix, self._limits)

    def covering(self, article: Path, file: str, width: int, height: int) -> Image.Image:
        """Crop the picture ``file`` to its centre, in a width and a height, as RGB.

        Raises SlideshowError if the file cannot be decoded.
        """
        path = self._path(article, file)
        with _naming(path):
            return covering(self._read(path), width, height, self._limits)

    def problems(self, article: Path, story: Story) -> Iterator[Problem]:
        """Yield the current problems of a story's pictures, without decoding them.

        An unusable picture is an error, even if an older version is still shown.
        """
        for file, line in _pictures_of(story):
            place = Problem(f"picture {file!r}", "", line, str(article), is_error=True)
            original = self._shown(article, file)
            if problem := self._problem(article, file):
                message = f"{place.message}: {problem.message}"
                yield replace(problem, message=message, line=line, path=str(article))
            elif original is None:
                yield replace(
                    place,
                    message=f"{place.message} is missing",
                    fix="save it beside the article under that very name, or remove it",
                )
            else:
                yield from (replace(each, is_error=False) for each in _advice(original, place))

    def _problem(self, article: Path, file: str) -> Problem | None:
        return None if "\0" in file else self._originals.problem(self._path(article, file))

    def undecodable(self, article: Path, story: Story) -> Iterator[Problem]:
        """Yield a problem for each picture that fails to decode. Slow: decodes them all."""
        for file, line in _pictures_of(story):
            original = self._shown(article, file)
            if original is None:
                continue
            smallest = Rendition(stem_of(file), original.fingerprint, WIDTHS[0], "jpg")
            try:
                self.make(article, file, smallest)
            except SlideshowError as error:
                message = f"picture {file!r}: {error.reason}"
                yield replace(error.problem, message=message, line=line, path=str(article))

    def _shown(self, article: Path, file: str) -> Original | None:
        try:
            return self.original(article, file)
        except SlideshowError:
            return None

    def _look_at(self, path: Path) -> Original:
        try:
            return look_at(self._read(path), self._limits)
        except PictureError as error:
            error.at(str(path))
            raise

    def _read(self, path: Path) -> bytes:
        # Checked before reading: a file may be larger than the memory.
        size = path.stat().st_size
        if kind_of(path.name) == FILM and size <= self._limits.recording_bytes:
            return poster(path)
        if size > self._limits.bytes:
            raise PictureError(
                f"{size} bytes are more than the {self._limits.bytes} allowed",
                "save the picture smaller",
                limit="picture_bytes",
            )
        return read_file(path)


def _advice(original: Original, place: Problem) -> Iterator[Problem]:
    """Yield suggestions for a picture that can be shown."""
    if original.is_moving:
        message = f"{place.message} moves; its first image is shown"
        yield replace(place, message=message, fix="save that image alone")
    most = HUGE_DRAWING_BYTES if original.is_drawing else HUGE_BYTES
    if original.bytes > most:
        yield replace(
            place,
            message=f"{place.message} has {original.bytes / 1e6:.1f} MB",
            fix=f"save it smaller: below {most / 1e6:g} MB, nobody waits for it",
        )


def _pictures_of(story: Story) -> Iterator[tuple[str, int]]:
    """Yield the files that are pictures themselves, unlike films."""
    yield from ((file, line) for file, line in files_of(story) if kind_of(file) != FILM)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Add the path of the file to every error."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            "the picture file was removed",
            "put it back, or delete the line that shows it",
            path=str(path),
        ) from error
    except SlideshowError as error:
        error.at(str(path))
        raise


def all_of(file: str, original: Original) -> Iterator[Rendition]:
    """Yield every rendition of a picture: each width in the modern formats, one in the fallback."""
    *modern, fallback = original.suffixes
    for suffix in modern:
        for width in original.widths:
            yield Rendition(stem_of(file), original.fingerprint, width, suffix)
    yield Rendition(stem_of(file), original.fingerprint, original.fallback_width, fallback)
