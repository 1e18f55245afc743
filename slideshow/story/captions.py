"""The captions of films and sounds: cues with their times, and the transcript that they make."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from slideshow.errors import ArticleError, Problem, shortened
from slideshow.story.markup import Markup
from slideshow.story.model import Text

MAX_PROBLEMS = 20  # of a file, each with its line
PAUSE_SECONDS = 2.0  # between two paragraphs of a transcript
_ARROW = "-->"
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)"  # with the comma of SubRip
_TIMES = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}(?:\s+(.*))?", re.ASCII)
_HEADER = re.compile(r"WEBVTT(?:\s|$)", re.IGNORECASE)
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
# The tags of WebVTT, in capitals too; the last ones are those of SubRip, which it does not know.
_TAG = re.compile(
    r"<(?P<name>/?(?:c|i|b|u|ruby|rt|v|lang))"
    r"(?P<classes>(?:\.[^\s.<>&]+)*)(?:\s(?P<note>[^<>]*))?>"
    r"|<(?P<time>(?:\d{2,4}:)?\d\d:\d\d\.\d{3})>"
    r"|</?(?:font|s|em|strong|span)(?:\s[^<>]*)?>",
    re.IGNORECASE | re.ASCII,
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>", re.IGNORECASE | re.ASCII)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_PLACE = re.compile(r"\{\\[^{}]*\}")  # of SubRip, as {\an8}
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class CaptionMarkup(Markup):
    """The markup of captions, that of WebVTT, as people write it."""

    __slots__ = ()

    def plain(self, value: str) -> str:
        """Render a caption as one line, with the name of each voice before its words."""
        return _words(_VOICE.sub(r" \1: ", value))


CAPTION = CaptionMarkup()


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
        return _line(found[1]) if found else ""

    @property
    def words(self) -> str:
        """The caption as one line without its tags."""
        return _words(self.text.value)


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions in a file in order, and the problems of those that cannot be shown."""

    cues: tuple[Cue, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a transcript: the words of one voice, without a pause."""

    voice: str
    cues: tuple[Cue, ...]


def parse_captions(text: str) -> Captions:
    """Parse captions in WebVTT (W3C) or SubRip, as far as they can be read.

    Raises ArticleError for a text of another kind.
    """
    lines = re.split(r"\r\n|\r|\n", text.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    found: list[Cue] = []
    problems: list[Problem] = []
    is_web = any(map(_HEADER.match, lines))
    for line, block in _blocks(lines, is_web):
        times = _TIMES.fullmatch(block[0])
        words = _BREAK.sub("\n", _PLACE.sub("", "\n".join(block[1:]))).strip()
        if _ARROW not in block[0]:
            problems.append(
                Problem(
                    f"a caption has no times: {shortened(' '.join(block))!r}",
                    "write them in the line above it, as in 00:01.000 --> 00:04.000",
                    line,
                )
            )
        elif times is None:
            problems.append(
                Problem(
                    f"the times of a caption cannot be read: {shortened(block[0].strip())!r}",
                    "write them as in 00:01.000 --> 00:04.000",
                    line,
                )
            )
        elif (start := _seconds(*times.group(1, 2, 3))) >= (end := _seconds(*times.group(4, 5, 6))):
            problems.append(
                Problem(
                    f"a caption ends before it is shown: {shortened(block[0].strip())}",
                    "write its end behind its start",
                    line,
                )
            )
        elif words:
            found.append(Cue(start, end, Text(words, "", line + 1, CAPTION), times[7] or ""))
    if not found and not is_web:
        nothing = Problem("a file without captions", "save it as WebVTT or as SubRip")
        raise ArticleError.of(replace(next(iter(problems), nothing), is_error=True))
    if len(problems) > MAX_PROBLEMS:
        message = f"{len(problems) - MAX_PROBLEMS} more captions cannot be shown"
        last = problems[MAX_PROBLEMS].line
        problems[MAX_PROBLEMS:] = [Problem(message, "fix them in the same way", last)]
    return Captions(tuple(sorted(found, key=lambda cue: cue.start)), tuple(problems))


def _blocks(lines: Sequence[str], is_web: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield each caption, from the line of its times, and the number of that line.

    Other lines that are not part of the format, which may be WebVTT, are yielded too.
    """
    for is_blank, group in groupby(enumerate(lines, 1), lambda each: not each[1].strip()):
        numbers, block = zip(*group, strict=True)
        starts = [place for place, each in enumerate(block) if _ARROW in each]
        if is_blank or (is_web and not starts and _ASIDE.match(block[0])):
            continue
        before = block[: starts[0]] if starts else block
        if len(before) > bool(starts) and not _HEADER.match(block[0]):
            yield numbers[0], [*before]
        for place, following in pairwise([*starts, len(block)]):
            caption = [*block[place:following]]
            if following < len(block) and caption[-1].strip().isdecimal():
                caption.pop()  # the number of the following one, after no blank line
            yield numbers[place], caption


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _words(value: str) -> str:
    return _line(re.sub(r"<[^<>]*>", "", _marked(value)))


def _marked(value: str) -> str:
    """Format a caption as cue text of WebVTT: whatever is not a tag is escaped."""
    parts: list[str] = []
    end = 0
    for tag in _TAG.finditer(value):
        parts += [_escaped(value[end : tag.start()]), _tag(tag)]
        end = tag.end()
    # A blank line would end the caption.
    return re.sub(r"[\r\n][ \t\r\n]*", "\n", "".join([*parts, _escaped(value[end:])])).strip("\n")


def _line(marked: str) -> str:
    return _BLANKS.sub(" ", html.unescape(marked)).strip(" ")


def _escaped(text: str) -> str:
    return html.escape(html.unescape(text), quote=False)


def _tag(found: re.Match[str]) -> str:
    """Format a tag as WebVTT; empty if it has none like it."""
    if found["time"]:
        return found[0]
    if not found["name"]:
        return ""
    note = _BLANKS.sub(" ", f" {_escaped(found['note'])}") if found["note"] else ""
    tag = f"<{found['name'].lower()}{found['classes']}{note}>"
    return tag.replace("-->", "-- >")  # an arrow is the sign of another caption


def _by_voice(cue: Cue) -> Iterator[Cue]:
    """Divide a caption into those of its voices."""
    starts = [found.start() for found in _VOICE.finditer(cue.text.value)]
    places = [0, *starts[1:], len(cue.text.value)]
    for start, end in pairwise(places):
        yield replace(cue, text=replace(cue.text, value=cue.text.value[start:end]))


def transcript(cues: Sequence[Cue]) -> Iterator[Paragraph]:
    """Yield captions as paragraphs, divided where the voice changes or pauses."""
    group: list[Cue] = []
    for cue in chain.from_iterable(map(_by_voice, cues)):
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
        + _marked(cue.text.value)
        for cue in cues
    )
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
