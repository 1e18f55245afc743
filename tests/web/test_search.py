"""Search: slides by the words of their texts, in the language of their reader, if public."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.web.search import SLIDES_PER_STORY
from tests.web.conftest import ClientOf, page, write
from tests.web.test_publishing import (
    BOTH,
    NOON,
    WORDS,
    Hand,
    catalogue,
    client_at,
    place_of,
    put,
    zebra,
)

STORIES = "//ul[@class='stories']/li"


def results(client: FlaskClient, words: str, language: str = "en") -> list[html.HtmlElement]:
    """Return the elements of the stories that are found."""
    return list(page(client, f"/{language}/search?q={quote(words)}").xpath(STORIES))


def slides(client: FlaskClient, words: str, language: str = "en") -> list[list[str]]:
    """Return headline and excerpt of each slide that is found, its marks in brackets."""
    found = results(client, words, language)
    for mark in (mark for each in found for mark in each.xpath(".//mark")):
        mark.text = f"[{mark.text}]"
    return [
        [str(part.text_content()).strip() for part in slide.xpath("./a | ./p")]
        for each in found
        for slide in each.xpath(".//ul[@class='slides']/li")
    ]


TRAIN = """\
# The night train

Leads to the *sea*.

## Platform nine

A whistle, and **nobody** hears it.

- Steam rises
- & the <whistle> again

## Tunnel

The whistle was heard by nobody. {}

## Coda

