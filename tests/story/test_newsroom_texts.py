"""Plain text as newsrooms paste it: what becomes title, lead, headline, paragraph."""

from pathlib import Path

import pytest

from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.showing import Showing

DATA = Path(__file__).resolve().parent.parent / "data" / "newsroom"
KINDS = sorted(path.stem for path in DATA.glob("*.txt"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_has_the_outline_that_its_writer_meant(kind: str) -> None:
    source = (DATA / f"{kind}.txt").read_text()
    outline = (DATA / f"{kind}.outline").read_text()

    assert outline_of(source) == outline
    assert outline_of("\ufeff" + source.replace("\n", "\r\n")) == outline


WRAPPED = (
    "\n\nIt sailed on Monday at six in the morning, in a fog so thick that the\n"
    "pilot could not see the bow, and nobody on the quay dared to wave it off.\n"
)


@pytest.mark.parametrize(
    ("head", "title", "lead"),
    [
        (
            "The last boat of the old line is back in the harbour, and departs for\nPort Elsewhere",
            2,
            1,
        ),
        ("The last boat of the old line is back in the harbour after years\nAnn Quay", 1, 2),
        ("The last boat of the old line is back in the harbour after so long\nBy Ann Quay", 1, 2),
    ],
)
def test_a_wrapped_title_goes_on_where_its_next_word_did_not_fit(
    head: str, title: int, lead: int
) -> None:
    story = parse_plaintext(head + WRAPPED + "\nTickets\n\nFour.\n", "story", "en")

    assert str(story.title) == " ".join(head.split("\n")[:title])
    assert len(story.lead) == lead


@pytest.mark.parametrize("below", ["Ann Quay", "12 May 2026", "A story in four parts"])
@pytest.mark.parametrize(
    "text",
    [
        "It sailed on Monday.",
        "It sailed on Monday at six in the morning, in a fog as thick as soup.",
        "It sailed on Monday at six in the morning,\nin a fog so thick that we saw nothing of it.",
    ],
)
def test_a_line_below_a_long_title_is_no_part_of_it(below: str, text: str) -> None:
    title = "The last boat of the old line is back in the harbour after many years"

    story = parse_plaintext(f"{title}\n{below}\n\n{text}\n\nTickets\n\nFour.\n", "story", "en")

    assert str(story.title) == title
    assert story.lead[0].plain() == below


def test_slides_without_headlines_are_comfortable_to_read() -> None:
    paragraphs = [f"Paragraph {number} says {'so ' * 80}much." for number in range(9)]

    story = parse_plaintext("The boat is back\n\n" + "\n\n".join(paragraphs), "story", "en")

    assert [len(slide.blocks) for slide in story.slides] == [2, 2, 2, 2, 1]
    assert [block.plain() for slide in story.slides for block in slide.blocks] == paragraphs


def test_a_slide_without_headline_is_named_by_its_first_words() -> None:
    story = parse_plaintext("The boat is back\n\nIt sailed on Monday.\n", "story", "en")

    assert story.slides[0].name.plain() == "It sailed on Monday."


def test_a_lead_too_long_for_the_cover_is_the_first_slide() -> None:
    lead = [f"It sailed {'again ' * 50}{number} times." for number in range(3)]
    source = "The boat is back\n\n" + "\n\n".join(lead) + "\n\nTickets\n\nFour.\n"

    story = parse_plaintext(source, "story", "en")

    assert story.lead == ()
    assert [str(slide.headline) for slide in story.slides] == ["The boat is back", "Tickets"]
    assert [block.plain() for block in story.slides[0].blocks] == lead


def test_a_verse_keeps_its_lines() -> None:
    source = (DATA / "verse.txt").read_text()

    (slide,) = parse_plaintext(source, "story", "en").slides

    (verse,) = slide.blocks
    assert verse.html(Showing("en")) == (
        "<p>The boat goes out at six,<br>\nThe boat comes home at nine,<br>\n"
        "And all between is brine.</p>\n"
    )


def outline_of(source: str) -> str:
    """Return a line for each part of the story that a text is read as."""
    story = parse_plaintext(source, "story", "en")
    lines = [f"title: {story.title}", *(f"lead: {block.plain()}" for block in story.lead)]
    for slide in story.slides:
        lines.append(f"headline: {slide.headline}" if slide.headline else "slide")
        lines += [
            "    " + " / ".join(str(text) for text in block.texts()).replace("\n", " / ")
            for block in slide.blocks
        ]
    return "\n".join(lines) + "\n"
