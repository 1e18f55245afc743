"""The pages, by their URLs (checks C1-C5, C8, C9, C12, B12)."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.web.conftest import ARTICLE, ClientOf, keyed, page, settle, write

KINDS = ["/{}/", "/{}/essai/", "/{}/essai/1/", "/{}/essai/3/", "/{}/essai/all/"]
PAGES = [kind.format(language) for kind in KINDS for language in ("fr", "en")]


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def links(tree: html.HtmlElement, path: str) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in tree.xpath(path)}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-CA", "fr"),
        ("en;q=.5,fr", "fr"),
        ("de, fr;q=0.8, en;q=0.9", "en"),
        ("fr;q=0, xx", "en"),
        ("*", "en"),
        ("", "en"),
        ("\x7f;;;=q,,", "en"),
        ("x" * 10_000, "en"),
        ("de-CH", "en"),
    ],
)
def test_the_root_leads_to_the_readers_language(
    client: FlaskClient, accepted: str, language: str
) -> None:
    """The start page leads to the language that the reader's browser asks for (C2)."""
    response = client.get("/", headers={"Accept-Language": accepted})

    assert response.status_code == 303
    assert response.location == f"/{language}/"
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_the_language_of_its_path(client: FlaskClient, path: str) -> None:
    """Every address has its twin in every language (C1, C2)."""
    response = client.get(path, headers={"Accept-Language": "de, xx;q=0.1"})
    tree = html.document_fromstring(response.data.decode())

    assert tree.get("lang") == response.headers["Content-Language"] == path[1:3]
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/index.html", "/nothing", "/embed/"])
def test_a_page_without_a_language_in_its_address_is_each_readers_own(
    client: FlaskClient, path: str
) -> None:
    for language in ("fr", "en", "fr"):
        response = client.get(path, headers={"Accept-Language": language})

        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_twins_name_each_other(client: FlaskClient, path: str) -> None:
    """Mutual hreflang, with x-default; canonical is the page itself (C1)."""
    alternates = links(page(client, path), "//link[@rel='alternate'][@hreflang]")

    assert set(alternates) == {"fr", "en", "x-default"}
    assert alternates[path[1:3]] == f"http://localhost{keyed(path)}"
    for address in alternates.values():
        twin = page(client, address.removeprefix("http://localhost"))
        assert links(twin, "//link[@rel='alternate'][@hreflang]") == alternates
        assert twin.xpath("string(//link[@rel='canonical']/@href)") == address


def test_programs_that_translate_pages_leave_the_names_of_languages_alone(
    client: FlaskClient,
) -> None:
    for path in ("/fr/essai/", "/fr/essai/1/", "/embed/fr/essai/1/"):
        names = page(client, path).xpath("//nav[@id='languages']//a[@lang]/@translate")
        assert names, path
        assert {*names} == {"no"}


@pytest.mark.parametrize("path", PAGES)
def test_language_links_keep_the_place(client: FlaskClient, path: str) -> None:
    """The switch of language leads to the same slide (C12)."""
    nav = links(page(client, path), "//nav[@id='languages']//a[@hreflang]")

    assert nav == {tag: keyed(f"/{tag}{path[3:]}") for tag in ("fr", "en")}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_describes_itself(client: FlaskClient, path: str) -> None:
    tree = page(client, path)

    def content(name: str) -> str:
        return str(tree.xpath(f"string(//meta[@property='{name}' or @name='{name}']/@content)"))

    assert content("og:url") == f"http://localhost{keyed(path)}"
    assert content("og:title") in tree.xpath("string(//title)")
    assert content("description") == content("og:description") != ""
    assert content("og:locale") == {"fr": "fr_FR", "en": "en_US"}[path[1:3]]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/FR/essai/3/", "/fr/essai/3-trois/"),
        ("/fr/essai/3-trois", "/fr/essai/3-trois/"),
        ("/fr", "/fr/"),
        ("/Fr/", "/fr/"),
        ("/EN/essai/all/", "/en/essai/all/"),
    ],
)
def test_another_spelling_leads_to_the_one_there_is(
    client: FlaskClient, path: str, other: str
) -> None:
    response = client.get(path)

    assert response.status_code == 308
    assert response.location.removeprefix("http://localhost") == other


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("//fr/essai/3-trois/", "/fr/essai/3-trois/"),
        ("///", "/"),
        ("//fr/essai", "/fr/essai"),
        ("//elsewhere.example/", "/elsewhere.example/"),
        ("//\\elsewhere.example/%", "/%5Celsewhere.example/%25"),
    ],
)
def test_a_slash_too_many_leads_to_the_path_without(
    client: FlaskClient, path: str, other: str
) -> None:
    given = {"PATH_INFO": path, "QUERY_STRING": "theme=dark"}

    response = client.get("/", environ_overrides=given)

    assert (response.status_code, response.location) == (308, f"{other}?theme=dark")