![A whistle of brass](lamp.jpg)
"""


@pytest.fixture(scope="module")
def client(module_path: Path, client_of: ClientOf) -> FlaskClient:
    text = TRAIN.format("word " * 100 + "zephyr " + "other " * 100)
    french = {
        "The night train": "Le train de nuit",
        "Platform nine": "Voie neuf",
        "A whistle, and **nobody** hears it.": "Un sifflet, que **personne** n’entend.",
    }
    files = {
        "train.en.md": text,
        "translations/fr/LC_MESSAGES/train.po": catalogue(french),
        "other.fr.md": "# Autre\n\n## Le sifflet\n\nRien.\n",
    }
    return client_of(write(module_path, files))


def test_slides_are_found_by_their_texts_with_the_words_marked(client: FlaskClient) -> None:
    assert slides(client, "NOBODY whis") == [
        ["Platform nine", "A [whistle], and [nobody] hears it."],
        ["Tunnel", slides(client, "nobody whistle")[1][1]],
    ]
    assert slides(client, "nobody whistle")[1][1].startswith("The [whistle] was heard by [nobody].")


def test_a_long_text_is_cut_around_the_words(client: FlaskClient) -> None:
    ((headline, text),) = slides(client, "zephyr")

    assert headline == "Tunnel"
    assert text.startswith("… word word")
    assert "word [zephyr] other" in text
    assert text.endswith("other …")
    assert len(text) < 240


def test_a_headline_is_found_too_and_shown_with_the_first_text(client: FlaskClient) -> None:
    assert slides(client, "platform") == [["[Platform] nine", "A whistle, and nobody hears it."]]


def test_the_lead_is_found_on_the_cover(client: FlaskClient) -> None:
    (story,) = results(client, "sea")

    assert story.xpath("string(./p)").strip() == "Leads to the sea."
    assert story.xpath("./p/mark/text()") == ["sea"]
    assert story.xpath("./a/@href") == ["/en/train/#:~:text=to%20the-,sea"]


def test_a_phrase_is_in_one_text(client: FlaskClient) -> None:
    assert [each[0] for each in slides(client, '"heard by nobody"')] == ["Tunnel"]
    assert slides(client, '"by whistle"') == []


def test_the_words_of_a_story_may_be_on_several_slides(client: FlaskClient) -> None:
    assert [each[0] for each in slides(client, "platform zephyr")] == ["[Platform] nine", "Tunnel"]


def test_texts_are_found_in_the_language_of_the_reader(client: FlaskClient) -> None:
    french = slides(client, "sifflet", "fr")

    assert ["Voie neuf", "Un [sifflet], que personne n’entend."] in french
    assert ["Le [sifflet]", "Rien."] in french
    assert slides(client, "sifflet", "en") == [["Le [sifflet]", "Rien."]]


def test_an_untranslated_text_is_in_its_own_language(client: FlaskClient) -> None:
    (story,) = results(client, "heard", "fr")

    assert story.xpath(".//ul//p/@lang") == ["en"]
    assert story.xpath(".//ul//a/@href")[0].startswith("/fr/train/2-tunnel/#")


def test_text_is_escaped_and_marks_are_the_only_elements(client: FlaskClient) -> None:
    text = client.get("/en/search?q=%26+again").text

    assert "&amp; the &lt;whistle&gt; <mark>again</mark>" in text or "<whistle>" not in text


@pytest.mark.parametrize(
    ("words", "directives"),
    [
        ("zephyr", "text=word%20word-,zephyr,-other%20other"),
        ('"by nobody"', "text=was%20heard-,by%20nobody,-.%20word%20word"),
        ("steam", "text=Steam,-rises"),
    ],
)
def test_a_link_marks_the_words_on_its_slide(
    client: FlaskClient, words: str, directives: str
) -> None:
    ((story),) = results(client, words)

    assert story.xpath(".//ul//a/@href")[0].partition("#:~:")[2] == directives


def test_a_story_shows_its_first_slides_and_their_number(
    tmp_path: Path, client_of: ClientOf
) -> None:
    text = "# T\n" + "".join(f"\n## H{number}\n\nMoon.\n" for number in range(9))
    client = client_of(write(tmp_path, {"a.en.md": text}))

    (story,) = results(client, "moon")

    assert len(story.xpath(".//ul/li")) == SLIDES_PER_STORY
    assert "9 slides found" in story.text_content()


@pytest.mark.parametrize("words", ['"', "*", "NEAR(a", "title:whistle OR", "-", "%00", "(", "🚂"])
def test_any_search_is_answered(client: FlaskClient, words: str) -> None:
    answer = client.get("/en/search", query_string={"q": words})

    assert answer.status_code == 200


def said(client: FlaskClient, words: str) -> bool:
    """Check whether a search finds something; fail if the answer is contradictory."""
    text = client.get(f"/en/search?q={words}").text
    is_found = "zebra/" in text
    assert is_found is ("1 story found." in text)
    assert is_found is ("<mark>" in text)
    return is_found


def test_nothing_of_a_story_is_found_before_or_after_its_time(tmp_path: Path) -> None:
    hand = Hand()
    matter = "publish: 2026-12-01T13:00Z\nexpires: 2026-12-01T14:00Z\n"
    client = client_at(place_of(tmp_path, zebra=zebra(matter)), hand)

    seen = []
    for hour in (12, 13, 14):
        hand.moment = NOON.replace(hour=hour)
        seen.append(said(client, "black"))

    assert seen == [False, True, False]


@pytest.mark.parametrize("matter", ["draft: true\n", "removed: true\n", BOTH])
def test_nothing_of_a_story_that_is_not_public_is_found(tmp_path: Path, matter: str) -> None:
    client = client_at(place_of(tmp_path, zebra=zebra(matter)), Hand())

    assert not said(client, "black")


def test_an_edit_that_waits_for_its_translation_is_not_found(tmp_path: Path) -> None:
    hand = Hand()
    place = place_of(tmp_path, zebra=zebra(BOTH), french=catalogue(WORDS))
    client = client_at(place, hand)
    before = said(client, "black")

    put(place, "zebra", zebra(BOTH, "Secret."))

    assert (before, said(client, "black"), said(client, "secret")) == (True, True, False)


def test_the_hyphens_of_found_words_do_not_break(tmp_path: Path, client_of: ClientOf) -> None:
    """No line begins with « t-elle » among the results either."""
    text = "# Achète-t-elle des lampes ?\n\n## Une\n\nLes lampes, dit-on, brûlent.\n"
    client = client_of(write(tmp_path, {"a.fr.md": text}))

    found = page(client, "/fr/search?q=lampes").xpath("//ul[@class='stories']")[0].text_content()

    assert "Achète\u2011t\u2011elle des lampes" in found
    assert "Les lampes, dit\u2011on, brûlent." in found
