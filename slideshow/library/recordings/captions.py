"""Reads the captions of films and sounds from WebVTT files beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import webvtt

from slideshow.errors import ArticleError
from slideshow.library.files import read_file
from slideshow.story.captions import Cue
from slideshow.story.figures import Recording, Row
from slideshow.story.model import Block, Story, Text

MAX_CAPTIONS_BYTES = 2_000_000
MAX_CUES = 20_000

Read = Callable[[str], tuple[Cue, ...]]  # the captions of a file, by its name


def names_of(file: str, language: str) -> tuple[str, ...]:
    """List the names that the captions of a recording may have, the preferred one first."""
    stem = str(PurePosixPath(file).with_suffix(""))
    base = language.split("-")[0]
    tags = dict.fromkeys([language, language.replace("-", "_"), base])
    return (*(f"{stem}.{tag}.vtt" for tag in tags), f"{stem}.vtt")


def read_captions(path: Path, language: str) -> tuple[Cue, ...]:
    """Read a WebVTT file; its texts get the language of the article.

    Raises ArticleError, with the path, if it is not one.
    """
    data = read_file(path, MAX_CAPTIONS_BYTES)
    try:
        if len(data) > MAX_CAPTIONS_BYTES:
            raise ArticleError(f"captions of more than {MAX_CAPTIONS_BYTES} bytes", "shorten them")
        lines = data.decode("utf-8-sig").splitlines()
        captions = list(webvtt.from_string("\n".join(lines) + "\n").captions)
    except UnicodeDecodeError as error:
        raise ArticleError("captions not in UTF-8", "save them in UTF-8", path=str(path)) from error
    except webvtt.errors.MalformedFileError as error:
        raise ArticleError(
            "not a file of captions", "start it with WEBVTT and a blank line", path=str(path)
        ) from error
    if len(captions) > MAX_CUES:
        raise ArticleError(f"more than {MAX_CUES} captions", "shorten them", path=str(path))
    found: list[Cue] = []
    place = 0
    for each in captions:
        words = each.raw_text.strip()
        first = next(iter(words.split("\n")), "")
        place = next((at for at in range(place, len(lines)) if lines[at].strip() == first), place)
        text = Text(words, language, place + 1)
        start, end = _seconds(each.start), _seconds(each.end)
        if words and end > start:
            found.append(Cue(start, end, text, str(each.settings)))
    return tuple(found)


def _seconds(time: str) -> float:
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


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


def captions_beside(article: Path, file: str, language: str) -> tuple[Cue, ...]:
    """Read the captions of a recording from the folder of its article; none if they are broken."""
    for name in names_of(file, language):
        path = article.parent / name
        if path.is_file():
            try:
                return read_captions(path, language)
            except (ArticleError, OSError):
                return ()
    return ()
