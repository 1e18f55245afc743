"""Any name that a person gives a file works: its story is served, framed, found and exported."""

import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from slideshow.commands.check import check
from slideshow.commands.export import Site, export
from slideshow.library.stories import Library
from slideshow.settings import Settings
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, page, write

NAMES = {
    "Draft (copy).fr.txt": "draft-copy",
    "Été à l’île.fr.txt": "été-à-l-île",
    unicodedata.normalize("NFD", "Noël.fr.txt"): "noël",
    "渡し船 50%.fr.txt": "渡し船-50",
    "harbour.fr.txt.txt": "harbour",
    "notes.v2.fr.txt": "notes-v2",
    "messages.fr.txt": "messages-story",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_served_at_a_slug_made_from_its_name(
    tmp_path: Path, client_of: ClientOf, name: str
) -> None:
    client = client_of(write(tmp_path, {name: ARTICLE}))
    address = f"/fr/{quote(NAMES[name])}/"

    cover = page(client, address)

    assert cover.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{address}"]
    assert f"{address}1-un/" in cover.xpath("//a/@href")
    for path in ("2/", "all/", "feed.xml", "1/card.png", "embed/"):
        assert client.get(address + path).status_code == 200, path
    assert client.get(f"/embed{address}1/").status_code == 200
    assert client.get(f"/oembed?url=http://localhost{address}1/").status_code == 200
    assert f"http://localhost{address}1-un/" in client.get("/sitemap.xml").text
    assert client.get("/fr/search?q=titre").text.count(f'href="{address}"') >= 1


def test_a_catalogue_has_the_slug_for_a_name(tmp_path: Path, client_of: ClientOf) -> None:
    files = {"Été.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/été.po": CATALOGUE}
    client = client_of(write(tmp_path, files))

    assert "First." in client.get("/en/été/1/").text


@pytest.mark.parametrize("name", NAMES)
def test_a_story_of_any_name_is_exported(tmp_path: Path, name: str) -> None:
    place, out = write(tmp_path / "stories", {name: ARTICLE}), tmp_path / "out"

    export(Site(Settings(stories=str(place))), out, lambda done: None)

    assert (out / "fr" / NAMES[name] / "1-un" / "index.html").exists()


def test_nothing_is_wrong_with_such_names(tmp_path: Path) -> None:
    library = Library(write(tmp_path, dict.fromkeys(NAMES, ARTICLE)))

    findings = check(library, lambda done: None)

    assert (findings.stories, findings.errors, findings.warnings) == (len(NAMES), (), ())


def test_a_date_in_the_name_is_the_date_of_the_story(tmp_path: Path) -> None:
    text = "---\ndate: 2020-02-02\n---\n# T\n\n## H\n\nText.\n"
    files = {"2016-02-19-a.fr.txt": ARTICLE, "2016-02-19-b.fr.md": text}
    library = Library(write(tmp_path, files))

    dates = [story.details.date for slug in library.slugs() if (story := library.story(slug))]

    assert dates == ["2016-02-19", "2020-02-02"]


def test_a_markdown_file_that_an_editor_gave_another_suffix_is_read_as_markdown(
    tmp_path: Path, client_of: ClientOf
) -> None:
    client = client_of(write(tmp_path, {"a.fr.md.txt": "# T\n\n## H\n\nSo *so*.\n"}))

    assert "<em>so</em>" in client.get("/fr/a/1/").text