@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/..%2f/",
        "/fr/essai/03/",
        "/fr/essai/٣/",
        "/fr/essai/0/",
        "/fr/essai/4/",
        "/fr/essai/99999999999999999999999999/",
        "/fr/essai/-1/",
        "/fr/Essai/1/",
        "/fr/nothing/",
        "/fr/..%2fessai/",
        "/fr/%2e%2e/%2e%2e/etc/passwd",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/" + "x" * 5000 + "/",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    """Unknown languages are 404, other spellings redirect once (C3, D6)."""
    assert client.get(path).status_code == 404


def test_slides_show_the_article_in_order(client: FlaskClient) -> None:
    texts = [page(client, f"/fr/essai/{position}/") for position in (1, 2, 3)]

    assert [tree.xpath("string(//h1)") for tree in texts] == ["Un", "Deux", "Trois"]
    assert [tree.xpath("string(//article/p)") for tree in texts] == [
        "Premier.",
        "Deuxième.",
        "Troisième.",
    ]


def test_the_slide_has_what_tests_themes_and_hosts_rely_on(client: FlaskClient) -> None:
    main = page(client, "/fr/essai/2-deux/").xpath("//main")[0]

    assert main.get("id") == "slide"
    assert (
        dict(main.attrib).items()
        >= {
            "data-story": "essai",
            "data-position": "2",
            "data-total": "3",
        }.items()
    )
    assert main.xpath("string(.//a[@rel='prev']/@href)") == "/fr/essai/1-un/"
    assert main.xpath("string(.//a[@rel='next']/@href)") == "/fr/essai/3-trois/"
    assert "2 / 3" in main.text_content()
    assert not main.xpath(".//*[@role='status']")


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("/fr/essai/3-trois/", "next"),
        ("/embed/fr/essai/1-un/", "previous"),
        ("/embed/fr/essai/3-trois/", "next"),
    ],
)
def test_where_nothing_is_beyond_the_story_the_link_stays_but_leads_nowhere(
    client: FlaskClient, path: str, id: str
) -> None:
    """HTML allows no rel without an address."""
    link = page(client, path).xpath(f"//a[@id='{id}']")[0]

    assert link.get("href") is link.get("rel") is None
    assert link.get("aria-disabled") == "true"


def test_beyond_a_story_are_its_cover_and_the_next_story(
    client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(write(tmp_path, {"a.fr.txt": ARTICLE, "b.fr.txt": ARTICLE}))

    first, last = (page(client, f"/fr/a/{position}/") for position in (1, 3))

    assert first.xpath("string(//a[@rel='prev']/@href)") == "/fr/a/"
    assert first.xpath("string(//a[@rel='prev'])") == "Couverture"
    assert last.xpath("string(//a[@rel='next']/@href)") == "/fr/b/"
    assert last.xpath("string(//a[@rel='next'])") == "Diaporama suivant"


def test_the_position_is_said_in_words_and_not_in_percent(client: FlaskClient) -> None:
    found = page(client, "/fr/essai/2-deux/")

    assert found.xpath("string(//nav[@class='steps']//*[@class='hidden'])") == "Diapositive 2 sur 3"
    assert not found.xpath("//*[@role='progressbar']")


def test_untranslated_text_stands_in_its_own_lang(client: FlaskClient) -> None:
    """Untranslated text has its own lang, translated text has none (C5)."""
    tree = page(client, "/en/essai/2-two/")

    assert tree.xpath("//h1")[0].get("lang") is None
    assert tree.xpath("string(//h1)") == "Two"
    assert tree.xpath("//article/p[1]")[0].get("lang") == "fr"
    assert "some of this story is in French." in tree.text_content()


def test_a_translated_slide_carries_no_notice(client: FlaskClient) -> None:
    tree = page(client, "/en/essai/1-one/")

    assert not tree.xpath("//article//*[@lang]")
    assert "Part of this story" not in tree.text_content()


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/en/essai/2-two/", "/fr/essai/2-deux/"),
        ("/en/essai/4/", "/fr/essai/"),
        ("/en/essai/", "/fr/essai/"),
        ("/en/essai/all/", "/fr/essai/"),
        ("/embed/en/essai/2-two/", "/embed/fr/essai/2-deux/"),
        ("/embed/en/essai/4/", "/embed/fr/essai/1-un/"),
    ],
)
def test_a_story_not_in_the_language_leads_to_those_it_is_in(
    tmp_path: Path, client_of: ClientOf, path: str, other: str
) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": ARTICLE}))

    response = client.get(path)
    tree = html.document_fromstring(response.data.decode())

    assert response.status_code == 404
    assert links(tree, "//main//a[@hreflang]") == {"fr": other}


def test_the_shelf_shows_every_story_in_a_language_it_has(
    tmp_path: Path, client_of: ClientOf
) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": ARTICLE}))

    link = page(client, "/en/").xpath("//main//li/a")[0]

    assert (link.get("href"), link.get("lang"), link.text) == ("/fr/essai/", "fr", "Un titre")


@pytest.mark.parametrize(
    "text",
    [
        "50 % {x} %(name)s",
        "<b>gras</b> & \"'",
        "Ah\u202f! «\u00a0oui\u00a0»",
        "\u200fwx",
        "é" * 70,
    ],
)
def test_text_is_shown_to_the_character(tmp_path: Path, client_of: ClientOf, text: str) -> None:
    """Text of any kind goes from article to page unchanged and escaped (C8, B12)."""
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T {text}\n\nH {text}\n\n{text}\n"}))

    tree = page(client, "/fr/essai/1/")

    assert tree.xpath("string(//h1)") == f"H {text}"
    assert tree.xpath("//article/p")[0].text_content() == text
    assert not tree.xpath("//b")
    assert f"T {text}" in tree.xpath("string(//title)")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["/nothing/", "/{}/nothing/", "/{}/essai/99/"])
def test_errors_speak_the_readers_language(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path.format(language), headers={"Accept-Language": language})

    assert response.status_code == 404
    assert response.headers["Content-Language"] == language
    assert {"fr": "Page introuvable", "en": "Page not found"}[language] in response.text


def test_an_article_never_read_well_is_a_page_without_our_insides(
    tmp_path: Path, client_of: ClientOf
) -> None:
    """No error tells a path, a version or a trace (D10)."""
    client = client_of(write(tmp_path, {"a.fr.txt": "only a title\n"}))

    response = client.get("/fr/a/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Ce diaporama est illisible pour le moment" in response.text
    assert str(tmp_path) not in response.text


def test_the_reason_of_an_unreadable_story_is_logged_once(
    tmp_path: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(write(tmp_path, {"a.fr.txt": "only a title\n"}))

    client.get("/fr/a/")
    client.get("/fr/a/1/")

    assert [str(tmp_path) in record.getMessage() for record in caplog.records] == [True]


def test_an_edit_shows_at_the_next_request(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    page(client, "/fr/essai/1-un/")

    (stories / "essai.fr.txt").write_text(ARTICLE.replace("Premier", "Nouveau"))
    settle(stories / "essai.fr.txt")

    assert page(client, "/fr/essai/1-un/").xpath("string(//article/p)") == "Nouveau."


def test_a_broken_edit_leaves_the_last_good_version(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    page(client, "/fr/essai/1-un/")

    (stories / "essai.fr.txt").write_bytes(b"\xff\xfe\x00")
    settle(stories / "essai.fr.txt")

    assert page(client, "/fr/essai/1-un/").xpath("string(//h1)") == "Un"


@pytest.mark.parametrize(
    "written",
    ['msgid "Un"\nmsgstr "broken\n', "", "\n", "# English translation of Un titre.\n"],
    ids=["half a message", "nothing", "an empty line", "a comment"],
)
def test_a_broken_catalogue_leaves_the_last_good_version(
    stories: Path, client_of: ClientOf, written: str
) -> None:
    """It may be read while its editor writes it, or be broken; the story keeps its languages."""
    client = client_of(stories)
    page(client, "/en/essai/1-one/")

    catalogue = stories / "translations/en/LC_MESSAGES/essai.po"
    catalogue.write_text(written)
    settle(catalogue)

    assert page(client, "/en/essai/1-one/").xpath("string(//h1)") == "One"


def test_a_fuzzy_translation_does_not_count(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    catalogue = stories / "translations/en/LC_MESSAGES/essai.po"
    catalogue.write_text(catalogue.read_text().replace('msgid "Deux"', '#, fuzzy\nmsgid "Deux"'))

    tree = page(client, "/en/essai/2-deux/")

    assert tree.xpath("string(//h1[@lang='fr'])") == "Deux"


def test_absolute_addresses_come_from_the_base_url(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories, base_url="https://news.example/slides")

    response = client.get("/fr/essai/1-un/", headers={"Host": "evil.example"})

    assert "https://news.example/slides/fr/essai/1-un/" in response.text
    assert "evil.example" not in response.text


def test_the_last_slide_offers_the_other_stories(tmp_path: Path, client_of: ClientOf) -> None:
    names = ["a.fr.txt", "b.fr.txt", "c.en.txt", "d.fr.txt", "e.fr.txt"]
    client = client_of(write(tmp_path, dict.fromkeys(names, ARTICLE)))

    offered = page(client, "/fr/d/3/").xpath("//*[@class='stories']//a/@href")

    assert offered == ["/fr/e/", "/fr/a/", "/fr/b/"]
    assert not page(client, "/fr/d/2/").xpath("//*[@class='stories']")


def test_the_cover_says_what_the_article_says_of_itself(
    tmp_path: Path, client_of: ClientOf
) -> None:
    details = "author: Ada\ndate: 2026-11-24\nsource: https://example.org/a"
    article = f"---\n{details}\n---\n# T\n\n## A\n\nB\n"
    client = client_of(write(tmp_path, {"essai.fr.md": article}))

    for path in ("/fr/essai/", "/fr/essai/all/"):
        byline = page(client, path).xpath("//*[@class='byline']")[0]
        assert byline.text_content().split() == ["Ada", "24", "novembre", "2026", "Source"]
        assert byline.xpath(".//a/@href") == ["https://example.org/a"]


def test_the_cover_says_how_long_the_story_takes(tmp_path: Path, client_of: ClientOf) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": f"T\n\nA\n\n{'mots ' * 700}fin\n"}))

    assert "4\u00a0minutes de lecture" in page(client, "/fr/essai/").text_content()


def test_a_story_that_opens_with_a_formula_has_a_cover(tmp_path: Path, client_of: ClientOf) -> None:
    client = client_of(write(tmp_path, {"tide.en.md": "# Tide\n\n## Height\n\n$$h = 2$$\n"}))

    cover = page(client, "/en/tide/")

    assert not cover.xpath("//p[@class='lead']")
