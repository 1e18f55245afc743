"""Two languages side by side, by their URLs."""

from pathlib import Path

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from lxml import html

from slideshow.settings import Settings
from slideshow.web.crawl import Site
from slideshow.web.head import story_page
from slideshow.web.lookup import find_story
from tests.pictures import saved, two_colours
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, keyed, page, write

KINDS = ["", "1/", "3/", "all/"]


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def texts(tree: html.HtmlElement, query: str) -> list[tuple[str, str | None]]:
    return [(each.text_content().strip(), each.get("lang")) for each in tree.xpath(query)]


def menu(tree: html.HtmlElement) -> dict[str, str]:
    links = tree.xpath("//nav[@id='languages']//a[not(@hreflang)]")
    return {link.text_content(): link.get("href") for link in links}


def test_each_text_stands_beside_its_twin_in_its_own_lang(client: FlaskClient) -> None:
    tree = page(client, "/fr+en/essai/1-un/")

    assert tree.get("lang") == "fr"
    assert texts(tree, "//h1") == [("Un", None)]
    assert texts(tree, "//*[@class='headline']") == [("One", "en")]
    assert texts(tree, "//*[@class='row'][2]//p") == [("Premier.", None), ("First.", "en")]


def test_a_kind_of_page_need_not_have_one_in_two_languages(
    stories: Path, client_of: ClientOf
) -> None:
    """As one that a developer has just added."""

    def credits(language: str, slug: str) -> str:
        about = story_page(find_story(slug, language), "slides.credits", (), "")
        return render_template_string("{% extends 'base.html' %}", page=about)

    client, rule = client_of(stories), "/<language>/<slug>/credits/"
    client.application.add_url_rule(rule, "slides.credits", credits)

    tree = page(client, "/fr/essai/credits/")

    assert menu(tree) == {}
    assert menu(page(client, "/fr/essai/all/"))


def test_the_languages_turn_round_and_so_does_the_interface(client: FlaskClient) -> None:
    tree = page(client, "/en+fr/essai/1-one/")

    assert tree.get("lang") == "en"
    assert texts(tree, "//h1") == [("One", None)]
    assert texts(tree, "//*[@class='row'][2]//p") == [("First.", None), ("Premier.", "fr")]
    assert "Next" in tree.text_content()


def test_what_is_not_translated_is_there_twice_and_said_so(client: FlaskClient) -> None:
    tree = page(client, "/en+fr/essai/2-two/")

    assert texts(tree, "//*[@class='row'][2]//p") == [("Deuxième.", "fr"), ("Deuxième.", "fr")]
    assert "some of this story is in French." in tree.text_content()
    assert (
        "en français" in page(client, "/fr+en/essai/2-deux/").xpath("//article")[0].text_content()
    )
    assert not page(client, "/fr+en/essai/1-un/").xpath("//*[@class='notice']")


def test_lead_and_credit_stand_there_in_both_languages(stories: Path, client_of: ClientOf) -> None:
    article = '# Lampe\n\n## Un\n\n![Une lampe](lamp.png "Photo\u00a0: A")\n\nPremier.\n'
    catalogue = CATALOGUE + '\nmsgid "Photo\u00a0: A"\nmsgstr "Photo: A"\n'
    write(stories, {"lampe.fr.md": article, "translations/en/LC_MESSAGES/lampe.po": catalogue})
    write(stories, {"lamp.png": saved(two_colours(400, 300), "PNG")})
    client = client_of(stories)

    credits = [page(client, f"/fr+en/lampe/{kind}") for kind in ("1/", "all/")]
    leads = texts(page(client, "/fr+en/lampe/"), "//*[@class='lead']")

    assert leads == [("Premier.", None), ("First.", "en")]
    for tree in credits:
        assert tree.xpath("string(//figcaption/*/text())").strip() == "Photo\u00a0: A"
        assert texts(tree, "//figcaption//*[@class='twin']") == [("Photo: A", "en")]


