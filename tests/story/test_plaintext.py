"""Plain-text articles."""

from itertools import dropwhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.errors import ArticleError
from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.limits import Limits
from slideshow.story.model import Story
from slideshow.story.plaintext.contents import by_contents
from slideshow.story.plaintext.lines import blocks_of, lines_of
from slideshow.story.titles import title_of_slug

CONTENTS = "Title\n\nOne\nTwo\nThree\n"
BODY = "One\n\nFirst.\n\nTwo\n\nSecond.\n\nThree\n\nThird.\n"
TEXTS = [("One", "First."), ("Two", "Second."), ("Three", "Third.")]


def parse(source: str) -> Story:
    return parse_plaintext(source, "story", "en")


def texts(story: Story) -> list[tuple[str, ...]]:
    return [tuple(text.value for text in slide.texts()) for slide in story.slides]


@pytest.mark.parametrize(
    "source",
    [
        f"Title\n\n{BODY}",
        f"{CONTENTS}\n{BODY}",
        f"{CONTENTS}{BODY}",
        f"\ufeff\n\n{CONTENTS}{BODY}",
        f"{CONTENTS}\n{BODY}".replace("\n", "\r\n"),
        f"{CONTENTS}\n{BODY}".replace("\n", "\r"),
        f"{CONTENTS}\n{BODY}".replace("\n", " \t\n"),
        f"Title\n\n\n\n{BODY}\n\n\n",
    ],
    ids=["plain", "contents", "run-in", "bom", "windows", "old mac", "blanks", "blank lines"],
)
def test_headlines_and_paragraphs_become_slides(source: str) -> None:
    story = parse(source)

    assert story.title.value == "Title"
    assert texts(story) == TEXTS
    assert story.problems == ()


def test_with_contents_a_slide_may_have_several_paragraphs() -> None:
    story = parse(f"{CONTENTS}\n{BODY}".replace("Second.", "Second.\n\nTwo and a half.\n\nMore."))

    assert texts(story)[1] == ("Two", "Second.", "Two and a half.", "More.")


def test_a_story_of_one_slide_needs_no_contents() -> None:
    assert texts(parse("Title\n\nOne\n\nFirst.")) == [("One", "First.")]


@pytest.mark.parametrize("contents", ["One\n\n", "One\n"])
def test_a_story_of_one_slide_may_have_contents(contents: str) -> None:
    assert texts(parse(f"Title\n\n{contents}One\n\nFirst.\n\nMore.")) == [
        ("One", "First.", "More.")
    ]


@pytest.mark.parametrize("between", ["\n", ""], ids=["below", "run-in"])
def test_two_slides_may_have_the_same_headline(between: str) -> None:
    story = parse(f"Title\n\nMore\nTwo\nMore\n{between}More\n\nA.\n\nTwo\n\nB.\n\nMore\n\nC.\n")

    assert texts(story) == [("More", "A."), ("Two", "B."), ("More", "C.")]


def test_a_paragraph_may_equal_the_next_headline() -> None:
    story = parse("Title\n\nOne\nTwo\n\nOne\n\nTwo\n\nTwo\n\nSecond.\n")

    assert texts(story) == [("One", "Two"), ("Two", "Second.")]


def test_contents_may_follow_the_title_at_once() -> None:
    assert texts(parse(f"Title\nOne\nTwo\nThree\n\n{BODY}")) == TEXTS


def test_ten_thousand_slides_and_as_many_blank_lines_are_read() -> None:
    headlines = [f"Headline {place}" for place in range(10_000)]
    body = "\n\n".join(f"{headline}\n\nText." for headline in headlines)

    story = parse("\n" * 10_000 + "Title\n\n" + "\n".join(headlines) + f"\n\n{body}")

    assert story.total == 10_000
    assert story.title.line == 10_001


def test_every_missing_headline_of_the_contents_is_named() -> None:
    source = f"Title\n\nOne\nTow\nTwo\nFour\nThree\nOne\n{BODY.removeprefix('One')}"

    story = parse(source)

    assert [(problem.line, problem.message) for problem in story.problems] == [
        (
            4,
            "'Tow' is listed in the contents, but no headline below matches it; "
            "nor does one match line 6",
        )
    ]
    assert words_of(story) == words(source)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        (f"Title\n\nOne\nThree\nTwo\n\n{BODY}", 5, "next in the contents"),
        (f"Title\n\nOne\nTow\nThree\n\n{BODY}", 4, "no headline below"),
    ],
)
def test_contents_that_do_not_match_are_text_and_named(source: str, line: int, reason: str) -> None:
    story = parse(source)

    assert [problem.line for problem in story.problems] == [line]
    assert reason in story.problems[0].message
    assert words_of(story) == words(source)


def test_text_between_contents_and_first_headline_is_the_lead() -> None:
    story = parse(f"{CONTENTS}\nIt was late.\n\n{BODY}")

    assert [block.plain() for block in story.lead] == ["It was late."]
    assert texts(story) == TEXTS


def test_a_headline_of_the_contents_without_text_is_a_slide_of_its_own() -> None:
    story = parse(f"{CONTENTS}\n{BODY}".replace("Second.\n\n", ""))

    assert texts(story) == [TEXTS[0], ("Two",), TEXTS[2]]


