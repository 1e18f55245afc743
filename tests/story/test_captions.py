"""Captions: the transcript and the WebVTT that they make."""

from __future__ import annotations

import pytest

from slideshow.errors import ArticleError
from slideshow.story.captions import Cue, parse_captions, transcript, web_vtt
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


def test_two_voices_in_one_caption_are_two_paragraphs() -> None:
    parts = transcript([cue(0, "<v Ada>Is it lit?</v>\n<v Bea>It is.")])

    assert [(each.voice, [one.words for one in each.cues]) for each in parts] == [
        ("Ada", ["Is it lit?"]),
        ("Bea", ["It is."]),
    ]


ONE = "00:01.000 --> 00:02.000\nOne."
TWO = "00:03.000 --> 00:04.000\nTwo."


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{ONE}\n\n{TWO}\n",
        f"WEBVTT - A harbour\nKind: captions\n\n{ONE}\n\n{TWO}",
        f"WEBVTT\r\n\r\n{ONE}\r\n\r\n{TWO}\r\n".replace("00\nT", "00\r\nT"),
        f"WEBVTT\n\nSTYLE\n::cue {{ color: red }}\n\nNOTE by\nhand\n\n{ONE}\n  \nb\n{TWO}",
        f"WEBVTT\n\nREGION\nid:a\n\n1\n{ONE}\n2\n{TWO}",
        f"1\n{ONE}\n\n2\n{TWO}".replace(".000", ",000").replace("00:0", "00:00:0"),
        f"webvtt\n\n{TWO}\n\n{ONE}",
    ],
)
def test_captions_are_read_as_programs_write_them(text: str) -> None:
    found = parse_captions(text)

    assert [(each.start, each.end, each.text.value) for each in found.cues] == [
        (1.0, 2.0, "One."),
        (3.0, 4.0, "Two."),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("00:03.000 -> 00:04.000\nTwo.", "has no times: '00:03.000 -> 00:04.000 Two.'"),
        ("Two.", "has no times: 'Two.'"),
        ("3 s --> 4 s\nTwo.", "cannot be read: '3 s --> 4 s'"),
        (f"{'9' * 5000}:00:03.000 --> 00:04.000\nTwo.", "cannot be read: '999"),
        (f"{'9' * 400}:00:03.000 --> 00:04.000\nTwo.", "cannot be read: '999"),
        ("00:04.000 --> 00:03.000\nTwo.", "ends before it is shown: 00:04.000 --> 00:03.000"),
    ],
)
def test_a_caption_that_cannot_be_shown_is_named_with_its_line(wrong: str, said: str) -> None:
    found = parse_captions(f"WEBVTT\n\n{ONE}\n\n{wrong}\n")

    assert [each.text.value for each in found.cues] == ["One."]
    (problem,) = found.problems
    assert problem.line == 6
    assert said in problem.message
    assert problem.fix


@pytest.mark.parametrize(("text", "line"), [("", 0), ("A text.\n", 1), ("1\n0 --> 1\nOne.", 2)])
def test_a_text_of_another_kind_is_an_error(text: str, line: int) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_captions(text)

    assert caught.value.line == line
    assert caught.value.fix


def test_captions_are_written_as_browsers_read_them() -> None:
    text = web_vtt([cue(3661.5, "A\n\nB --> C", settings="line:0")])

    assert text == "WEBVTT\n\n01:01:01.500 --> 01:01:02.500 line:0\nA\nB → C\n"
