"""Reads the captions of films and sounds from the files beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from slideshow.errors import ArticleError
from slideshow.library.files import read_file
from slideshow.story.captions import Captions, Cue, parse_captions
from slideshow.story.figures import Recording, Row
from slideshow.story.languages import tag_of
from slideshow.story.model import Block, Story

MAX_CAPTIONS_BYTES = 2_000_000
MAX_CUES = 20_000
CAPTIONS_SUFFIXES = (".vtt", ".srt")

Read = Callable[[str], tuple[Cue, ...]]  # the captions of a file, by its name


def tagged_names(file: str, language: str) -> tuple[str, ...]:
    """List the names that the captions of a recording in a language may have."""
    stem = str(PurePosixPath(file).with_suffix(""))
    tags = dict.fromkeys([language, language.replace("-", "_"), language.split("-")[0]])
    return tuple(f"{stem}.{tag}{suffix}" for suffix in CAPTIONS_SUFFIXES for tag in tags)


def names_of(file: str, language: str) -> tuple[str, ...]:
    """List the names that the captions of an article's recording may have, the preferred first."""
    stem = str(PurePosixPath(file).with_suffix(""))
    return (*tagged_names(file, language), *(stem + suffix for suffix in CAPTIONS_SUFFIXES))


def tag_in(name: str, file: str) -> str | None:
    """Return the language tag in the name of a file of captions; None if there is none."""
    path = PurePosixPath(name)
    captions = PurePosixPath(path.stem)
    is_beside = path.suffix in CAPTIONS_SUFFIXES and captions.stem == PurePosixPath(file).stem
    return tag_of(captions.suffix[1:]) if is_beside else None


def read_captions(path: Path) -> Captions:
    """Read a file of captions, in WebVTT or SubRip.

    Raises ArticleError, with the path, if it is neither.
    """
    data = read_file(path, MAX_CAPTIONS_BYTES)
    try:
        if len(data) > MAX_CAPTIONS_BYTES:
            raise ArticleError(f"captions of more than {MAX_CAPTIONS_BYTES} bytes", "shorten them")
        found = parse_captions(data.decode("utf-8-sig"))
        if len(found.cues) > MAX_CUES:
            raise ArticleError(f"more than {MAX_CUES} captions", "shorten them")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            "captions not in UTF-8", "save them in UTF-8", path=str(path), line=line
        ) from error
    except ArticleError as error:
        raise error.at(str(path)) from None
    return found


def captioned(story: Story, read: Read) -> Story:
    """Add the captions that ``read`` finds to each recording of a story."""
    if not story.has_recordings:
        return story

    def block(each: Block) -> Block:
        if isinstance(each, Recording):
            return replace(each, cues=read(each.file))
        if isinstance(each, Row):
            figures = tuple(
                replace(one, cues=read(one.file)) if isinstance(one, Recording) else one
                for one in each.figures
            )
            return replace(each, figures=figures)
        return each

    slides = (
        replace(slide, blocks=tuple(block(each) for each in slide.blocks)) for slide in story.slides
    )
    return replace(story, slides=tuple(slides))


def located(cues: Sequence[Cue], language: str, name: str) -> tuple[Cue, ...]:
    """Copy captions, in the language of an article and with the name of their file beside it."""
    return tuple(replace(cue, text=replace(cue.text, language=language, file=name)) for cue in cues)


def captions_beside(article: Path, file: str, language: str) -> tuple[Cue, ...]:
    """Read the captions of a recording from the folder of its article; none if they are broken."""
    for name in names_of(file, language):
        path = article.parent / name
        if path.is_file():
            try:
                return located(read_captions(path).cues, language, name)
            except (ArticleError, OSError):
                return ()
    return ()
