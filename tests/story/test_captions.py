"""Captions: the transcript and the WebVTT that they make."""

from __future__ import annotations

from slideshow.story.captions import Cue, transcript, web_vtt
from slideshow.story.model import Text


def cue(start: float, value: str, seconds: float = 1, settings: str = "") -> Cue:
    return Cue(start, start + seconds, Text(value, "en"), settings)


def test_a_transcript_has_words_without_tags() -> None:
    (paragraph,) = transcript(
        [cue(0, "<v.loud Ada>The <b>lamp</b>\nis &lt;lit&gt; &amp; warm</v>")]
    )

    assert paragraph.voice == "Ada"
    assert [each.words for each in paragraph.cues] == ["The lamp is <lit> & warm"]


def test_a_pause_or_another_voice_starts_a_paragraph() -> None:
    cues = [cue(0, "<v Ada>One"), cue(1, "two"), cue(2, "<v Bea>three"), cue(9, "four")]

    parts = [(each.voice, [one.words for one in each.cues]) for each in transcript(cues)]

    assert parts == [("Ada", ["One", "two"]), ("Bea", ["three"]), ("", ["four"])]


def test_captions_are_written_as_browsers_read_them() -> None:
    text = web_vtt([cue(3661.5, "A\n\nB --> C", settings="line:0")])

    assert text == "WEBVTT\n\n01:01:01.500 --> 01:01:02.500 line:0\nA\nB → C\n"