def test_the_lines_of_a_paragraph_are_joined_by_a_space() -> None:
    assert texts(parse("Title\n\nOne\n\nFirst\nline.")) == [("One", "First line.")]


def test_no_break_spaces_are_kept() -> None:
    story = parse("A\u202f!\n\n«\u00a0One\u00a0»\n\n\u00a0First\u202f;\u00a0\n")

    assert story.title.value == "A\u202f!"
    assert texts(story) == [("«\u00a0One\u00a0»", "\u00a0First\u202f;\u00a0")]


def test_a_last_headline_that_the_contents_do_not_name_is_left_out_and_reported() -> None:
    story = parse(f"{CONTENTS}\n{BODY}\nSee also\n")

    assert texts(story) == TEXTS
    assert [problem.line for problem in story.problems] == [19]


def test_every_text_knows_its_line() -> None:
    story = parse(f"{CONTENTS}\n{BODY}")

    assert [text.line for text in story.texts()] == [1, 7, 9, 11, 13, 15, 17]


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("", 1, "empty"),
        ("\ufeff \n\t\n", 1, "empty"),
        ("Title\n", 1, "no slide"),
        ("\n\n---\n***\n", 1, "empty"),
        ("Title\n\nO\x00ne\n\nFirst.", 3, "control character U\\+0000"),
    ],
)
def test_what_cannot_be_a_story_is_refused_with_line_and_reason(
    source: str, line: int, reason: str
) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        parse(source)

    assert caught.value.line == line
    assert caught.value.fix


@pytest.mark.parametrize(("limits", "line"), [(Limits(slides=2), 11), (Limits(characters=6), 9)])
def test_a_limit_names_the_first_line_beyond_it(limits: Limits, line: int) -> None:
    source = f"Title\n\n{BODY}".replace("\nThree", "\n\n\nThree")

    with pytest.raises(ArticleError, match="allowed") as caught:
        parse_plaintext(source.replace("Second.", "Second ."), "s", "en", limits)

    assert caught.value.line in (line, line + 2)


@pytest.mark.parametrize(
    "headline",
    [
        "*Fish and chips*",
        "**Where to eat**",
        "_Notes_",
        "(1) The harbour (old)",
        "[Up] Piers [new]",
    ],
)
def test_a_headline_may_have_signs_around_it(headline: str) -> None:
    (slide,) = parse(f"Title\n\n{headline}\n\nFirst.").slides

    assert slide.headline
    assert slide.headline.value == headline


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Budget 2027:\nWhat changes for you\n\nFirst.", "Budget 2027:"),
        ("After the storm,\nThe quay reopens\n\nFirst.", "After the storm,"),
        ("Costs, 2027:\n\nFirst.", "Costs, 2027:"),
        ("Dear friends,\n\nFirst.", "Story"),
        ("Mesdames,\nMessieurs,\n\nFirst.", "Story"),
    ],
)
def test_a_salutation_is_no_title(source: str, title: str) -> None:
    assert parse(source).title.value == title


@given(st.text())
def test_any_text_is_a_story_or_an_article_error(source: str) -> None:
    try:
        total = parse(source).total
    except ArticleError as error:
        total = error.line

    assert total


PIECES = st.sampled_from(
    (
        *("Title", "One", "one", "Two words.", "« Trois »\u00a0!", "- item", "1. First", "\t", " "),
        *("—\u00a0Hm ?", "渡し船", "港。", "---", "***", "x" * 130, "word " * 30, "By Ada"),
        *("عودة العبّارة", "a@b.example"),
    )
)
ENDS = st.sampled_from(["\n", "\n\n", " ", "\r\n"])
TEXT = st.lists(st.tuples(PIECES | st.text(max_size=40), ENDS), max_size=30)


@given(TEXT)
def test_no_word_of_any_text_is_lost_or_doubled(pieces: list[tuple[str, str]]) -> None:
    source = "".join(piece + end for piece, end in pieces)
    try:
        story = parse(source)
    except ArticleError:
        return
    left_out = any("left out" in problem.message for problem in story.problems)
    below = list(dropwhile(lambda line: line.is_blank, lines_of(source)))[1:]
    has_contents = by_contents(blocks_of(below), []) is not None

    assert left_out or has_contents or words_of(story) == words(source)


@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        "a\n",
        "a b. ",
        "港\n",
        "Title\n\n",
        "- x\n",
        "— a ",
        "1. A\nb\n\n",
        "-" * 70 + "\n",
        "One\n\nTwo.\n\n",
    ],
)
def test_long_texts_of_one_kind_are_read(piece: str) -> None:
    """What takes more than linear time would take many minutes (E3)."""
    source = "Title\n\n" + piece * (200_000 // len(piece)) + "\n\nEnd."

    story = parse_plaintext(source, "s", "en", Limits(slides=10**7, characters=10**7))

    assert story.slides


def words(text: str) -> list[str]:
    """Return what can be read of a text, in order, without rows of signs."""
    lines = (line for line in lines_of(text) if not line.is_blank)
    return list("".join("".join(line.value.split()) for line in lines))


def words_of(story: Story) -> list[str]:
    """Return what can be read of a story, its title unless that is made from the file's name."""
    texts = [text.value for text in story.texts()]
    made = title_of_slug("story")
    shown = texts[texts[0] == made :]
    if story.slides[0].headline == story.title:
        shown = shown[1:]
    return list("".join("".join(text.split()) for text in shown))
