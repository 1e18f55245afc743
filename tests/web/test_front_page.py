"""The shelf as a front page, tags, series, and the way on from the last slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.commands.export import export, file_of
from slideshow.settings import Settings
from slideshow.web import paging
from slideshow.web.crawl import Site
from tests.web.conftest import ClientOf, page, write

MATTERS = {
    "a": "date: 2026-01-01\ntags: [Night Trains, sea, Feed]\n",
    "b": "date: 2026-03-01\ntags: sea\n",
    "c": "date: 2026-02-01\nseries: The line\n",
    "d": "date: 2026-04-01\nseries: The line\n",
    "e": "weight: 2\n",
    "f": "weight: 1\ndate: 2020-01-01\n",
    "g": "pinned: true\n",
    "h": "",
    "i": "",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"{slug}.en.md": f"---\n{matter}---\n# Title {slug}\n\n## One\n\nThe text of {slug}.\n"
        for slug, matter in MATTERS.items()
    }
    return write(tmp_path / "stories", files)


@pytest.fixture
def client(place: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(place)


def listed(tree: html.HtmlElement) -> str:
    hrefs = tree.xpath("//main//*[@class='stories']//a/@href")
    return "".join(str(each).split("/")[2] for each in hrefs)


def test_pinned_stories_come_first_then_by_weight_then_the_newest(client: FlaskClient) -> None:
    assert listed(page(client, "/en/")) == "gfedbcahi"


def test_the_pages_of_the_shelf_are_in_one_order(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 4)

    pages = [listed(page(client, f"/en/{end}")) for end in ("", "page-2.html", "page-3.html")]

    assert pages == ["gfed", "bcah", "i"]


def test_a_story_on_the_shelf_has_its_date_and_its_first_sentence(
    tmp_path: Path, client_of: ClientOf
) -> None:
    article = "---\ndate: 2026-01-01\n---\n# Titre\n\n## Un\n\nLa mer est calme ce matin.\n"
    client = client_of(write(tmp_path, {"mer.fr.md": article}))

    (french,) = page(client, "/fr/").xpath("//main//*[@class='stories']/li")
    (english,) = page(client, "/en/").xpath("//main//*[@class='stories']/li")

    assert french.xpath("string(.//time/@datetime)") == "2026-01-01"
    assert "La mer est calme ce matin." in french.text_content()
    assert "1 janvier 2026" in french.text_content()
    assert "1\u2011minute read" in english.text_content()
    assert "In French" in " ".join(english.text_content().split())
    assert english.xpath("string(p/@lang)") == "fr"
    assert "En " not in french.text_content()


@pytest.mark.parametrize(
    ("path", "kind", "title", "stories"),
    [
        ("/en/tags/sea.html", "Tag", "sea", "ba"),
        ("/en/tags/night-trains.html", "Tag", "Night Trains", "a"),
        ("/en/tags/feed.html", "Tag", "Feed", "a"),
        ("/fr/tags/sea.html", "Sujet", "sea", "ba"),
        ("/en/series/the-line.html", "Series", "The line", "cd"),
    ],
)
def test_tags_and_series_have_pages_and_feeds(
    client: FlaskClient, path: str, kind: str, title: str, stories: str
) -> None:
    tree = page(client, path)
    feed = client.get(path.replace(".html", ".xml"))

    assert tree.xpath("string(//p[@class='kicker'])") == kind
    assert tree.xpath("string(//h1)") == title
    assert listed(tree) == stories
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{path}"]
    assert path.replace(".html", ".xml") in tree.xpath("//main//a/@href")
    assert feed.mimetype == "application/atom+xml"
    assert f"<title>Slideshow – {title}</title>" in feed.text
    assert feed.text.count("<entry") == len(stories)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of five stories with one tag, and in one series."""
    matter = "---\ntags: sea\nseries: The line\n---\n"
    files: dict[str, str | bytes] = {
        f"{slug}.en.md": f"{matter}# Title {slug}\n\n## One\n\nThe text.\n" for slug in "abcde"
    }
    return write(tmp_path_factory.mktemp("crowded"), files)


@pytest.mark.parametrize("group", ["/en/tags/sea", "/en/series/the-line"])
def test_tags_and_series_of_many_stories_have_several_pages(
    crowded: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 2)
    client = client_of(crowded)
    paths = [f"{group}.html", f"{group}/page-2.html", f"{group}/page-3.html"]

    pages = [page(client, path) for path in paths]
    ways = [[str(way) for way in each.xpath("//nav[@class='pages']/a/@href")] for each in pages]

    assert [listed(each) for each in pages] == ["ab", "cd", "e"]
    assert [each.xpath("//nav[@class='pages']/a/@rel") for each in pages] == [
        ["next"],
        ["prev", "next"],
        ["prev"],
    ]
    assert ways == [[paths[1]], [paths[0], paths[2]], [paths[1]]]
    assert pages[1].xpath("string(//h1)").endswith(", page 2")
    assert (
        pages[1]
        .xpath("string(//link[@hreflang='fr']/@href)")
        .endswith(paths[1].replace("/en", "/fr"))
    )
    assert f"{group}.xml" in pages[1].xpath("//main//a/@href")
    assert client.get(f"{group}.xml").text.count("<entry") == 5
    for number in ("1", "4", "02"):
        assert client.get(f"{group}/page-{number}.html").status_code == 404


