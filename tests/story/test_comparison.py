"""What a translation of Markdown lost or changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.comparison import compare

LINK = "See [the *plan*](https://example.org/plan) and **more**."


@pytest.mark.parametrize(
    ("source", "translation", "message"),
    [
        (LINK, "Voir le plan et **plus**.", "the link to https://example.org/plan is lost"),
        (LINK, "Voir [le](https://evil.example) et **plus**.", "leads to https://evil.example"),
        (LINK, LINK + " [x](https://evil.example)", "a link to https://evil.example that"),
        ("<https://a.example>", "a.example", "the link to https://a.example is lost"),
        ("A *b*", "A b", "the emphasis is lost"),
        ("A **b**", "A **b*", "a * shows in the text"),
        ("A `b`", "A `b", "a ` shows in the text"),
        ("[a][b]\n\n[b]: /c", "[a][b]", "the link to /c is lost"),
    ],
)
def test_a_difference_is_named(source: str, translation: str, message: str) -> None:
    found = list(compare(source, translation))

    assert any(message in difference.message for difference in found)
    assert all(difference.fix for difference in found)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        (LINK, "**Mehr** in [*dem* Plan](https://example.org/plan)."),
        ("A *b*", "Un **b**"),
        ("A", "Un *a*"),
        ("2 \\* 3", "2 \\* 3"),
        ("```\na * b\n```", "```\na * c\n```"),
        ("snake_case", "snake_case_"),
    ],
)
def test_what_a_translator_may_do_is_no_difference(source: str, translation: str) -> None:
    assert list(compare(source, translation)) == []


@given(st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert list(compare(text, text)) == []
