"""Long sections, cut at paragraphs into slides that share their headline where authors ask."""

from collections.abc import Callable

import pytest

from slideshow.library.catalogues.extraction import messages_of
from slideshow.story.dividing import COMFORTABLE_LETTERS
from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.limits import Limits
from slideshow.story.model import Story
from slideshow.story.translation import translate

LONG = [f"{word} {'wind and water ' * 25}ends." for word in ("First", "Second", "Third")]
PARAGRAPH = "word " * COMFORTABLE_LETTERS
BODY = "\n\n".join(LONG)
MARKDOWN = f"## Tides\n\n{BODY}\n\n## Wind\n\nShort.\n\n[back](#tides)\n"
TEXT = f"Tides\n\n{BODY}\n\nWind\n\nShort.\n\nStill short.\n"


def story(body: str, matter: str, suffix: str = "md") -> Story:
    source = f"---\ntitle: The ferry\n{matter}---\n{body}"
    return (parse_markdown if suffix == "md" else parse_plaintext)(source, "ferry", "en")


def shape(told: Story) -> list[tuple[str, int, int, int]]:
    return [(str(each.headline), each.part, each.parts, len(each.blocks)) for each in told.slides]


@pytest.mark.parametrize(("suffix", "body"), [("md", MARKDOWN), ("txt", TEXT)])
def test_a_long_section_is_cut_where_the_author_asks(suffix: str, body: str) -> None:
    told = story(body, "cut: true\n", suffix)

    assert shape(told) == [
        ("Tides", 1, 3, 1),
        ("Tides", 2, 3, 1),
        ("Tides", 3, 3, 1),
        ("Wind", 1, 1, 2),
    ]


@pytest.mark.parametrize(("matter", "slides"), [("", 4), ("cut: false\n", 2), ("cut: true\n", 4)])
@pytest.mark.parametrize(("parse", "body"), [(parse_markdown, MARKDOWN), (parse_plaintext, TEXT)])
def test_a_site_may_cut_unless_an_article_says_otherwise(
    matter: str, slides: int, parse: Callable[..., Story], body: str
) -> None:
    source = f"---\ntitle: The ferry\n{matter}---\n{body}"

    told = parse(source, "ferry", "en", Limits(is_comfortable=True))

    assert told.total == slides


@pytest.mark.parametrize("matter", ["", "cut: false\n"])
@pytest.mark.parametrize(("suffix", "body"), [("md", MARKDOWN), ("txt", TEXT)])
def test_nothing_is_cut_unasked(suffix: str, body: str, matter: str) -> None:
    assert shape(story(body, matter, suffix)) == [("Tides", 1, 1, 3), ("Wind", 1, 1, 2)]


@pytest.mark.parametrize(("suffix", "body"), [("md", MARKDOWN), ("txt", TEXT)])
def test_the_messages_are_the_same_cut_or_not(suffix: str, body: str) -> None:
    whole, cut = story(body, "", suffix), story(body, "cut: true\n", suffix)

    ids = [message.id for message in messages_of(whole, "ferry")]
    assert [message.id for message in messages_of(cut, "ferry")] == ids
    assert [text.value for text in cut.texts()] == [text.value for text in whole.texts()]


def test_every_part_has_the_headline_translated() -> None:
    told = translate(story(MARKDOWN, "cut: true\n"), {"Tides": "Marées"}.get, "fr")

    assert [str(slide.headline) for slide in told.slides] == ["Marées"] * 3 + ["Wind"]
    assert [slide.part for slide in told.slides] == [1, 2, 3, 1]


def test_a_link_to_a_headline_leads_to_its_first_part() -> None:
    told = story(MARKDOWN, "cut: true\n")

    assert (told.anchors["tides"], told.anchors["wind"]) == (1, 4)
    assert told.problems == ()


def test_a_heading_stays_with_the_text_below_it() -> None:
    told = story(f"## Tides\n\n{LONG[0]}\n\n### Low\n\n{LONG[1]}\n", "cut: true\n")

    assert [[text.value[:3] for text in slide.texts()] for slide in told.slides] == [
        ["Tid", "Fir"],
        ["Low", "Sec"],
    ]


def test_a_footnote_stays_on_the_slide_that_refers_to_it() -> None:
    body = f"## Tides\n\n{LONG[0]}[^1]\n\n{LONG[1]}\n\n{LONG[2]}\n\n[^1]: A note.\n"
    told = story(body, "cut: true\n")

    assert ["A note." in [text.value for text in slide.texts()] for slide in told.slides] == [
        True,
        False,
        False,
    ]


def test_a_long_paragraph_is_a_slide_of_its_own() -> None:
    told = story(f"## Tides\n\nShort.\n\n{PARAGRAPH}\n\nShort.\n", "cut: true\n")

    assert shape(told) == [("Tides", part, 3, 1) for part in (1, 2, 3)]


def test_a_headline_without_text_is_one_slide() -> None:
    assert shape(story("## Tides\n\n## Wind\n\nWest.\n", "cut: true\n")) == [
        ("Tides", 1, 1, 0),
        ("Wind", 1, 1, 1),
    ]
