"""What describes a page: a first sentence, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.opening import cut, opening
from tests.support.bounded import run_bounded

LONG = "mot " * 14 + "fin"  # as long as a sentence has to be to stand alone


@pytest.mark.parametrize(
    "sentence",
    [
        f"{LONG}.",
        f"{LONG}\u202f!",
        f"{LONG}\u202f?",
        f"{LONG}…",
        f"«\u00a0{LONG}\u202f!\u00a0»",
        f"“{LONG}.”",
        f"{LONG} in 2026.",
        f"{LONG} 3. Mai 2026.",
        f"{LONG} Dr. Who, J. F. Kennedy and the U.S. Army.",
        f"{LONG}\u202f! dit-il.",
    ],
)
def test_the_first_sentence_ends_where_readers_end_it(sentence: str) -> None:
    assert opening(f"{sentence} Another one follows.") == sentence


@pytest.mark.parametrize(
    ("sentence", "following"),
    [
        ("这是一个句子，" * 9 + "结束了。", "这是另一个句子。"),
        ("これは文です、" * 9 + "「終わり！」", "次の文。"),
        ("هل هذه جملة " * 6 + "؟", " وهذه أخرى."),
        ("یہ ایک جملہ ہے " * 6 + "۔", " دوسرا جملہ۔"),
        ("यह एक वाक्य है " * 6 + "।", " दूसरा वाक्य।"),
        ("ይህ ዓረፍተ ነገር ነው " * 6 + "።", " ሌላ።"),
        ("នេះជាប្រយោគ" * 7 + "។", "មួយទៀត។"),
    ],
)
def test_a_sentence_ends_in_other_scripts_too(sentence: str, following: str) -> None:
    assert opening(sentence + following) == sentence


def test_a_short_sentence_takes_the_next_along() -> None:
    assert opening(f"Short. {LONG}. Another.") == f"Short. {LONG}."


def test_a_short_text_is_given_whole() -> None:
    assert opening("Short. Text") == "Short. Text"
    assert opening("") == ""


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert opening("word " * 60, 30) == "word word word word word word…"
    assert opening("word, " * 60, 30) == "word, word, word, word, word…"


def test_words_that_hold_together_are_not_parted() -> None:
    assert cut("un mot et un autre\u00a0: le dernier", 22) == "un mot et un autre…"


@pytest.mark.parametrize(
    ("text", "length", "given"),
    [
        ("日本語の文章には空白がない", 6, "日本語の文…"),
        ("ที่นี่ที่นี่", 5, "ที่…"),
        ("ab👩‍🚀cd", 4, "ab…"),
        ("abc👍🏽d", 5, "abc…"),
        ("第3 号線の電車は本日も運転を見合わせています", 12, "第3 号線の電車は本日…"),
    ],
)
def test_without_spaces_the_cut_leaves_letters_whole(text: str, length: int, given: str) -> None:
    assert cut(text, length) == given


@given(st.text(max_size=400))
def test_whatever_the_text_it_opens_the_same_way_and_is_short(text: str) -> None:
    given = opening(text, 100)

    assert len(given) <= 100
    assert text.startswith(given.removesuffix("…"))


@pytest.mark.parametrize("text", [".", "...", ". ", ".” ", "a.", "។", "!?", "J. "])
def test_twenty_thousand_ends_of_sentences_take_no_time(text: str) -> None:
    """Reading takes time linear in the length of the file (E3)."""
    out = run_bounded(
        "from slideshow.story.opening import opening\n"
        f"print(len(opening({text!r} * (200_000 // {len(text)}))))",
        seconds=3,
    )

    assert int(out) <= 201


def test_the_end_of_a_long_text_changes_nothing() -> None:
    text = "One word after the other, " * 20

    assert opening(text + "end. More.") == opening(text)
