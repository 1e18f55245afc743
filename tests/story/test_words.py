"""The words of texts and of searches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.words import folded, folded_words, phrases_of, words_of

LETTERS = "aé œß\u0301\u00ad\u202f’-_1２夜行がﾞ각รถक्रि🚂"


def found(search: str, text: str) -> list[str]:
    """Return the places of the phrases of a search in a text."""
    words = [*words_of(text)]
    return [text[start:end] for each in phrases_of(search) for start, end in each.places(words)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Été à Noël", "ete a noel"),
        ("ŒUF", "oeuf"),
        ("Straße", "strasse"),
        ("ÅNE", "ane"),
        ("Łódź", "lodz"),
        ("ｼｮｰ ２０ＡＢ", "ｼｮｰ 20ab"),
        ("مُحَمَّد", "محمد"),
        ("ガ各각", "ガ各각"),
    ],
)
def test_case_and_accents_do_not_count(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("search", "text", "places"),
    [
        ("train", "Trains, TRAINS and strains", ["Trains", "TRAINS"]),
        ('"train"', "Trains, train", ["train"]),
        ('"train de nuit"', "un train de nuit, de nuit", ["train de nuit"]),
        ("« train de »", "un train\u202fde", ["train\u202fde"]),
        ('"train de nu', "un train de nuit", ["train de nuit"]),
        ("l'œuvre", "L’ŒUVRES, œuvre", ["L’ŒUVRES"]),
        ("peut-être", "Peut être", ["Peut être"]),
        ("a", "a ab à", ["a", "à"]),
        ("etoile", "E\u0301toiles", ["E\u0301toiles"]),
        ("donaudampf", "Donau\u00addampf", ["Donau\u00addampf"]),
        ("夜行", "寝台夜行列車", ["夜行"]),
        ("夜行列車", "夜行の列車と夜行列車", ["夜行列車"]),
        ("車", "列車と車掌", ["車と", "車掌"]),
        ("東京2020", "東京2020年", ["東京2020"]),
        ("กลาง", "รถไฟกลางคืน", ["กลาง"]),
        ("기차", "밤기차는", ["기차"]),
        ("रेल", "रेलगाड़ी में", ["रेलगाड़ी"]),
        ("%&*()", "50 % & *", []),
    ],
)
def test_a_search_finds_words_beginnings_of_words_and_phrases(
    search: str, text: str, places: list[str]
) -> None:
    assert found(search, text) == places


@given(st.text(LETTERS) | st.text())
def test_the_index_and_the_reader_see_the_same_words(text: str) -> None:
    assert folded_words(text) == [each.folded for each in words_of(folded(text))]


@given(st.text(LETTERS, min_size=1) | st.text())
def test_each_text_is_found_by_its_own_words(text: str) -> None:
    for phrase in phrases_of(text):
        assert [*phrase.places([*words_of(text)])]
