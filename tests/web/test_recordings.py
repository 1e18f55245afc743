"""Films and sounds, as players get them: in ranges, with captions in every language."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.commands.export import Site, export
from slideshow.settings import Settings
from tests.support.recordings import CAPTIONS, film, sound
from tests.web.conftest import ClientOf, page, write

pytestmark = pytest.mark.costly

ARTICLE = """# Port

## Un

![Le port](clip.webm "Film : Ada")
La lampe.

Texte.

## Deux

![La corne](corne.wav)
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "<v Bea>It went out again."
msgstr "<v Bea>Encore éteinte."

msgid "Le port"
msgstr "The harbour"
"""


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    return write(
        tmp_path / "stories",
        {
            "port.fr.md": ARTICLE,
            "translations/en/LC_MESSAGES/port.po": CATALOGUE,
            "clip.webm": film(),
            "clip.fr.vtt": CAPTIONS,
            "corne.wav": sound(),
        },
    )


def address(client: FlaskClient, path: str = "/fr/port/1/", kind: str = "video") -> str:
    return str(page(client, path).xpath(f"//{kind}/@src")[0])


@pytest.mark.parametrize(("path", "kind"), [("/fr/port/1/", "video"), ("/fr/port/2/", "audio")])
def test_nothing_is_loaded_before_it_is_asked_for(
    client: FlaskClient, path: str, kind: str
) -> None:
    (player,) = page(client, path).xpath(f"//{kind}")

    assert (player.get("preload"), player.get("autoplay")) == ("none", None)
    assert player.get("controls") is not None
    assert player.get("aria-label")


def test_poster_size_and_length_come_from_the_file(client: FlaskClient) -> None:
    found = page(client, "/fr/port/1/")
    (player,) = found.xpath("//video")

    assert (player.get("width"), player.get("height")) == ("320", "180")
    assert client.get(player.get("poster")).mimetype == "image/jpeg"
    length = found.xpath("string(//*[@class='length'])")
    assert " ".join(length.split()) == "Film · 0:02 · 0,1 Mo"


def test_a_recording_without_a_caption_is_named_beside_it(client: FlaskClient) -> None:
    named = [
        " ".join(page(client, path).xpath("string(//*[@class='length'])").split())
        for path in ("/fr/port/1/", "/fr/port/2/")
    ]

    assert named == ["Film · 0:02 · 0,1 Mo", "La corne · Son · 0:03 · 0,1 Mo"]


def test_an_upright_film_of_a_phone_has_no_bars_beside_it(
    client: FlaskClient, stories: Path
) -> None:
    write(stories, {"clip.webm": film(180, 320)})

    (figure,) = page(client, "/fr/port/1/").xpath("//figure")

    assert "ratio-56" in figure.get("class")


def test_the_words_of_a_film_are_caption_credit_length_and_transcript(client: FlaskClient) -> None:
    parts = page(client, "/fr/port/1/").xpath("//figcaption/*")

    assert [(each.tag, each.get("class")) for each in parts] == [
        ("div", "caption"),
        ("div", "credit"),
        ("div", "length"),
        ("details", "transcript"),
    ]


def test_each_transcript_has_a_name_of_its_own(client: FlaskClient) -> None:
    (summary,) = page(client, "/en/port/1/").xpath("//summary")

    assert " ".join(summary.text_content().split()) == "Transcript (The harbour)"


@pytest.mark.parametrize("alt", ["", "The harbour"])
def test_a_player_always_has_a_name(tmp_path: Path, client_of: ClientOf, alt: str) -> None:
    files: dict[str, str | bytes] = {
        "port.en.md": f"# Port\n\n## One\n\n![{alt}](clip.webm)\n",
        "clip.webm": film(),
    }
    write(tmp_path / "named", files)

    (player,) = page(client_of(tmp_path / "named"), "/en/port/1/").xpath("//video")

    assert player.get("aria-label") == (alt or "Film")


@pytest.mark.parametrize("pagecache_bytes", [0, 64_000_000])
@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, None),
        ("bytes=-50", 206, -50, None),
        ("bytes=0-999999999", 206, 0, None),
        ("", 200, 0, None),
    ],
)
def test_a_part_of_a_film_is_answered_with_that_part(
    stories: Path,
    client_of: ClientOf,
    pagecache_bytes: int,
    asked: str,
    status: int,
    start: int,
    end: int | None,
) -> None:
    client = client_of(stories, pagecache_bytes=pagecache_bytes)
    data = (stories / "clip.webm").read_bytes()

    for _ in range(2):
        headers = {"Range": asked} if asked else {}
        answer = client.get(address(client), headers=headers, buffered=True)

        assert answer.status_code == status
        assert answer.data == data[start:end]
        assert answer.mimetype == "video/webm"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_part_beyond_the_end_is_refused(client: FlaskClient) -> None:
    answer = client.get(address(client), headers={"Range": "bytes=99999999-"})

    assert answer.status_code == 416


def test_a_folder_may_be_named_from_the_current_one(
    stories: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(stories)
    client = client_of(".")

    answer = client.get(address(client), buffered=True)

    assert answer.data == (stories / "clip.webm").read_bytes()


def test_a_film_that_was_removed_a_moment_ago_is_gone(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories, refresh=3600)
    film = address(client)

    (stories / "clip.webm").unlink()

    assert client.get(film).status_code == 404


def test_a_film_that_is_being_replaced_is_not_sent_under_its_old_name(
    stories: Path, client_of: ClientOf
) -> None:
    """Browsers keep for a year what they get by that name."""
    client = client_of(stories, refresh=3600)
    film, whole = address(client), (stories / "clip.webm").read_bytes()

    answers = []
    for data in (b"", whole[:1000], whole):
        (stories / "clip.webm").write_bytes(data)
        with client.get(film) as answer:
            answers.append(answer.status_code)

    assert answers == [404, 404, 200]


def test_the_poster_of_a_film_that_is_being_saved_is_there_again(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(stories, refresh=3600, filecache_folder=str(tmp_path / "cache"))
    poster = str(page(client, "/fr/port/1/").xpath("//video/@poster")[0])
    whole = (stories / "clip.webm").read_bytes()

    answers = []
    for data in (whole[:100], whole):
        (stories / "clip.webm").write_bytes(data)
        answers.append(client.get(poster).status_code)

    assert answers == [404, 200]


def test_a_film_that_changed_has_another_address_and_the_old_one_is_gone(
    client: FlaskClient, stories: Path
) -> None:
    before = address(client)
    write(stories, {"clip.webm": film(200, 100)})

    os.utime(stories / "clip.webm", (1, 1))

    assert address(client) != before
    assert client.get(before).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "clip.webm",
        "clip.000000000000.webm",
        "clip.000000000000.vtt",
        "port.fr.md",
        "..%2fa.md",
    ],
)
def test_only_the_names_that_pages_use_are_answered(client: FlaskClient, name: str) -> None:
    assert client.get(f"/recordings/port/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "said"), [("/fr/port/1/", "It went out again."), ("/en/port/1/", "Encore éteinte.")]
)
def test_every_language_has_captions_and_a_transcript(
    client: FlaskClient, path: str, said: str
) -> None:
    found = page(client, path)

    captions = client.get(found.xpath("//track/@src")[0])

    assert captions.mimetype == "text/vtt"
    assert f"00:00:05.000 --> 00:00:06.000\n<v Bea>{said}" in captions.text
    assert said in found.xpath("string(//details[@class='transcript'])")
    assert found.xpath("//track/@srclang") == [path.split("/")[1]]


@pytest.mark.parametrize("path", ["/fr/port/all/", "/fr/port/feed.xml"])
def test_the_transcript_is_in_the_whole_story_and_the_feed(client: FlaskClient, path: str) -> None:
    assert "It went out again." in client.get(path).text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/fr/search?q=four", "at four & a quarter."),
        ("/fr/search?q=went", "Bea: It went out again."),
        ("/en/search?q=bea", "Bea: Encore éteinte."),
    ],
)
def test_a_search_shows_captions_without_tags(client: FlaskClient, path: str, said: str) -> None:
    (found,) = page(client, path).xpath("//ul[@class='stories']")

    assert said in found.text_content()


def test_side_by_side_there_is_one_film_with_captions_in_both(client: FlaskClient) -> None:
    found = page(client, "/fr+en/port/1/")

    assert len(found.xpath("//video")) == 1
    assert found.xpath("//track/@srclang") == ["fr", "en"]
    assert "Encore éteinte." in found.xpath("string(//details//div[@class='twin'])")


def test_only_films_and_sounds_of_this_site_may_be_played(client: FlaskClient) -> None:
    policy = client.get("/fr/port/1/").headers["Content-Security-Policy"].split("; ")

    assert "media-src 'self'" in policy


def test_an_export_has_films_sounds_and_captions(stories: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    export(Site(Settings(stories=str(stories))), out, lambda count: None)

    files = {path.suffix: path for path in (out / "recordings" / "port").iterdir()}
    assert sorted(files) == [".vtt", ".wav", ".webm"]
    assert files[".webm"].read_bytes() == (stories / "clip.webm").read_bytes()
    assert len([*(out / "recordings" / "port").glob("*.vtt")]) == 2


def test_a_film_stands_for_its_slide_in_feed_and_card(client: FlaskClient) -> None:
    assert "/pictures/port/clip." in client.get("/fr/port/feed.xml").text
    assert client.get("/fr/port/1/card.png").status_code == 200
