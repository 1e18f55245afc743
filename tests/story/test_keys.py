"""The keys of slides in URLs."""

import pytest

from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.keys import Place, key_of, nearest, parse_place
from slideshow.story.translation import translate, translated_keys


@pytest.mark.parametrize(
    ("headline", "key"),
    [
        ("Platform nine", "platform-nine"),
        ("Été à la gare", "été-à-la-gare"),
        ("E\u0301te\u0301", "été"),
        ("L’heure : « non » !", "l-heure-non"),
        ("東京の夜行列車", "東京の夜行列車"),
        ("2026: a review", "2026-a-review"),
        ("../../etc/passwd?x#y", "etc-passwd-x-y"),
        ("***", ""),
    ],
)
def test_a_key_has_the_letters_of_the_headline(headline: str, key: str) -> None:
    assert key_of(headline) == key


def test_a_key_is_short_and_ends_between_words_or_letters() -> None:
    sentence = key_of("The counter closed at six and nobody at the station was surprised by it")
    assert sentence == "the-counter-closed-at-six-and-nobody-at-the"
    assert len(key_of("x" * 200)) == 48
    assert key_of("e\u0323" * 60)[-1] == "ẹ"
    assert key_of("q\u0308" * 60) == "q\u0308" * 24


def test_the_key_of_a_key_is_itself() -> None:
    for headline in ("Platform nine", "Été à la gare", "x" * 200, "東京の夜行列車"):
        assert key_of(key_of(headline)) == key_of(headline)


def test_each_slide_of_a_story_has_its_own_key() -> None:
    story = parse_plaintext("T\n\nOne\n\nA.\n\nOne\n\nB.\n\nOne 2\n\nC.\n", "s", "en")

    assert story.keys == ("one", "one-2", "one-2-2")
    assert story.place(2) == Place(2, "one-2")


def test_a_slide_without_a_headline_has_its_position_alone() -> None:
    story = parse_markdown("First.\n\n---\n\nSecond.\n", "s", "en")

    assert story.keys == ("", "")
    assert str(story.place(2)) == "2"


def test_the_authors_own_name_is_the_key_in_every_language() -> None:
    story = parse_markdown("# T\n\n## A *long* headline {#quay}\n\nText.\n", "s", "en")
    french = translate(story, {"A *long* headline": "Un titre"}.get, "fr")

    assert (story.keys, french.keys) == (("quay",), ("quay",))
    assert french.slides[0].name.plain() == "Un titre"


def test_markup_is_no_part_of_a_key() -> None:
    text = "# T\n\n## A [link](https://example.org) & *so* on\n\nText.\n"

    assert parse_markdown(text, "s", "en").keys == ("a-link-so-on",)


def test_the_keys_of_a_translation_are_known_without_translating_it_all() -> None:
    story = parse_plaintext("T\n\nOne\n\nA.\n\nTwo\n\nB.\n", "s", "en")
    words = {"One": "Un", "A.": "A !"}

    assert translated_keys(story, words.get, "fr") == translate(story, words.get, "fr").keys


@pytest.mark.parametrize("written", ["3", "3-platform-nine", "3-2026-a-review"])
def test_a_place_is_written_as_it_is_read(written: str) -> None:
    assert str(parse_place(written)) == written
    assert parse_place(written).position == 3


def test_a_reworded_headline_is_found_by_its_likeness() -> None:
    keys = ("the-counter-closes-at-six", "platform-nine", "")

    assert nearest("the-counter-closed-at-six", keys) == "the-counter-closes-at-six"
    assert nearest("something-else", keys) is None
