"""Captions: the transcript and the WebVTT that they make."""

from __future__ import annotations

import pytest

from slideshow.errors import ArticleError
from slideshow.story.captions import MAX_PROBLEMS, Cue, parse_captions, transcript, web_vtt
from slideshow.story.model import Text


def cue(start: float, value: str, seconds: float = 1, settings: str = "") -> Cue:
    return Cue(start, start + seconds, Text(value, "en"), settings)


def test_a_transcript_has_words_without_tags() -> None:
    (paragraph,) = transcript(
        [cue(0, "<v.loud Ada>The <b>lamp</b>\nis &lt;lit&gt; &amp; warm</v>")]
    )

    assert paragraph.voice == "Ada"
    assert [each.words for each in paragraph.cues] == ["The lamp is <lit> & warm"]


@pytest.mark.parametrize(
    ("value", "words", "marked"),
    [
        ("I <3 you & me", "I <3 you & me", "I &lt;3 you &amp; me"),
        ("a < b and <b>c</b> > d", "a < b and c > d", "a &lt; b and <b>c</b> &gt; d"),
        ("&lt;b&gt; AT&T &copy; &#65;", "<b> AT&T © A", "&lt;b&gt; AT&amp;T © A"),
        ('<font color="#ff0000">Red</font> lamp', "Red lamp", "Red lamp"),
        ("<I>Lit</I> and <B.loud>warm</B>", "Lit and warm", "<i>Lit</i> and <b.loud>warm</b>"),
        ("Include <stdio.h> <now", "Include <stdio.h> <now", "Include &lt;stdio.h&gt; &lt;now"),
        ("Up <00:09.500>and out", "Up and out", "Up <00:09.500>and out"),
        ("<ruby>灯<rt>lamp</rt></ruby>", "灯lamp", "<ruby>灯<rt>lamp</rt></ruby>"),
        ("<lang fr>Oui\u202f!</lang>", "Oui\u202f!", "<lang fr>Oui\u202f!</lang>"),
        ("<V Ada & Bea>Hello", "Hello", "<v Ada &amp; Bea>Hello"),
        ("A\n\n\u00a0B\n  C --> D", "A \u00a0B C --> D", "A\n\u00a0B\nC --&gt; D"),
        ("&rlm;12&nbsp;%&lrm;", "\u200f12\u00a0%\u200e", "\u200f12\u00a0%\u200e"),
        ("<v A--><c.b-->Hi", "Hi", "<v A-- ><c.b-- >Hi"),
    ],
)
def test_a_transcript_has_the_words_that_a_film_shows(value: str, words: str, marked: str) -> None:
    assert cue(0, value).words == words
    assert web_vtt([cue(0, value)]).removeprefix(f"{EMPTY}\n") == f"{marked}\n"


def test_a_voice_is_named_without_escapes() -> None:
    assert cue(0, "<V.loud  Ada &amp;\nBea>Hello").voice == "Ada & Bea"


def test_a_search_finds_the_words_of_captions_and_the_names_of_voices() -> None:
    said = "<v Ada &amp; Cy>Is the <b>la</b>mp lit?</v>\n<v.loud Bea>It&nbsp;is <3"

    (found,) = parse_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{said}").cues

    assert found.text.plain() == "Ada & Cy: Is the lamp lit? Bea: It\u00a0is <3"


def test_no_caption_shows_where_it_is_to_be_placed() -> None:
    (found,) = parse_captions("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}The lamp<br>is lit").cues

    assert found.text.value == "The lamp\nis lit"


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


EMPTY = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000"
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

    assert text == "WEBVTT\n\n01:01:01.500 --> 01:01:02.500 line:0\nA\nB --&gt; C\n"


@pytest.mark.parametrize("text", ["A text.", "", "00:05.000 --> 00:04.000\nBackwards.\n"])
def test_a_file_without_captions_is_an_error(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_captions(text)

    assert caught.value.problem.is_error


@pytest.mark.parametrize("name", ["NOTE", "STYLE guide", "REGION"])
def test_a_caption_may_be_named_like_an_aside(name: str) -> None:
    captions = parse_captions(f"WEBVTT\n\n{name}\n00:01.000 --> 00:02.000\nHello.\n")

    assert [cue.words for cue in captions.cues] == ["Hello."]


def test_subrip_has_no_asides() -> None:
    captions = parse_captions("1\n00:00:01,000 --> 00:00:02,000\nHello.\n\nNOTE to self: milk\n")

    assert [each.line for each in captions.problems] == [5]


def test_the_problems_of_a_file_are_few_and_short() -> None:
    many = parse_captions("WEBVTT\n\n" + "x\n\n" * 1000)
    long = parse_captions("WEBVTT\n\n00:04.000 --> 00:03.000 " + "x" * 10_000)

    assert len(many.problems) == MAX_PROBLEMS + 1
    assert many.problems[-1].message == "980 more captions cannot be shown"
    assert len(long.problems[0].message) < 200
