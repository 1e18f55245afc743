"""Figures in articles: pictures anywhere, in rows, with captions, in places."""

from __future__ import annotations

import pytest

from slideshow.story.figures import Picture, Row
from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.model import Slide, Text
from slideshow.story.showing import Showing
from slideshow.story.translation import translate


def slide(body: str, headline: str = "One") -> Slide:
    return parse_markdown(f"# Title\n\n## {headline}\n\n{body}\n", "s", "en").slides[0]


def plain(body: str) -> Slide:
    return parse_plaintext(f"Title\n\nOne\n\n{body}\n", "s", "en").slides[0]


def shown(block: object) -> str:
    assert isinstance(block, Text) or hasattr(block, "html")
    return str(block.html(Showing("en", picture=lambda file, alt: f"[{file}|{alt}]")))


def test_text_right_below_a_picture_is_its_caption() -> None:
    picture = slide('![A lamp](a.jpg "Photo: Ada")\nThe lamp\nin *1863*.').picture

    assert picture == Picture(
        "a.jpg",
        Text("A lamp", "en", 5),
        Text("Photo: Ada", "en", 5),
        Text("The lamp in *1863*.", "en", 6),
    )


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "«\u00a0{}\u00a0»"])
def test_the_credit_may_stand_in_the_quotation_marks_of_word_processors(marks: str) -> None:
    picture = slide(f"![A lamp](a lamp.jpg {marks.format('Photo: Ada')})").picture

    assert picture
    assert (picture.file, picture.credit) == ("a lamp.jpg", Text("Photo: Ada", "en", 5))


def test_a_caption_in_html_is_one_too() -> None:
    image, caption = '<img src="a.jpg" alt="A lamp">', "<figcaption>In <b>1863</b></figcaption>"

    picture = slide(f"<figure>{image}{caption}</figure>").picture

    assert picture
    assert picture.caption == Text("In <b>1863</b>", "en", 5)


def test_a_long_text_below_a_picture_is_a_paragraph() -> None:
    words = "Many words follow. " * 30

    blocks = slide(f"![A lamp](a.jpg)\n{words}").blocks

    assert [type(block) for block in blocks] == [Picture, Text]
    assert blocks[1].plain() == words.strip()


@pytest.mark.parametrize("between", [" ", "\n"])
def test_pictures_of_one_paragraph_are_a_row(between: str) -> None:
    (row,) = slide(f"![A](a.jpg){between}![B](b.jpg)\nBoth of them.").blocks

    if between == "\n":
        assert isinstance(row, Row)
        assert [each.file for each in row.figures] == ["a.jpg", "b.jpg"]
        assert row.caption == Text("Both of them.", "en", 7)


def test_pictures_of_a_row_may_each_have_a_caption() -> None:
    (row,) = slide("![A](a.jpg)\nBefore.\n![B](b.jpg)\nAfter.").blocks

    assert [each.caption and each.caption.value for each in row.figures] == ["Before.", "After."]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("![A](a.jpg){.left}", "left"),
        ('![A](a.jpg "Photo: Ada"){ .wide .right }', "right"),
        ("![A](a.jpg){: .bleed}", "bleed"),
        ("![A](a.jpg) {.bleed}", "bleed"),
        ("![A](a.jpg){.bleed .left}", "bleed-left"),
        ("![A](a.jpg){ .right .Bleed }", "bleed-right"),
        ("![A](a.jpg){.unknown}", ""),
        ("![A](a.jpg)", ""),
    ],
)
def test_a_picture_may_name_its_place(source: str, place: str) -> None:
    (picture,) = slide(source).blocks

    assert picture.figures[0].place == place


def test_a_headline_may_name_the_place_of_its_picture() -> None:
    found = slide("Text.\n\n![A](a.jpg)\n\n![B](b.jpg)", "One {#lamp .bleed}")

    assert [each.place for block in found.blocks for each in block.figures] == ["bleed", ""]
    assert found.figure is found.blocks[1]
    assert found.headline
    assert found.headline.value == "One"


