"""Links of an article: to its own slides, to other stories, to elsewhere."""

from pathlib import Path

import pytest
from lxml import html

from tests.web.conftest import ClientOf, write

FERRY = """# The ferry

## On the quay {#quay}

See [fares](#fares-in-euros), [here](#quay), [the map](map.en.md), [its legend](map.md#legend),
[a house](https://example.org/house.md), [nothing](#nowhere), [no story](gone.md).

## Fares in euros

Two.[^1] Back [to the quay](#quay).

> [!WARNING]
> Mind the gap.

[^1]: Or three.
"""
MAP = "# The map\n\n## North\n\nUp.\n\n## Legend\n\nBlue is water.\n"


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("fares", "/en/ferry/2-fares-in-euros/"),
        ("here", "/en/ferry/1-quay/"),
        ("the map", "/en/map/"),
        ("its legend", "/en/map/2-legend/"),
        ("a house", "https://example.org/house.md"),
        ("nothing", None),
        ("no story", None),
    ],
)
def test_links_lead_to_stories_and_slides(
    tmp_path: Path, client_of: ClientOf, words: str, href: str | None
) -> None:
    client = client_of(write(tmp_path, {"ferry.en.md": FERRY, "map.en.md": MAP}))

    page = html.document_fromstring(client.get("/en/ferry/1/").text)

    links = {link.text: link.get("href") for link in page.findall(".//article//a")}
    assert links.get(words) == href
    assert words in html.tostring(page, method="text", encoding="unicode")


def test_a_note_is_linked_on_its_slide(tmp_path: Path, client_of: ClientOf) -> None:
    client = client_of(write(tmp_path, {"ferry.en.md": FERRY}))

    for path in ("/en/ferry/2/", "/en/ferry/all/", "/embed/en/ferry/2/"):
        page = html.document_fromstring(client.get(path).text)
        (link,) = page.findall(".//sup[@class='reference']/a")
        assert link.get("href") == "#note-1"
        assert page.findall(".//li[@id='note-1']")


def test_a_box_is_named_in_the_language_of_the_page(tmp_path: Path, client_of: ClientOf) -> None:
    client = client_of(write(tmp_path, {"ferry.fr.md": FERRY}))

    page = html.document_fromstring(client.get("/fr/ferry/2/").text)

    assert [label.text for label in page.findall(".//p[@class='label']")] == ["Attention"]


def test_headings_follow_each_other_on_every_page(tmp_path: Path, client_of: ClientOf) -> None:
    source = "# A\n\n## B\n\nText.\n\n### C\n\nText.\n"
    client = client_of(write(tmp_path, {"a.en.md": source}))

    for path, ranks in (("/en/a/1/", ["h1", "h2"]), ("/en/a/all/", ["h1", "h2", "h3"])):
        (main,) = html.document_fromstring(client.get(path).text).findall(".//main")
        assert [each.tag for each in main.iter("h1", "h2", "h3")][: len(ranks)] == ranks