def test_a_slide_has_what_tests_themes_and_hosts_rely_on(client: FlaskClient) -> None:
    main = page(client, "/fr+en/essai/2-deux/").xpath("//main[@id='slide']")[0]

    assert [main.get(f"data-{name}") for name in ("story", "position", "total")] == [
        "essai",
        "2",
        "3",
    ]
    assert len(main.xpath(".//h1")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_links_of_the_story_keep_the_pair(client: FlaskClient, kind: str) -> None:
    tree = page(client, f"/fr+en/essai/{kind}")
    links = tree.xpath("//main//a/@href | //dialog//*/@data-hx-get")
    links += tree.xpath("//nav[@class='tools']//a[@id!='embed-link' or not(@id)]/@href")

    assert links
    assert {link.split("/")[1] for link in links} == {"fr+en"}
    for link in links:
        assert client.get(link.split("#")[0]).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_search_engines_are_sent_to_the_first_language(client: FlaskClient, kind: str) -> None:
    tree = page(client, f"/en+fr/essai/{kind}")

    assert tree.xpath("string(//link[@rel='canonical']/@href)") == (
        "http://localhost" + keyed(f"/en/essai/{kind}")
    )
    assert not tree.xpath("//head/link[@hreflang]")
    assert not tree.xpath("//script[@type='application/ld+json']")


@pytest.mark.parametrize("kind", KINDS)
def test_the_language_menu_offers_the_pair_in_the_readers_words(
    client: FlaskClient, kind: str
) -> None:
    alone = page(client, f"/fr/essai/{kind}")
    beside = page(client, f"/fr+en/essai/{kind}")

    assert menu(alone) == menu(beside) == {"Français + anglais": keyed(f"/fr+en/essai/{kind}")}
    assert menu(page(client, f"/en/essai/{kind}")) == {
        "English + French": keyed(f"/en+fr/essai/{kind}")
    }
    assert texts(beside, "//nav[@id='languages']//*[@aria-current]") == [
        ("Français + anglais", None)
    ]


def test_the_shelf_offers_no_pair(client: FlaskClient) -> None:
    assert menu(page(client, "/fr/")) == {}


OFFERED = {
    "source": {"de+fr", "fr+de", "en+fr", "fr+en"},
    "all": {"de+fr", "fr+de", "en+fr", "fr+en", "de+en", "en+de"},
    "none": set(),
}


@pytest.mark.parametrize("offered", OFFERED)
def test_a_setting_says_which_pairs_are_offered_and_exported(
    stories: Path, client_of: ClientOf, offered: str
) -> None:
    write(stories, {"translations/de/LC_MESSAGES/essai.po": CATALOGUE})
    client = client_of(stories, pairs=offered)
    linked = [menu(page(client, f"/{tag}/essai/1/")).values() for tag in ("fr", "de", "en")]
    exported = Site(Settings(stories=str(stories), pairs=offered)).addresses

    assert {path.split("/")[1] for links in linked for path in links} == OFFERED[offered]
    assert {path.split("/")[1] for path in exported if "+" in path} == OFFERED[offered]
    assert client.get("/fr+en/essai/1-un/").status_code == (404 if offered == "none" else 200)


def test_any_two_languages_can_be_read_and_are_spelled_in_one_way(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(write(stories, {"translations/pt_BR/LC_MESSAGES/essai.po": CATALOGUE}))

    assert texts(page(client, "/en+pt-BR/essai/1/"), "//*[@class='headline']") == [("One", "pt-BR")]
    answer = client.get("/EN+pt_br/essai/1/")
    assert (answer.status_code, answer.location) == (308, "/en+pt-BR/essai/1-one/")


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/FR+en/essai/3/", "/fr+en/essai/3-trois/"),
        ("/fr+EN/essai/", "/fr+en/essai/"),
        ("/fr+en/essai/all", "/fr+en/essai/all/"),
        ("/fr+fr/essai/2/", "/fr/essai/2-deux/"),
        ("/FR+fr/essai/all/", "/fr/essai/all/"),
    ],
)
def test_another_spelling_leads_to_the_one_there_is(
    client: FlaskClient, path: str, other: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.location.removeprefix("http://localhost")) == (308, other)


@pytest.mark.parametrize(
    "path",
    [
        "/fr+de/essai/1/",
        "/de+fr/essai/1/",
        "/fr+xx/essai/1/",
        "/fr+en+fr/essai/1/",
        "/fr+/essai/1/",
        "/+fr/essai/1/",
        "/fr+en/",
        "/fr+en/essai/4/",
        "/fr+en/essai/01/",
        "/fr+en/nothing/1/",
        "/fr+en/%2e%2e/1/",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert not path.startswith("/fr") or answer.headers["Content-Language"] == "fr"


def test_a_story_that_lacks_one_of_the_two_leads_to_those_it_has(
    tmp_path: Path, client_of: ClientOf
) -> None:
    client = client_of(write(tmp_path, {"essai.fr.txt": ARTICLE}))

    answer = client.get("/fr+en/essai/1-un/")

    assert answer.status_code == 404
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//main//a[@hreflang]/@href") == ["/fr/essai/1-un/"]


def test_paragraphs_are_compared_where_there_is_a_pair_and_nowhere_else(
    client: FlaskClient, tmp_path: Path, client_of: ClientOf
) -> None:
    alone = client_of(write(tmp_path / "alone", {"essai.fr.txt": ARTICLE}))

    paths = ["/fr/essai/1-un/", "/en/essai/1-one/", "/fr+en/essai/1-un/", "/embed/fr/essai/1-un/"]
    found = [len(page(client, path).xpath("//button[@id='compare']")) for path in paths]

    assert found == [1, 1, 0, 0]
    assert page(alone, "/fr/essai/1-un/").xpath("//button[@id='compare']") == []


def test_a_language_from_right_to_left_has_its_own_direction(
    tmp_path: Path, client_of: ClientOf
) -> None:
    catalogue = 'msgid "Premier."\nmsgstr "الأول."\n'
    files = {"essai.fr.txt": ARTICLE, "translations/ar/LC_MESSAGES/essai.po": catalogue}
    client = client_of(write(tmp_path, files))

    first, second = (page(client, f"/{pair}/essai/1/") for pair in ("fr+ar", "ar+fr"))

    assert second.get("dir") == "rtl"
    assert first.xpath("string(//*[@lang='ar'][text()='الأول.']/@dir)") == "rtl"
    assert second.xpath("string(//*[@class='twin']/p[@lang='fr']/@dir)") == "ltr"
    assert list(menu(second)) == ["العربية + الفرنسية"]


def test_pairs_are_exported(stories: Path) -> None:
    addresses = set(Site(Settings(stories=str(stories))).addresses)

    assert {
        keyed(f"/{pair}/essai/{kind}") for pair in ("fr+en", "en+fr") for kind in KINDS
    } <= addresses
