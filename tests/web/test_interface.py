"""The interface in two languages (checks C4, C7, C11)."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from lxml import html

from slideshow.library.catalogues.reading import Catalogue
from slideshow.library.stories import Library
from slideshow.paths import shipped
from slideshow.web.i18n import Interface, LanguageName
from tests.web.conftest import ARTICLE, ClientOf, page, write

FRENCH = Interface("fr", Library().interface("fr"))
ENGLISH = Interface("en", ())


def catalogue(**messages: str) -> Catalogue:
    return Catalogue({("", id): text for id, text in messages.items()})


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0 diapositive", "0 slides"),
        (1, "1 diapositive", "1 slide"),
        (2, "2 diapositives", "2 slides"),
        (10, "10 diapositives", "10 slides"),
    ],
)
def test_plurals_follow_the_language(number: int, french: str, english: str) -> None:
    """Plurals, numbers and dates follow the language (C11)."""
    forms = ("%(num)s slide", "%(num)s slides", number)

    assert (FRENCH.ngettext(*forms), ENGLISH.ngettext(*forms)) == (french, english)


def test_a_missing_message_is_english_and_marked_in_html() -> None:
    message = FRENCH.gettext("Not <translated>")

    assert str(message) == "Not <translated>"
    assert message.__html__() == '<span lang="en" dir="ltr">Not &lt;translated&gt;</span>'


def test_a_translation_cannot_bring_markup_into_the_page() -> None:
    interface = Interface("fr", [Catalogue({("", "Next"): "<b>Suivant</b>"})])

    assert interface.gettext("Next").__html__() == "&lt;b&gt;Suivant&lt;/b&gt;"


@pytest.mark.parametrize(
    "translation", ["%(mun)s diapos", "100 %", "%(num)d diapos %s", "%(num)1000000000s", "%(num)*s"]
)
def test_a_translation_with_broken_placeholders_is_passed_over(translation: str) -> None:
    interface = Interface("fr", [Catalogue({("", "%(num)s slides"): translation})])

    message = interface.gettext("%(num)s slides", num="three")

    assert (str(message), message.is_translated) == ("three slides", False)


def test_a_language_is_named_in_that_of_the_message() -> None:
    part = "Not fully translated: some of this story is in %(language)s."
    value = LanguageName("fr")

    assert FRENCH.gettext(part, language=value).endswith("est en français.")
    assert Interface("es", ()).gettext(part, language=value).endswith("is in French.")


def test_the_foremost_catalogue_wins() -> None:
    interface = Interface("fr", [catalogue(a="1"), catalogue(a="2", b="3")])

    assert [interface.gettext(message) for message in "ab"] == ["1", "3"]


@pytest.mark.parametrize(("tag", "words"), [("fr-CA", "Suivant"), ("en-GB", "Next")])
def test_a_region_is_spoken_to_in_its_language(
    tmp_path: Path, client_of: ClientOf, tag: str, words: str
) -> None:
    client = client_of(write(tmp_path, {f"essai.{tag}.txt": ARTICLE}))

    (following,) = page(client, f"/{tag}/essai/1/").xpath("//a[@rel='next']")

    assert following.text == words


@pytest.mark.parametrize("path", sorted(shipped("translations").rglob("*.po")), ids=str)
def test_released_catalogues_are_complete(path: Path) -> None:
    """Nothing fuzzy, nothing missing, placeholders equal (C7)."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name, abort_invalid=True)

    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.id or not message.fuzzy, message.id
        assert all(strings), message.id
        assert not list(message.check(catalogue)), message.id


def test_threads_never_mix_languages(client: FlaskClient, client_of: ClientOf) -> None:
    """Readers of two languages at once never see a word of the other (C4)."""
    app = client.application
    words = {"fr": ("Suivant", "Précédent", "Diapositives"), "en": ("Next", "Previous", "Slides")}
    wrong: list[str] = []

    def read(language: str, other: str) -> None:
        reader = app.test_client()
        for _ in range(250):
            text = reader.get(f"/{language}/essai/2/").text
            if not all(word in text for word in words[language]):
                wrong.append(f"{language}: a word is missing")
            wrong.extend(word for word in words[other] if f">{word}<" in text)

    threads = [threading.Thread(target=read, args=pair) for pair in (("fr", "en"), ("en", "fr"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


ARABIC = """---
author: \u0622\u062f\u0627
date: 2026-11-24
updated: 2026-11-25
tags: [\u0644\u064a\u0644]
correction: "2026-11-25: \u062a\u0635\u062d\u064a\u062d."
---
# \u0639\u0646\u0648\u0627\u0646

## \u0648\u0627\u062d\u062f

![\u0645\u0634\u0647\u062f](a.svg)

\u0646\u0635.

![\u0641\u064a\u0644\u0645](a.mp4)

## \u0627\u062b\u0646\u0627\u0646

\u0646\u0635.
"""


@pytest.mark.parametrize(
    "path",
    ["ar/", "ar/a/", "ar/a/1/", "ar/a/2/", "ar/a/all/", "ar/a/embed/?slide=2", "embed/ar/a/2/",
     "ar/search?q=x", "ar/tags/\u0644\u064a\u0644.html", "ar/nothing/", "ar/offline.html"],
)  # fmt: skip
def test_the_words_that_a_language_lacks_are_marked_as_english(
    tmp_path: Path, client_of: ClientOf, path: str
) -> None:
    """Else a right-to-left page turns them round, and screen readers spell them (C5)."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0h9"/></svg>'
    client = client_of(write(tmp_path, {"a.ar.md": ARABIC, "a.svg": svg, "a.mp4": "-"}))

    tree: Any = html.document_fromstring(client.get(f"/{path}").data.decode())
    texts = tree.xpath(
        "//body//text()[not(ancestor::script or ancestor::style or ancestor::textarea)]"
        "[not(ancestor::*[@lang][1][not(starts-with(@lang, 'ar'))])]"
    )

    words = [text.strip() for text in texts if re.search("[a-z]", text)]
    assert [each for each in words if each != "Slideshow" and "http://" not in each] == []


@pytest.mark.parametrize("path", ["", "essai/", "essai/1/", "essai/3/", "essai/all/"])
def test_links_say_where_they_lead(client: FlaskClient, path: str) -> None:
    """WCAG 2.4.4; the words are those that Lighthouse finds to say nothing."""
    empty = {"click here", "this", "go", "here", "start", "right here", "more", "learn more"}

    links = page(client, f"/en/{path}").xpath("//a[@href]")

    assert [text for a in links if (text := a.text_content().strip().lower()) in {"", *empty}] == []


def test_a_catalogue_that_comes_broken_takes_no_page_down(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(stories)
    po = {f"translations/{tag}/LC_MESSAGES/messages.po": 'msgid "x\n' for tag in ("fr", "es")}
    write(stories, {**po, "translations/es/LC_MESSAGES/essai.po": 'msgid "x\n'})

    titles = [
        page(client, path).findtext(".//title") for path in ("/fr/", "/fr/essai/1-un/", "/es/")
    ]

    assert titles == ["Diaporamas – Slideshow", "Un – Un titre – Slideshow", "Stories – Slideshow"]
    assert client.get("/es/essai/1/").status_code == 404
    said = [line for line in caplog.messages if line.endswith("it is passed over")]
    assert len(said) == len(po) + 1
