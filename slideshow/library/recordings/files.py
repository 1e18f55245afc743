"""The films and sounds beside the articles: their names, properties, captions and problems."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from slideshow.errors import LibraryError, PictureError, Problem, SlideshowError
from slideshow.library.folder import Folder
from slideshow.library.freshness.dependencies import apart
from slideshow.library.freshness.watched import Watched
from slideshow.library.pictures.files import stem_of
from slideshow.library.pictures.names import Names
from slideshow.library.recordings.captions import (
    CAPTIONS_SUFFIXES,
    captioned,
    located,
    names_of,
    read_captions,
    tag_in,
    tagged_names,
)
from slideshow.library.recordings.looking import Properties, fingerprint_of, look_at
from slideshow.story.captions import Cue, web_vtt
from slideshow.story.figures import Recording
from slideshow.story.media import FILMS, PICTURE, SOUNDS, kind_of
from slideshow.story.model import Story

TYPES = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg",
    ".mov": "video/quicktime", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac",
    ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
    ".flac": "audio/flac",
}  # fmt: skip
CAPTIONS, CAPTIONS_TYPE = "vtt", "text/vtt"
SUFFIXES = (*FILMS, *SOUNDS, *CAPTIONS_SUFFIXES)
REMEMBERED_RECORDINGS = 1024
HUGE_BYTES = 30_000_000  # of a film or a sound, on a phone's network
_NAME = re.compile(
    r"(?P<stem>[A-Za-z0-9_-]{1,40})\.(?P<fingerprint>[0-9a-f]{12})(?P<suffix>\.[a-z0-9]{2,4})"
)


@dataclass(frozen=True, slots=True)
class RecordingName:
    """The name of a served film, sound or file of captions, unique to its bytes."""

    stem: str
    fingerprint: str
    suffix: str

    def __str__(self) -> str:
        return f"{self.stem}.{self.fingerprint}{self.suffix}"


def parse_name(name: str) -> RecordingName | None:
    """Parse the name of a served file; None for any other name."""
    found = _NAME.fullmatch(name)
    return RecordingName(found["stem"], found["fingerprint"], found["suffix"]) if found else None


def recordings_of(story: Story) -> Iterator[Recording]:
    """Yield every film and sound of a story."""
    for slide in story.slides:
        for block in slide.blocks:
            yield from (each for each in block.figures if isinstance(each, Recording))


def captions_name(recording: Recording) -> RecordingName:
    """Build the name of the captions of a recording, in the language that it is in."""
    digest = hashlib.sha256(web_vtt(recording.cues).encode()).hexdigest()
    return RecordingName(stem_of(recording.file), digest[:12], f".{CAPTIONS}")


class Recordings:
    """The films and sounds of a library; a changed file is read again."""

    def __init__(
        self, refresh: float = 1.0, max_bytes: int = 0, folder: Folder | None = None
    ) -> None:
        self._max_bytes = max_bytes
        self._names = Names(refresh, folder)
        self._properties = Watched(self._look_at, refresh, REMEMBERED_RECORDINGS, folder=folder)
        self._captions = Watched(read_captions, refresh, REMEMBERED_RECORDINGS, folder=folder)

    def captioned(self, story: Story, article: Path) -> Story:
        """Add the captions beside an article to its recordings."""
        language = story.source_language

        def read(file: str) -> tuple[Cue, ...]:
            for name in names_of(file, language):
                with suppress(SlideshowError):
                    found = self._captions.get(self._names.find(article.parent, name))
                    if found is not None:
                        return located(found.cues, language, name)
            return ()

        return captioned(story, read)

    def translations(self, article: Path, story: Story, language: str) -> dict[str, str]:
        """Map the captions of a story to those that files beside it have in another language.

        Two belong together if they start at the same time, or if both files have as many.
        """
        found: dict[str, str] = {}
        for each in recordings_of(story):
            own = names_of(each.file, story.source_language)
            for name in tagged_names(each.file, language):
                with suppress(SlideshowError):
                    path = self._names.find(article.parent, name)
                    others = self._captions.get(path) if name not in own else None
                    found = _paired(each.cues, others.cues if others else ()) | found
        return found

    def properties(self, article: Path, file: str) -> Properties | None:
        """Look up the properties of a film or sound beside an article; None if it is missing.

        Raises SlideshowError if it cannot be read.
        """
        return None if "\0" in file else self._properties.get(self.path(article, file))

    def path(self, article: Path, file: str) -> Path:
        """Find the path of a film or sound beside an article."""
        return self._names.find(article.parent, file)

    def name(self, article: Path, file: str) -> RecordingName | None:
        """Build the name that a film or sound is served under; None if it cannot be."""
        try:
            found = self.properties(article, file)
        except SlideshowError:
            return None
        suffix = PurePosixPath(file).suffix.lower()
        return RecordingName(stem_of(file), found.fingerprint, suffix) if found else None

    def finds(self, article: Path, story: Story, name: RecordingName) -> Path | None:
        """Find the file of a story that is served under a name; None if there is none.

        None also while another file is saved in its place: browsers would keep half of it.
        """
        for each in recordings_of(story):
            if stem_of(each.file) == name.stem and self.name(article, each.file) == name:
                path = self.path(article, each.file)
                with suppress(OSError, LibraryError):  # a LibraryError for a pipe
                    return path if fingerprint_of(path) == name.fingerprint else None
        return None

    def names(self, article: Path, story: Story) -> Iterator[RecordingName]:
        """Yield the name of every served file of a story in its language."""
        for each in recordings_of(story):
            name = self.name(article, each.file)
            if name:
                yield name
                yield from [captions_name(each)] if each.cues else ()

    def problems(self, article: Path, story: Story) -> Iterator[Problem]:
        """Yield the problems of a story's films and sounds, with the lines of the article."""
        for each in recordings_of(story):
            place = Problem(f"{each.kind} {each.file!r}", "", each.alt.line, str(article))
            yield from self._problems_of(each, article, story.source_language, place)
        for block in (*story.lead, *(block for slide in story.slides for block in slide.blocks)):
            for file, line in () if block.figures else block.files():
                if (kind := kind_of(file)) != PICTURE:
                    yield Problem(
                        f"{kind} {file!r} cannot be played within a text",
                        "put it into a paragraph of its own",
                        line,
                        str(article),
                    )

    def _problems_of(
        self, each: Recording, article: Path, language: str, place: Problem
    ) -> Iterator[Problem]:
        try:
            found = self.properties(article, each.file)
        except SlideshowError as error:
            yield replace(
                place,
                message=f"{place.message}: {error.reason}",
                fix=error.problem.fix,
                limit=error.problem.limit,
                is_error=True,
            )
            return
        if found is None:
            fix = "save it beside the article under that very name, or remove it"
            yield replace(place, message=f"{place.message} is missing", fix=fix, is_error=True)
            return
        if found.unplayed:
            yield replace(
                place,
                message=f"{place.message}: browsers do not play {found.unplayed}",
                fix="save it as MP4 (H.264 and AAC), or as MP3",
            )
        if found.bytes > HUGE_BYTES:
            yield replace(
                place,
                message=f"{place.message} has {found.bytes / 1e6:.0f} MB",
                fix=f"save it smaller: {HUGE_BYTES / 1e6:.0f} MB play well on a phone",
            )
        yield from self._captions_problems(each, article, language, place)

    def _captions_problems(
        self, each: Recording, article: Path, language: str, place: Problem
    ) -> Iterator[Problem]:
        names = names_of(each.file, language)
        for name in names:
            path = self._names.find(article.parent, name)
            if problem := self._captions.problem(path):
                yield problem
                return
            if found := self._captions.get(path):
                yield from (problem.at(str(path)) for problem in found.problems)
                break
        if not each.cues:
            yield replace(
                place,
                message=f"{place.message} has no captions and no transcript",
                fix=f"save its captions beside it as {names[0]}",
            )
            return
        with apart():  # no page depends on the other files in the folder
            own = {self._names.find(article.parent, name) for name in names}
            beside = sorted(self._names.list((article.parent / each.file).parent))
        for file in beside:
            path = (article.parent / each.file).with_name(file)
            tag = tag_in(file, each.file)
            if tag and path not in own:
                yield _of_translation(path, tagged_names(each.file, tag), tag)

    def _look_at(self, path: Path) -> Properties:
        size = path.stat().st_size
        try:
            if size > self._max_bytes:
                raise PictureError(
                    f"{size} bytes are more than the {self._max_bytes} allowed",
                    "save it smaller",
                    limit="recording_bytes",
                )
            return look_at(path)
        except PictureError as error:
            error.at(str(path))
            raise


def _of_translation(path: Path, names: Sequence[str], tag: str) -> Problem:
    """Return the problem of captions in another language than the article's."""
    is_taken = path.name in (PurePosixPath(name).name for name in names)
    fix = f"take them over with `slideshow translate --to {tag}`, then remove the file"
    return Problem(
        "captions of other languages than the article's are read from its translations",
        fix if is_taken else f"rename the file to {PurePosixPath(names[0]).name}, then {fix}",
        path=str(path),
    )


def _paired(cues: Sequence[Cue], others: Sequence[Cue]) -> dict[str, str]:
    if len(cues) == len(others):
        pairs = [*zip(cues, others, strict=True)]
    else:
        at = {round(each.start, 1): each for each in others}
        pairs = [(each, at[time]) for each in cues if (time := round(each.start, 1)) in at]
    return {each.text.value: other.text.value for each, other in pairs}
