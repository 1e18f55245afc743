"""Films and sounds on a page: their addresses, length and captions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from slideshow.errors import SlideshowError
from slideshow.library.recordings.files import RecordingName, captions_name
from slideshow.story.figures import Recording
from slideshow.story.media import FILM
from slideshow.story.model import Story
from slideshow.web.images import ResponsiveImage, responsive_image
from slideshow.web.lookup import article_of, library


@dataclass(frozen=True, slots=True)
class Player:
    """A film or a sound that can be played.

    ``seconds`` is its length, 0 if unknown; ``poster`` is a frame of it; ``captions`` is the
    address of its captions in the language of the story, empty if there are none.
    """

    address: str
    seconds: int
    megabytes: float
    poster: ResponsiveImage | None
    captions: str

    @property
    def length(self) -> str:
        """The length as minutes and seconds."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02}"


def player(story: Story, recording: Recording) -> Player | None:
    """Describe a film or a sound; None if it cannot be played.

    ``check`` and the start of the server report the reason.
    """
    article = article_of(story.slug)
    recordings = library().recordings
    name = recordings.name(article, recording.file) if article else None
    if article is None or name is None:
        return None
    try:
        found = recordings.properties(article, recording.file)
    except SlideshowError:
        return None
    if found is None:
        return None
    return Player(
        _address(story.slug, name),
        round(found.seconds),
        max(0.1, round(found.bytes / 1e6, 1)),
        responsive_image(story, recording.file) if recording.kind == FILM else None,
        _address(story.slug, captions_name(recording)) if recording.cues else "",
    )


def _address(slug: str, name: RecordingName) -> str:
    return url_for("recordings.recording", slug=slug, name=str(name))
