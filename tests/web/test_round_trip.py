"""From article to catalogue to page: what a translator wrote is what a reader sees (check C8)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from slideshow.library.catalogues.extraction import messages_of
from slideshow.library.catalogues.updating import update
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.model import Slide, Story, Text
from slideshow.story.showing import Showing
from slideshow.web.app import create_app
from tests.translating import fill
from tests.web.conftest import write

pytestmark = pytest.mark.trial

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HARD = 'Ah\u202f! « <b>oui</b> » & 50 % of %(name)s {x} "\\n" \u200f’'
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(
    lambda text: f"x{text}x"
)
SLIDES = st.lists(
    st.tuples(TEXT, TEXT, st.none() | TEXT, st.none() | TEXT),
    min_size=4,
    max_size=20,
    unique_by=lambda row: row[0],
)
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Slides = list[tuple[str, str, str | None, str | None]]


@pytest.mark.parametrize("suffix", ["txt", "md"])
@settings(max_examples=20, deadline=None, suppress_health_check=SHARED)
@given(SLIDES, TEXT)
@example([(HARD, HARD, f"{HARD} 2", None), ("b", "é" * 5000, None, "y " * 2500 + "z")], HARD)
def test_any_text_goes_from_article_to_catalogue_to_page(
    tmp_path: Path, suffix: str, slides: Slides, title: str
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    mark = "#" if suffix == "md" else ""
    parts = "".join(f"{mark * 2} {headline}\n\ntext {text}\n\n" for headline, text, *_ in slides)
    # In plain text the contents say which lines are headlines.
    contents = "" if mark else "".join(f"{headline}\n" for headline, *_ in slides) + "\n"
    write(tmp_path, {f"a.en.{suffix}": f"{mark} T\n\n{contents}{parts}"})
    story = Library(tmp_path).story("a")
    assert story is not None
    catalogue = tmp_path / "translations" / "es" / "LC_MESSAGES" / "a.po"
    update(catalogue, messages_of(story, f"a.en.{suffix}"), "a", "en", NOW)
    translations = {"T": title}
    for slide, (_, _, headline, paragraph) in zip(story.slides, slides, strict=True):
        for source, translation in zip(slide_texts(slide), (headline, paragraph), strict=True):
            if translation:
                translations[source.value] = translation
    fill(catalogue, translations)

    page = create_app(Settings(stories=str(tmp_path))).test_client().get("/es/a/all/")

    assert page.status_code == 200
    assert list(shown(page.text)) == list(expected(story, translations))


def slide_texts(slide: Slide) -> list[Text]:
    return list(slide.texts())


def shown(page: str) -> Iterator[tuple[str, str | None]]:
    """Yield each text of a page with its ``lang``, the title first."""
    tree = html.document_fromstring(page)
    elements: list[html.HtmlElement] = tree.findall(".//main/h1")
    for element in elements + tree.findall(".//main/section/*"):
        yield str(element.text_content()).strip(" \n"), element.get("lang")


def expected(story: Story, translations: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """Return the text for a reader of Spanish: a translation, else the source, with its lang."""
    title, *texts = story.texts()
    headlines = {id(slide.headline) for slide in story.slides}
    for text in (title, *texts):
        value = translations.get(text.value, text.value)
        if text.markup.name:
            is_line = text is title or id(text) in headlines
            drawn = replace(text, value=value)
            html_of = drawn.inline() if is_line else drawn.html(Showing(text.language))
            parent = html.fragment_fromstring(html_of, create_parent="div")
            value = str(parent.text_content())
        yield value.strip(" \n"), None if text.value in translations else "en"
