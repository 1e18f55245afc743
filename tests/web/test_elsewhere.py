"""Cards of films and charts at other sites, and the frames that the owner allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import ClientOf, page, write

FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
ARTICLE = f"# A\n\n## One\n\n[The lamp]({FILM})\n\n## Two\n\nText.\n"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    return write(tmp_path / "stories", {"a.en.md": ARTICLE, "b.en.md": "# B\n\n## One\n\nText.\n"})


def test_a_card_is_a_link_with_the_name_of_its_site(stories: Path, client_of: ClientOf) -> None:
    answer = client_of(stories).get("/en/a/1/")

    (card,) = page(client_of(stories), "/en/a/1/").xpath("//div[@class='elsewhere']")
    assert card.xpath("string(p[@class='host'])") == "YouTube"
    assert card.xpath("p/a/@href") == [FILM]
    assert card.xpath("p/a/@rel") == ["noopener noreferrer"]
    assert not card.xpath(".//button")
    assert "frame-src 'self';" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.parametrize("path", ["/en/a/1/", "/en/a/2/", "/en/a/all/"])
def test_a_site_that_the_owner_names_may_be_opened_in_the_pages_of_its_story(
    stories: Path, client_of: ClientOf, path: str
) -> None:
    client = client_of(stories, embedded_hosts=("youtube.com",))

    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "frame-src 'self' https://www.youtube-nocookie.com;" in policy
    assert "Cross-Origin-Embedder-Policy" not in headers


def test_other_stories_keep_their_policy(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories, embedded_hosts=("youtube.com",))

    assert "youtube" not in client.get("/en/b/1/").headers["Content-Security-Policy"]


def test_a_button_opens_it_in_the_page_and_names_the_site(
    stories: Path, client_of: ClientOf
) -> None:
    found = page(client_of(stories, embedded_hosts=("youtube.com",)), "/en/a/1/")

    (button,) = found.xpath("//div[@class='elsewhere']//button")
    assert button.get("data-frame") == "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
    assert "www.youtube-nocookie.com" in found.xpath("string(//*[contains(@class, 'notice')])")
    assert not found.xpath("//main//iframe")
