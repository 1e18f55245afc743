"""What a page tells machines: descriptions, cards' tags and JSON-LD (check A6)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from slideshow.story.model import Story, Text
from tests.web.conftest import ARTICLE, ClientOf, page, write
from tests.web.test_slides import PAGES

VOCABULARY = json.loads((Path(__file__).parent.parent / "data/schema-org.json").read_text())
DETAILS = "---\nauthor: Ada\ndate: 2026-11-24\nsource: https://example.org/a\n---\n"
OF_TEXT = {"Text", "URL", "Date", "DateTime", "Language"}


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def meta(client: FlaskClient, path: str, name: str) -> str:
    query = f"string(//meta[@property='{name}' or @name='{name}']/@content)"
    return str(page(client, path).xpath(query))


def data(client: FlaskClient, path: str) -> Any:
    [script] = page(client, path).xpath("//head/script[@type='application/ld+json']")
    return json.loads(script.text)


def breaches(thing: dict[str, Any]) -> Iterator[str]:
    """Return the names in a thing, and in the things in it, that the vocabulary lacks."""
    kind = thing["@type"]
    kinds = {kind, *VOCABULARY["types"][kind]}
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        known = VOCABULARY["properties"].get(name)
        if known is None or not kinds & set(known["domains"]):
            yield f"{kind} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                if not {each["@type"], *VOCABULARY["types"][each["@type"]]} & set(known["ranges"]):
                    yield f"{name} is no {each['@type']}"
                yield from breaches(each)
            elif not (OF_TEXT if isinstance(each, str) else {"Integer"}) & set(known["ranges"]):
                yield f"{name} is not {each!r}"


@pytest.fixture
def article(tmp_path: Path, client_of: ClientOf) -> FlaskClient:
    body = "# Titre\n\n## Un\n\nPremier *mot*.\n\n## Deux\n\nDeux.\n\n## Trois\n\nFin.\n"
    catalogue = 'msgid "Titre"\nmsgstr "Title"\n\nmsgid "Un"\nmsgstr "One"\n'
    files = {"essai.fr.md": DETAILS + body, "translations/en/LC_MESSAGES/essai.po": catalogue}
    return client_of(write(tmp_path, files))


MORE = [
    "/index.html",
    "/fr+en/essai/",
    "/fr+en/essai/2-deux/",
    "/en+fr/essai/all/",
    "/fr/essai/embed/?slide=2-deux",
]


@pytest.mark.parametrize("path", [*PAGES, *MORE])
def test_a_page_has_what_shows_where_its_link_is_passed_on(client: FlaskClient, path: str) -> None:
    """Every page has its Open Graph tags, its picture with sizes and its alternates (A6)."""
    other = {"fr": "en_US", "en": "fr_FR"}.get(path[1:3], "")

    assert meta(client, path, "og:locale:alternate") == other
    assert meta(client, path, "og:locale") not in ("", other)
    assert meta(client, path, "og:title")
    assert meta(client, path, "og:description") == meta(client, path, "description") != ""
    assert meta(client, path, "og:url") == page(client, path).xpath(
        "string(//link[@rel='canonical']/@href)"
    )
    links = "//link[@rel='alternate'][@hreflang]/@href"
    assert all(link.startswith("http://localhost/") for link in page(client, path).xpath(links))
    image = meta(client, path, "og:image")
    assert image.startswith("http://localhost/")
    answer = client.get(image.removeprefix("http://localhost"))
    assert answer.mimetype == meta(client, path, "og:image:type")
    assert meta(client, path, "og:image:alt") == meta(client, path, "twitter:image:alt") != ""
    assert meta(client, path, "twitter:card") in ("summary", "summary_large_image")
    size = [int(meta(client, path, f"og:image:{side}")) for side in ("width", "height")]
    assert all(side > 200 for side in size)


def test_the_description_is_the_first_sentence(tmp_path: Path, client_of: ClientOf) -> None:
    sentence = f"Voilà une phrase, «\u00a0longue\u00a0» {'et longue ' * 5}!"
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T\n\nA\n\n{sentence} Une autre.\n"}))

    for path in ("/fr/essai/", "/fr/essai/1-a/", "/fr/essai/all/"):
        assert meta(client, path, "description") == sentence


def test_what_says_nothing_is_described_by_its_title() -> None:
    story = Story("essai", Text("Titre", "fr"), (), "fr", "fr")

    assert story.summary() == "Titre"


@pytest.mark.parametrize("path", PAGES)
def test_json_ld_speaks_the_vocabulary(article: FlaskClient, path: str) -> None:
    described = data(article, path)

    assert described["@context"] == "https://schema.org"
    assert list(breaches(described)) == []


def test_the_vocabulary_is_held_against_us() -> None:
    wrong = {"@type": "Person", "headline": "H", "name": {"@type": "Person"}, "url": 3}

    assert len(list(breaches(wrong))) == 3


def test_the_story_says_who_wrote_it_when_and_from_what(article: FlaskClient) -> None:
    story = data(article, "/fr/essai/")

    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "Titre"
    assert story["author"] == {"@type": "Person", "name": "Ada"}
    assert date.fromisoformat(story["datePublished"]) == date(2026, 11, 24)
    assert story["isBasedOn"] == "https://example.org/a"
    assert story["publisher"]["name"] == "Slideshow"


@pytest.mark.parametrize("path", [path for path in PAGES if "essai" in path])
def test_every_page_of_a_story_names_its_author_and_its_dates(
    article: FlaskClient, path: str
) -> None:
    head = page(article, path).xpath("/html/head")[0]

    described = data(article, path)

    assert described["author"] == {"@type": "Person", "name": "Ada"}
    assert described["image"] == meta(article, path, "og:image")
    assert head.xpath("meta[@name='author']/@content") == ["Ada"]
    for name, field in (("published", "datePublished"), ("modified", "dateModified")):
        [moment] = head.xpath(f"meta[@property='article:{name}_time']/@content")
        assert moment == described[field]
        assert datetime.fromisoformat(moment)


def test_a_source_that_is_no_address_is_cited(tmp_path: Path, client_of: ClientOf) -> None:
    text = "---\nsource: Le Monde\n---\n# T\n\n## A\n\nB\n"
    client = client_of(write(tmp_path, {"essai.fr.md": text}))

    assert data(client, "/fr/essai/")["citation"] == "Le Monde"
    assert "isBasedOn" not in data(client, "/fr/essai/")


def test_what_the_article_does_not_say_is_left_out(client: FlaskClient) -> None:
    story = data(client, "/fr/essai/")

    assert not {"author", "datePublished", "isBasedOn", "citation"} & set(story)


def test_a_story_and_its_translations_name_each_other(article: FlaskClient) -> None:
    french, english = (data(article, f"/{language}/essai/") for language in ("fr", "en"))

    assert [each["@id"] for each in french["workTranslation"]] == [english["@id"]]
    assert french["workTranslation"][0]["inLanguage"] == english["inLanguage"] == "en"
    assert english["translationOfWork"]["@id"] == french["@id"]
    assert "workTranslation" not in english


def test_a_story_has_its_slides_as_parts_and_they_name_it(article: FlaskClient) -> None:
    story = data(article, "/en/essai/")
    slides = [data(article, f"/en/essai/{position}/") for position in (1, 2, 3)]

    assert [part["headline"] for part in story["hasPart"]] == ["One", "Deux", "Trois"]
    assert [part["@id"] for part in story["hasPart"]] == [slide["@id"] for slide in slides]
    assert [slide["inLanguage"] for slide in slides] == ["en", "fr", "fr"]
    assert {slide["isPartOf"]["@id"] for slide in slides} == {story["@id"]}


def test_a_long_story_names_only_its_first_slides(tmp_path: Path, client_of: ClientOf) -> None:
    slides = "".join(f"H{number}\n\nText {number}\n\n" for number in range(300))
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T\n\n{slides}"}))

    assert len(data(client, "/fr/essai/")["hasPart"]) == 100


@pytest.mark.parametrize("text", ["</script><b>x</b>", "<!--<script>", "]]>&amp;", "\u2029x'\""])
def test_no_text_ends_the_data_early(tmp_path: Path, client_of: ClientOf, text: str) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T {text}\n\nH {text}\n\nP\n"}))

    assert data(client, "/fr/essai/1/")["headline"] == f"H {text}"
    assert data(client, "/fr/essai/")["headline"] == f"T {text}"
    assert not page(client, "/fr/essai/1/").xpath("//b")


def test_the_data_does_not_swell_for_letters_with_accents(
    tmp_path: Path, client_of: ClientOf
) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": ARTICLE.replace("Un\n", "Été\n")}))

    assert '"headline":"Été"' in client.get("/fr/essai/1-été/").text