def test_the_pages_of_tags_and_series_are_exported(
    crowded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 2)

    addresses = {*Site(Settings(stories=str(crowded))).addresses}

    groups = [f"/{tag}/{name}" for tag in ("en", "fr") for name in ("tags/sea", "series/the-line")]
    found = {each for each in addresses if "/page-" in each and each.count("/") == 4}
    assert found == {f"{each}/page-{number}.html" for each in groups for number in (2, 3)}
    assert addresses >= {f"{each}.{suffix}" for each in groups for suffix in ("html", "xml")}


@pytest.mark.parametrize("path", ["/en/", "/en/tags/sea.html", "/en/series/the-line.html"])
def test_stories_are_listed_with_their_pictures(
    tmp_path: Path, client_of: ClientOf, path: str
) -> None:
    matter = "---\ntags: sea\nseries: The line\n---\n"
    article = f"{matter}# Boats\n\n## One\n\n![A wall](wall.png)\n\nRed.\n"
    wall = (Path(__file__).parents[1] / "data" / "imported" / "wall.png").read_bytes()
    place = write(tmp_path / "stories", {"boats.en.md": article, "wall.png": wall})

    tree = page(client_of(place), path)

    assert len(tree.xpath("//*[@class='stories']//*[contains(@class, 'thumbnail')]//img")) == 1


@pytest.mark.parametrize(
    "path", ["/en/tags/x.html", "/en/tags/Sea.html", "/en/series/sea.xml", "/xx/tags/sea.html"]
)
def test_there_are_no_other_tags(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_cover_leads_to_its_series_and_tags(client: FlaskClient) -> None:
    assert {"/en/tags/night-trains.html", "/en/tags/sea.html"} <= {
        *page(client, "/en/a/").xpath("//main//a/@href")
    }
    assert "/en/series/the-line.html" in page(client, "/en/c/").xpath("//main//a/@href")


@pytest.mark.parametrize(
    ("slug", "others"),
    [("c", "dah"), ("d", "cba"), ("a", "bhi"), ("b", "aca"), ("i", "gfe")],
)
def test_the_end_leads_on_within_series_and_tags(
    client: FlaskClient, slug: str, others: str
) -> None:
    tree = page(client, f"/en/{slug}/1-one/")

    assert listed(tree)[:1] == others[:1]
    assert tree.xpath("string(//a[@id='next']/@href)") == f"/en/{others[0]}/"
    assert slug not in listed(tree)
    assert len(set(listed(tree))) == 3


def test_tags_and_series_are_exported(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    export(Site(Settings(stories=str(place))), out, lambda done: None)

    for name in ("tags/sea", "tags/night-trains", "series/the-line"):
        assert (out / f"en/{name}.html").exists()
        assert (out / f"fr/{name}.xml").exists()
    tree = html.fromstring((out / "en/a/index.html").read_text())
    for link in (str(each.get("href")) for each in tree.iterfind(".//main//a")):
        if link.startswith("/"):
            assert (out / file_of(link.partition("#")[0])).exists()


@pytest.mark.parametrize("kind", ["tags", "series"])
def test_a_story_may_be_named_as_a_kind_of_groups(
    tmp_path: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(paging, "HEADLINES_PER_PAGE", 2)
    text = "".join(f"## Part {number}\n\nText.\n\n" for number in range(1, 6))
    files = {f"{kind}.en.md": f"# T\n\n{text}", "b.en.md": f"---\n{kind}: sea\n---\n# B\n\n{text}"}
    place = write(tmp_path / "stories", files)
    site, client = Site(Settings(stories=str(place))), client_of(place)

    for path in site.addresses:
        assert path == "/404.html" or site.body(path)
    answers = {page: client.get(f"/en/{kind}/{page}") for page in ("feed.xml", "contents-2.html")}

    assert "media:content" in answers["feed.xml"].text
    assert [each.status_code for each in answers.values()] == [200, 200]
    assert client.get(f"/EN/{kind}/feed.xml").location == f"/en/{kind}/feed.xml"
    assert client.get(f"/en/{kind}/sea.xml").text.count("<entry") == 1
    assert client.get(f"/en/{kind}/land.xml").status_code == 404
