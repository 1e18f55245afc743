"""Films and sounds beside an article: their properties, captions and problems."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from slideshow.errors import ArticleError, PictureError
from slideshow.library.catalogues.extraction import messages_of
from slideshow.library.checking import examine
from slideshow.library.freshness.dependencies import recording
from slideshow.library.recordings.captions import names_of, read_captions
from slideshow.library.recordings.files import HUGE_BYTES
from slideshow.library.recordings.looking import look_at, poster
from slideshow.library.stories import Library
from slideshow.story.limits import PictureLimits
from tests.support.recordings import CAPTIONS, film, sound
from tests.web.conftest import write

ARTICLE = "# A\n\n## One\n\n![A harbour](clip.webm)\n\nText.\n"


def problems(place: Path, limits: PictureLimits | None = None) -> list[str]:
    library = Library(place, pictures=limits)
    return [str(each).removeprefix(str(place)) for each in examine(library, lambda count: None)]


def test_length_and_size_come_from_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.webm": film(320, 180, 2), "b.wav": sound(3)})

    seen, heard = look_at(tmp_path / "a.webm"), look_at(tmp_path / "b.wav")

    assert (seen.width, seen.height, round(seen.seconds)) == (320, 180, 2)
    assert (heard.width, round(heard.seconds)) == (0, 3)
    assert seen.fingerprint != heard.fingerprint
    assert (seen.unplayed, heard.unplayed) == ("", "")


def test_the_reason_of_a_broken_film_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    av = pytest.importorskip("av")

    def broken(path: str) -> None:
        raise OSError("the end of the file")

    monkeypatch.setattr(av, "open", broken)
    write(tmp_path, {"clip.webm": b"a film"})

    with pytest.raises(PictureError, match="the end of the file"):
        look_at(tmp_path / "clip.webm")


def test_the_poster_is_a_frame_of_the_film(tmp_path: Path) -> None:
    write(tmp_path, {"a.webm": film()})

    image = Image.open(BytesIO(poster(tmp_path / "a.webm")))

    assert image.size == (320, 180)
    red, _, blue = image.convert("RGB").getpixel((20, 90))  # type: ignore[misc]
    assert red > 150 > blue


@pytest.mark.parametrize("data", [b"", b"a text", b"\x1a\x45\xdf\xa3" + b"\0" * 99])
def test_a_broken_film_is_an_error_with_the_fix(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": data})

    with pytest.raises(PictureError, match="neither a film nor a sound"):
        look_at(tmp_path / "clip.webm")
    (problem,) = problems(tmp_path)
    assert "a.en.md:5: film 'clip.webm': the file is broken" in problem
    assert "Errno" not in problem
    assert "save it again as MP4 or MP3" in problem


def test_without_its_package_a_film_is_served_without_a_poster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.webm": film()})
    monkeypatch.setitem(sys.modules, "av", None)

    properties = look_at(tmp_path / "a.webm")

    assert properties.fingerprint
    assert properties.seconds == 0
    with pytest.raises(PictureError, match="needs the package av") as caught:
        poster(tmp_path / "a.webm")
    assert "[media]" in caught.value.fix


def test_missing_captions_and_files_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE + "\n![Horn](horn.wav)\n", "clip.webm": film()})

    assert problems(tmp_path) == [
        "/a.en.md:5: film 'clip.webm' has no captions and no transcript "
        "(save its captions beside it as clip.en.vtt)",
        "/a.en.md:9: sound 'horn.wav' is missing "
        "(save it beside the article under that very name, or remove it)",
    ]


@pytest.mark.parametrize(
    "text", ["See ![it](clip.webm).", "- ![It](clip.webm)", "> ![It](clip.webm)"]
)
def test_a_film_within_a_text_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"a.en.md": f"# A\n\n## One\n\n{text}\n", "clip.webm": film()})

    assert problems(tmp_path) == [
        "/a.en.md:5: film 'clip.webm' cannot be played within a text "
        "(put it into a paragraph of its own)"
    ]


def test_huge_files_are_named_and_too_large_ones_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.vtt": CAPTIONS})
    with (tmp_path / "clip.webm").open("ab") as file:
        file.truncate(HUGE_BYTES + 1_000_000)

    (huge,) = problems(tmp_path)
    (refused,) = problems(tmp_path, PictureLimits(recording_bytes=1_000_000))

    assert "film 'clip.webm' has 31 MB" in huge
    assert "SLIDESHOW_RECORDING_BYTES" in refused


def test_captions_are_found_by_language_or_without_one() -> None:
    assert names_of("films/clip.mp4", "pt-BR") == (
        "films/clip.pt-BR.vtt",
        "films/clip.pt_BR.vtt",
        "films/clip.pt.vtt",
        "films/clip.pt-BR.srt",
        "films/clip.pt_BR.srt",
        "films/clip.pt.srt",
        "films/clip.vtt",
        "films/clip.srt",
    )


def test_captions_have_their_times_settings_and_lines(tmp_path: Path) -> None:
    write(tmp_path, {"clip.vtt": CAPTIONS})

    cues = read_captions(tmp_path / "clip.vtt").cues

    assert [(each.start, each.end, each.settings) for each in cues] == [
        (0.0, 0.8, "line:0"),
        (0.8, 1.5, ""),
        (5.0, 6.0, ""),
    ]
    assert cues[0].text.value == "<v Ada>The lamp is <i>lit</i>"
    assert [each.text.line for each in cues] == [7, 10, 13]


@pytest.mark.parametrize("data", [b"", b"1\n00:00 --> x\n", b"WEBVTT\n\n\xff\xff"])
def test_broken_captions_are_an_error_with_the_fix(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.en.vtt": data})

    with pytest.raises(ArticleError) as caught:
        read_captions(tmp_path / "clip.en.vtt")
    assert caught.value.fix
    assert any("clip.en.vtt" in each for each in problems(tmp_path))


def test_captions_are_messages_with_their_time(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.en.vtt": CAPTIONS})
    story = Library(tmp_path).story("a")
    assert story

    messages = {each.id: each for each in messages_of(story, "a.en.md")}

    message = messages["<v Bea>It went out again."]
    assert message.hints[0].startswith("Slide 1 of 1: said in the film at 0:05")
    assert message.places == ("clip.en.vtt:13",)


def test_lines_of_captions_are_named_in_their_own_file(tmp_path: Path) -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nQui est là ?\n\nPersonne.\n"
    article = "# A\n\n## Un\n\n![Un port](clip.webm)\n\nTexte.\n"
    write(tmp_path, {"a.fr.md": article, "clip.webm": film(), "clip.fr.vtt": captions})

    found = problems(tmp_path)

    assert [each.split(" ")[0] for each in found] == ["/clip.fr.vtt:4:", "/clip.fr.vtt:6:"]
    assert "Personne." in found[1]


def test_captions_in_subrip_are_read_too(tmp_path: Path) -> None:
    captions = "1\n00:00:01,000 --> 00:00:02,500\nThe lamp is <i>lit</i>.\n"
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.en.srt": captions})

    story = Library(tmp_path).story("a")

    assert problems(tmp_path) == []
    assert story
    assert "The lamp is <i>lit</i>." in [text.value for text in story.texts()]


def test_captions_of_another_language_are_named_with_the_way_to_show_them(tmp_path: Path) -> None:
    files = {"clip.en.vtt": CAPTIONS, "clip.fr.vtt": CAPTIONS, "clip.v2.vtt": CAPTIONS}
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), **files})

    (problem,) = problems(tmp_path)

    assert problem.startswith("/clip.fr.vtt: captions of other languages")
    assert "`slideshow translate --to fr`" in problem


def test_captions_of_another_language_need_a_name_that_translate_knows(tmp_path: Path) -> None:
    files = {"clip.en.vtt": CAPTIONS, "clip.fra.vtt": CAPTIONS}
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), **files})

    (problem,) = problems(tmp_path)

    assert "rename the file to clip.fr-FR.vtt, then take them over" in problem


@pytest.mark.parametrize("name", ["clip.EN.vtt", "clip.En.srt"])
def test_the_own_captions_of_an_article_may_be_named_in_capitals(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), name: CAPTIONS})

    assert problems(tmp_path) == []


def test_captions_in_another_language_alone_are_no_captions_yet(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.fr.vtt": CAPTIONS})

    (problem,) = problems(tmp_path)

    assert "save its captions beside it as clip.en.vtt" in problem


def test_the_problems_of_a_film_do_not_depend_on_other_files_in_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.en.vtt": CAPTIONS})
    library = Library(tmp_path)
    story = library.story("a")
    assert story

    with recording() as reads:
        assert list(library.recordings.problems(tmp_path / "a.en.md", story)) == []

    assert reads.versions
    assert tmp_path not in [name for _, name in reads.versions]


def test_captions_that_change_are_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.md": ARTICLE, "clip.webm": film(), "clip.en.vtt": CAPTIONS})
    library = Library(tmp_path, refresh=0)

    def said() -> list[str]:
        story = library.story("a")
        return [text.value for text in story.texts()] if story else []

    assert "<v Bea>It went out again." in said()

    write(tmp_path, {"clip.en.vtt": CAPTIONS.replace("out again", "on burning")})
    os.utime(tmp_path / "clip.en.vtt", (1, 1))

    assert "<v Bea>It went on burning." in said()