def test_a_picture_in_a_sentence_stays_in_it() -> None:
    (text,) = slide('Press ![the gear](gear.png) or <img src="b.png" alt="B">.').blocks

    assert shown(text).strip() == (
        '<div class="paragraph"><p>Press [gear.png|the gear] or [b.png|B].</p>\n</div>'
    )
    assert [file for file, _ in text.files()] == ["gear.png", "b.png"]


@pytest.mark.parametrize(
    "source",
    [
        "- first ![A](a.png)\n- second",
        "> said ![A](a.png)",
        "| a | b |\n|---|---|\n| ![A](a.png) | c |",
        "[![A](a.png)](https://example.org)",
        "> [!NOTE]\n> ![A](a.png) here",
        "Note[^1].\n\n[^1]: See ![A](a.png).",
    ],
)
def test_pictures_are_shown_wherever_they_are(source: str) -> None:
    found = slide(source)

    assert [file for file, _ in found.files()] == ["a.png"]
    assert "[a.png|A]" in "".join(map(shown, found.blocks))


def test_a_figure_alone_or_first_is_placed_beside_the_text() -> None:
    alone = slide("Text.\n\n![A](a.jpg)\n\nMore.")
    first = slide("![A](a.jpg)\n\nText.\n\n![B](b.jpg)")
    between = slide("Text.\n\n![A](a.jpg)\n\nMore.\n\n![B](b.jpg)")

    assert alone.figure is alone.blocks[1]
    assert first.figure is first.blocks[0]
    assert between.figure is None
    assert len(between.paragraphs) == 4


def test_every_text_of_a_figure_is_a_message_in_reading_order() -> None:
    story = parse_markdown("# T\n\n## One\n\n![Alt](a.jpg 'Credit')\nCaption.\n", "s", "en")
    words = {"Alt": "Texte", "Caption.": "Légende.", "Credit": "Crédit"}

    (block,) = translate(story, words.get, "fr").slides[0].blocks

    assert [(each.value, each.language) for each in block.texts()] == [
        ("Texte", "fr"),
        ("Légende.", "fr"),
        ("Crédit", "fr"),
    ]


def test_a_line_with_the_name_of_a_picture_is_that_picture() -> None:
    found = plain("Text of the slide.\n\nL’été (1).JPG\nThe lamp at noon.\nPhoto: Ada Martin")

    assert found.picture == Picture(
        "L’été (1).JPG",
        Text("The lamp at noon.", "en", 8),
        Text("Photo: Ada Martin", "en", 9),
        Text("The lamp at noon.", "en", 8),
    )


def test_a_picture_between_headline_and_text_ends_neither() -> None:
    story = parse_plaintext(
        "Title\n\nOne\nlamp.png\n\nThe first text.\n\nTwo\n\nThe second text.\n", "s", "en"
    )

    assert [each.headline and each.headline.value for each in story.slides] == ["One", "Two"]
    assert story.slides[0].picture
    assert "lamp.png" in str(story.problems[0])


@pytest.mark.parametrize(
    "line", ["See lamp.png.", "https://example.org/lamp.png", "Open lamp.png now", "png"]
)
def test_a_sentence_about_a_file_is_text(line: str) -> None:
    assert plain(f"{line}\n\nMore text below it.").picture is None


@pytest.mark.parametrize(
    "suffix", [".jpg", ".JPEG", ".png", ".webp", ".svg", ".mp4", ".MOV", ".mp3", ".opus", ".flac"]
)
def test_a_line_of_plain_text_may_name_a_file_of_any_kind(suffix: str) -> None:
    (block, *_) = plain(f"lamp{suffix}\nThe lamp in 1863.\n\nText below it.").blocks

    assert [figure.file for figure in block.figures] == [f"lamp{suffix}"]
