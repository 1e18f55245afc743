"""The captions of films and sounds: cues with their times, and the transcript that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slideshow.story.model import Text

PAUSE_SECONDS = 2.0  # between two paragraphs of a transcript
_TAG = re.compile(r"</?[a-z0-9.:_-]*(?:[ \t][^<>]*)?>", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]+)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&lrm;": "", "&rlm;": "", "&nbsp;": "\u00a0"}
_ENTITY = re.compile("|".join(_ENTITIES))


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption from ``start`` to ``end``, in seconds; ``settings`` place it on the picture."""

    start: float
    end: float
    text: Text
    settings: str = ""

    @property
    def voice(self) -> str:
        """The name of the speaker, empty if it is not given."""
        found = _VOICE.search(self.text.value)
        return found[1].strip() if found else ""

    @property
    def words(self) -> str:
        """The caption as one line without its tags."""
        plain = _TAG.sub("", self.text.value)
        return " ".join(_ENTITY.sub(lambda found: _ENTITIES[found[0]], plain).split())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a transcript: the words of one voice, without a pause."""

    voice: str
    cues: tuple[Cue, ...]


def transcript(cues: Sequence[Cue]) -> Iterator[Paragraph]:
    """Yield captions as paragraphs, divided where the voice changes or pauses."""
    group: list[Cue] = []
    for cue in cues:
        if not cue.words:
            continue
        last = group[-1] if group else cue
        is_new = (cue.voice or last.voice) != last.voice or cue.start - last.end > PAUSE_SECONDS
        if group and is_new:
            yield Paragraph(group[0].voice, tuple(group))
            group = []
        group.append(cue)
    if group:
        yield Paragraph(group[0].voice, tuple(group))


def web_vtt(cues: Sequence[Cue]) -> str:
    """Format captions as WebVTT (W3C), as browsers read them."""
    blocks = (
        f"{_time(cue.start)} --> {_time(cue.end)} {cue.settings}".rstrip()
        + "\n"
        # A blank line would end the caption, and an arrow is the sign of another.
        + re.sub(r"\n\s*\n", "\n", cue.text.value).strip("\n").replace("-->", "→")
        for cue in cues
    )
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
