"""A draft is not published, and said so to its author."""

import os
from pathlib import Path

import pytest

from slideshow.commands.export import export
from slideshow.commands.preflight import look_over
from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.crawl import Site
from tests.web.conftest import ARTICLE, ClientOf, write

MARKS = {"draft: true": "---", "published: false": "---", "draft = true": "+++"}


def draft(mark: str) -> str:
    fence = MARKS[mark]
    return f"{fence}\n{mark}\n{fence}\n# A zebra\n\n## Soon\n\nSecret until Friday.\n"


@pytest.mark.parametrize("mark", MARKS)
def test_a_draft_is_nowhere_on_the_site(tmp_path: Path, client_of: ClientOf, mark: str) -> None:
    client = client_of(write(tmp_path, {"zebra.fr.md": draft(mark), "a.fr.txt": ARTICLE}))

    for path in ("/fr/zebra/", "/fr/zebra/1/", "/embed/fr/zebra/1/", "/fr/zebra/1/card.png"):
        assert client.get(path).status_code == 404, path
    for path in ("/fr/", "/fr/feed.xml", "/sitemap.xml", "/fr/a/2/"):
        assert "zebra" not in client.get(path).text, path
    assert "zebra/" not in client.get("/fr/search?q=zebra").text


@pytest.mark.parametrize("mark", MARKS)
def test_a_draft_is_not_exported(tmp_path: Path, mark: str) -> None:
    place = write(tmp_path / "stories", {"zebra.fr.md": draft(mark), "a.fr.txt": ARTICLE})

    export(Site(Settings(stories=str(place))), tmp_path / "out", lambda done: None)

    assert not [*(tmp_path / "out").rglob("*zebra*")]


def test_drafts_are_said_at_the_start_and_not_counted(tmp_path: Path) -> None:
    said: list[str] = []
    files = {"zebra.fr.md": draft("draft: true"), "a.fr.txt": ARTICLE}

    total = look_over(Library(write(tmp_path, files)), said.append)

    assert total == 1
    assert ["zebra.fr.md: a draft, which is not published" in line for line in said] == [True]


def test_nothing_can_be_served_where_all_are_drafts(tmp_path: Path) -> None:
    said: list[str] = []
    library = Library(write(tmp_path, {"zebra.fr.md": draft("draft: true"), "b.fr.md": ""}))

    with pytest.raises(SlideshowError, match="no article in this folder is published"):
        look_over(library, said.append)

    assert any("zebra.fr.md: a draft" in line for line in said)
    assert any("b.fr.md" in line for line in said)


def test_drafts_alone_are_served_where_there_are_previews(tmp_path: Path) -> None:
    library = Library(write(tmp_path, {"zebra.fr.md": draft("draft: true")}))

    assert look_over(library, lambda line: None, has_previews=True) == 0


def test_a_story_is_published_once_it_is_no_draft(tmp_path: Path, client_of: ClientOf) -> None:
    client = client_of(write(tmp_path, {"zebra.fr.md": draft("draft: true"), "a.fr.txt": ARTICLE}))
    assert client.get("/fr/zebra/1/").status_code == 404

    write(tmp_path, {"zebra.fr.md": draft("draft: true").replace("true", "false")})
    os.utime(tmp_path / "zebra.fr.md", (1, 1))  # its writer is done

    assert client.get("/fr/zebra/1/").status_code == 200
