"""The search of an exported site: the same words as the server's, without a server."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from slideshow.commands.export import Site, export
from slideshow.library.index.index import Index
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.words import folded, phrases_of, words_of
from tests.browser.test_export import Quiet
from tests.support.http import answering

FILLER = 14  # stories, so that the shelf has a search
STORIES = {
    "night.en.md": "# The night train\n\nA lead of lamps.\n\n## A ticket\n\nThe counter closed."
    "\n\n## Platform nine\n\nThe train stood there, its **lamps** lit.\n\n![A green one.](a.png)",
    "ferry.en.md": "# The ferry\n\n## Away\n\nIts lamps were out. A train had gone; ticket nine.",
    "cafe.fr.md": "# Le café\n\n## L’été\n\nUn œuf, des lampes et la crème brûlée.",
    "yako.ja.md": "# 夜行列車\n\n## 出発\n\n東京駅から夜行列車が出発した。",
    "draft.en.md": "---\ndraft: true\n---\n# The secret\n\n## Lamps\n\nNobody reads of lamps.",
}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    filler = {f"story-{n}.en.md": f"# Story {n}\n\n## One\n\nSome text.\n" for n in range(FILLER)}
    for name, text in {**STORIES, **filler}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def exported(stories: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    with answering(partial(Quiet, directory=str(root))) as address:
        base = f"{address}/news"
        site = Site(Settings(stories=str(stories), base_url=base))
        export(site, root / "news", lambda done: None)
        yield base


def find(page: Page, exported: str, words: str, language: str = "en") -> None:
    page.goto(f"{exported}/{language}/")
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#found")).not_to_be_empty()


def test_slides_are_found_with_their_words_marked(page: Page, exported: str) -> None:
    find(page, exported, "lamps")

    results = page.locator("#stories > ul > li")
    expect(results).to_have_count(2)
    assert results.locator("> a").all_inner_texts() == ["The night train", "The ferry"]
    expect(results.first.locator("> p mark")).to_have_text("lamps")
    slide = results.first.locator("ul a")
    expect(slide).to_have_text("Platform nine")
    expect(results.first.locator("ul p")).to_contain_text("The train stood there, its lamps lit.")
    assert page.url.endswith("/en/?q=lamps")
    expect(page.locator("h1")).to_have_text("Search results for “lamps”")

    slide.click()

    page.wait_for_url(f"{exported}/en/night/2-platform-nine/**")


@pytest.mark.parametrize(
    ("words", "language", "titles"),
    [
        ("nine train", "en", ["The night train", "The ferry"]),
        ('"train stood"', "en", ["The night train"]),
        ('"train nine"', "en", []),
        ("GREEN on", "en", ["The night train"]),
        ("oeuf cremé", "fr", ["Le café"]),
        ("l'été", "en", ["Le café"]),
        ("夜行", "ja", ["夜行列車"]),
        ("車", "en", ["夜行列車"]),
        ("secret", "en", []),
        ("%&* <b>", "en", []),
    ],
)
def test_what_is_found_is_what_the_server_finds(
    page: Page, exported: str, stories: Path, words: str, language: str, titles: list[str]
) -> None:
    find(page, exported, words, language)

    assert page.locator("#stories > ul > li > a").all_inner_texts() == titles
    library = Library(stories)
    slugs = Index(library, patience=60).find(words, language)
    assert {library.story(slug).title.value for slug in slugs} == {*titles}  # type: ignore[union-attr]


def test_an_address_with_words_shows_their_results_and_none_is_the_shelf(
    page: Page, exported: str
) -> None:
    page.goto(f"{exported}/en/?q=ferry")
    expect(page.locator("#stories > ul > li > a").first).to_have_text("The ferry")

    page.get_by_role("searchbox").fill("")

    expect(page.locator("#stories > ul > li")).to_have_count(FILLER + 4)
    expect(page.locator("h1")).to_have_text("Stories")
    assert page.url.endswith("/en/")


def test_without_scripts_there_is_no_search(
    context_of: Callable[..., BrowserContext], exported: str
) -> None:
    page = context_of(java_script_enabled=False).new_page()

    page.goto(f"{exported}/en/")

    expect(page.locator("#q")).to_be_hidden()


def test_without_a_network_the_search_says_so(
    context_of: Callable[..., BrowserContext], exported: str
) -> None:
    page = context_of().new_page()
    page.route("**/words-*.json", lambda route: route.abort())

    find(page, exported, "lamps")

    expect(page.locator("#found")).to_have_text("Couldn’t load. Try again.")
    page.unroute("**/words-*.json")
    page.keyboard.press("Enter")
    expect(page.locator("#stories mark").first).to_have_text("lamps")


def test_the_script_knows_words_as_the_index_does(page: Page, exported: str) -> None:
    """Every letter of the alphabets in use, alone and in words and searches."""
    page.goto(f"{exported}/en/")
    module = page.locator("script[type=module]").get_attribute("src")
    letters = [
        chr(code) for code in range(0x20, 0xFFFF) if unicodedata.category(chr(code))[0] != "C"
    ]
    texts = [*STORIES.values(), *(f"a{each}b, {each}{each}" for each in letters)]

    ask = """async ([module, letters, texts]) => {
      const { fold, wordsOf, phrasesOf } = await import(module);
      return JSON.stringify([
        letters.map(fold),
        texts.map((text) => wordsOf(text).map(({ word }) => word)),
        texts.map((text) => phrasesOf(text).map(({ words, isOpen }) => [words, isOpen])),
      ]);
    }"""
    folds, words, phrases = json.loads(page.evaluate(ask, [module, letters, texts]))

    others = [each for each, fold in zip(letters, folds, strict=True) if fold != folded(each)]
    assert [unicodedata.name(each, each) for each in others] == []
    assert words == [[word.folded for word in words_of(text)] for text in texts]
    assert phrases == [
        [[[*phrase.words], phrase.is_open] for phrase in phrases_of(text)] for text in texts
    ]
