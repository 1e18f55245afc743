"""Drafts, dates, both languages or none: nothing is public before its time, or without its twin."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from slideshow.commands.check import check
from slideshow.commands.export import export
from slideshow.commands.preflight import look_over
from slideshow.commands.translate import Translation
from slideshow.library.freshness.clock import Clock
from slideshow.library.opening import open_library
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.crawl import Site
from tests.web.conftest import ClientOf, settle, write

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PATHS = (
    "/en/zebra/",
    "/en/zebra/1-stripes/",
    "/en/zebra/all/",
    "/embed/en/zebra/1-stripes/",
    "/en/zebra/card.png",
    "/en/zebra/feed.xml",
    "/en/zebra/embed/",
    "/oembed?url=http://localhost/en/zebra/",
)
LISTS = ("/en/", "/en/feed.xml", "/sitemap.xml", "/en/tags/animals.html", "/en/search?q=zebra")
MATTER = "tags: [animals]\n"
BOTH = "languages: [en, fr]\n"
CORRECTION = 'correction: "2025-12-01: Not grey."'
WORDS = {"The zebra": "Le zèbre", "Stripes": "Rayures", "Black, white.": "Noir, blanc."}


def zebra(matter: str = "", text: str = "Black, white.") -> str:
    return f"---\n{MATTER}{matter}---\n# The zebra\n\n## Stripes\n\n{text}\n"


def catalogue(words: dict[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    return "\n".join([head, *(f'msgid "{id}"\nmsgstr "{text}"\n' for id, text in words.items())])


def place_of(tmp_path: Path, **files: str) -> Path:
    lion = "---\ntags: [animals]\n---\n# The lion\n\n## Mane\n\nYellow.\n"
    place = write(tmp_path / "stories", {"lion.en.md": lion})
    for name, text in files.items():
        put(place, name, text)
    return place


def put(place: Path, name: str, text: str) -> None:
    path = "translations/fr/LC_MESSAGES/zebra.po" if name == "french" else f"{name}.en.md"
    write(place, {path: text})
    settle(place / path)


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def hand() -> Hand:
    return Hand()


def client_at(place: Path, hand: Hand, **settings: Any) -> FlaskClient:
    """Return a client of an app that keeps pages, whose clock is moved by hand."""
    given = Settings(stories=str(place), refresh=0, **settings)
    opened = open_library(given)
    opened.library.publication.clock = Clock(hand)
    return create_app(opened.settings, opened.library).test_client()


def is_there(client: FlaskClient) -> bool:
    """Check whether the story is everywhere, or nowhere; fail if it is only in some places."""
    found = {path: client.get(path).status_code == 200 for path in PATHS}
    found |= {path: "/zebra/" in client.get(path).text for path in LISTS}
    assert len(set(found.values())) == 1, found
    return all(found.values())


@pytest.mark.parametrize(
    ("matter", "phases"),
    [
        ("publish: 2026-12-01T13:00:00Z", [False, True, True]),
        ("publish: 2026-12-01 14:00 +01:00", [False, True, True]),
        ("expires: 2026-12-01T13:00:00Z", [True, False, False]),
        ("publish: 2026-12-01T13:00Z\nexpires: 2026-12-01T14:00Z", [False, True, False]),
        ("publishDate: 2026-12-01T13:00:00Z", [False, True, True]),
    ],
)
def test_a_story_is_public_from_one_second_to_another(
    tmp_path: Path, hand: Hand, matter: str, phases: list[bool]
) -> None:
    client = client_at(place_of(tmp_path, zebra=zebra(f"{matter}\n")), hand)

    found = []
    for hour, phase in zip((13, 14, 15), phases, strict=True):
        end = NOON.replace(hour=hour)
        hand.moment = end - timedelta(seconds=1)
        found.append(is_there(client))
        hand.moment = end
        assert is_there(client) is (phases + phases[-1:])[hour - 12], (hour, phase)

    assert found == phases


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 6), ("Europe/Paris", 5)])
def test_a_time_without_a_zone_is_that_of_the_site(
    tmp_path: Path, hand: Hand, zone: str, hour: int
) -> None:
    place = place_of(tmp_path, zebra=zebra("publish: 2026-12-02 06:00\n"))
    client = client_at(place, hand, timezone=zone)

    hand.moment = datetime(2026, 12, 2, hour, tzinfo=UTC) - timedelta(seconds=1)
    assert not is_there(client)
    hand.moment += timedelta(seconds=1)
    assert is_there(client)


def test_no_cache_keeps_a_page_beyond_its_change(tmp_path: Path) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=20)
    place = place_of(tmp_path, zebra=zebra(f"publish: {soon.isoformat()}\n"))
    client = create_app(Settings(stories=str(place))).test_client()

    policy = client.get("/en/").headers["Cache-Control"]
    again = client.get("/en/").headers["Cache-Control"]
    other = client.get("/en/lion/all/").headers["Cache-Control"]

    for each in (policy, again):
        age, stale = map(int, re.findall(r"=(\d+)", each))
        assert age <= 1
        assert age + stale < 20
    assert "stale-while-revalidate=60" in other


def test_every_page_changes_by_itself_when_the_moment_comes(tmp_path: Path) -> None:
    """The page cache and the index keep to the real clock."""
    soon = datetime.now(UTC) + timedelta(seconds=5)
    place = place_of(tmp_path, zebra=zebra(f"publish: {soon.isoformat()}\n"))
    client = create_app(Settings(stories=str(place), refresh=60)).test_client()
    early = [is_there(client)]

    while datetime.now(UTC) < soon:
        client.get("/en/")
        time.sleep(0.1)

    assert early == [False]
    assert is_there(client)


def test_what_is_not_public_is_exported_nowhere(tmp_path: Path) -> None:
    place = place_of(tmp_path, zebra=zebra("publish: 2999-01-01\n"))

    export(Site(Settings(stories=str(place))), tmp_path / "out", lambda done: None)

    assert not [*(tmp_path / "out").rglob("*zebra*")]
    assert (tmp_path / "out/en/tags/animals.html").exists()


def test_check_lists_what_is_not_public_and_when_it_will_be(tmp_path: Path) -> None:
    place = place_of(
        tmp_path,
        zebra=zebra("publish: 2999-01-01T06:00+01:00\n"),
        ant=zebra("expires: 2001-01-01\n"),
        bee=zebra("draft: true\n"),
        cow=zebra("removed: true\n"),
        dog=zebra(BOTH),
        eel=zebra(f"{BOTH}publish: 2999-01-01\n"),
    )

    warnings = check(Library(place), lambda done: None).warnings

    assert {Path(each.path).name: each.message for each in warnings} == {
        "zebra.en.md": "not public until 2999-01-01 06:00+01:00",
        "ant.en.md": "not public since 2001-01-01 00:00+00:00",
        "bee.en.md": "a draft, which is not published",
        "cow.en.md": "removed: its addresses say so",
        "dog.en.md": "waits for its translations: fr lacks 3 texts",
        "eel.en.md": "not public until 2999-01-01 00:00+00:00, and waits for its translations: "
        "fr lacks 3 texts",
    }


def test_a_server_starts_before_its_first_story_is_public(tmp_path: Path) -> None:
    place = write(tmp_path, {"zebra.en.md": zebra("publish: 2999-01-01\n")})

    assert look_over(Library(place), lambda line: None) == 1


@pytest.mark.parametrize("how", ["front matter", "site"])
def test_a_removed_story_says_so(tmp_path: Path, hand: Hand, how: str) -> None:
    matter = "removed: true\n" if how == "front matter" else ""
    settings = {} if matter else {"removed": ("zebra", "gone")}
    client = client_at(place_of(tmp_path, zebra=zebra(matter)), hand, **settings)

    for path in (*PATHS[:5], "/en/zebra/7/", *(("/en/gone/1/",) if settings else ())):
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert "This story was removed" in answer.text
        assert 'href="/en/"' in answer.text
    assert "/zebra/" not in client.get("/en/").text


# Both languages, or none


def test_both_languages_appear_together(tmp_path: Path, hand: Hand) -> None:
    place = place_of(tmp_path, zebra=zebra(BOTH))
    client = client_at(place, hand)
    assert languages_there(client) == set()

    put(place, "french", catalogue(dict(list(WORDS.items())[:2])))
    assert languages_there(client) == set()

    fuzzy = catalogue(WORDS).replace('msgid "Stripes"', '#, fuzzy\nmsgid "Stripes"')
    put(place, "french", fuzzy)
    assert languages_there(client) == set()

    put(place, "french", catalogue(WORDS))
    assert languages_there(client) == {"en", "fr"}
    assert is_there(client)


def languages_there(client: FlaskClient) -> set[str]:
    found = {tag for tag in ("en", "fr") if client.get(f"/{tag}/zebra/").status_code == 200}
    listed = client.get("/sitemap.xml").text
    assert found == {tag for tag in ("en", "fr") if f"/{tag}/zebra/" in listed}
    return found


def said(client: FlaskClient) -> list[str]:
    """Return the paragraph of the slide in each language."""
    texts = (client.get(f"/{tag}/zebra/all/").text for tag in ("en", "fr"))
    return [re.findall(r"<p[^>]*>([^<]+)</p>\s*</div>", text)[-1] for text in texts]


@pytest.mark.parametrize("restarts", [False, True])
def test_an_edit_waits_for_its_translation(tmp_path: Path, hand: Hand, restarts: bool) -> None:
    place = place_of(tmp_path, zebra=zebra(BOTH), french=catalogue(WORDS))
    client = client_at(place, hand)
    assert said(client) == ["Black, white.", "Noir, blanc."]

    put(place, "zebra", zebra(BOTH, "White, black."))
    client = client_at(place, hand) if restarts else client
    held = said(client)
    waits = open_library(Settings(stories=str(place))).library.publication.withheld("zebra")
    put(place, "french", catalogue({**WORDS, "White, black.": "Blanc, noir."}))

    assert held == ["Black, white.", "Noir, blanc."]
    assert waits
    assert waits.message == "an edit waits for its translations: fr lacks 1 text"
    assert said(client) == ["White, black.", "Blanc, noir."]


@pytest.mark.parametrize("restarts", [False, True])
def test_new_captions_wait_for_their_translation_too(
    tmp_path: Path, hand: Hand, restarts: bool
) -> None:
    words = {**WORDS, "A film": "Un film", "<i>It</i> runs.": "<i>Il</i> court."}
    filmed = zebra(BOTH, "![A film](clip.webm)\n\nBlack, white.")
    place = place_of(tmp_path, zebra=filmed, french=catalogue(words))
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>It</i> runs."
    write(place, {"clip.webm": b"", "clip.en.vtt": captions})
    client = client_at(place, hand)
    assert "Il court." in client.get("/fr/zebra/all/").text

    write(place, {"clip.en.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nIt sleeps."})
    settle(place / "clip.en.vtt")
    client = client_at(place, hand) if restarts else client

    assert "Il court." in client.get("/fr/zebra/all/").text
    assert "It runs." in client.get("/en/zebra/all/").text
    assert "&lt;i&gt;" not in client.get("/en/search?q=runs").text


def test_a_translation_taken_away_is_held_too(tmp_path: Path, hand: Hand) -> None:
    place = place_of(tmp_path, zebra=zebra(BOTH), french=catalogue(WORDS))
    client = client_at(place, hand)
    said(client)

    put(place, "french", catalogue({"Stripes": "Rayures"}))

    assert said(client) == ["Black, white.", "Noir, blanc."]
    assert is_there(client)


def test_an_edit_may_show_in_the_source_language(tmp_path: Path, hand: Hand) -> None:
    place = place_of(tmp_path, zebra=zebra(BOTH), french=catalogue(WORDS))
    client = client_at(place, hand, incomplete="show")
    said(client)

    put(place, "zebra", zebra(BOTH, "White, black."))

    assert said(client) == ["White, black.", "White, black."]
    assert 'lang="en"' in client.get("/fr/zebra/1-rayures/").text


def test_the_site_may_ask_for_both_languages_of_every_story(tmp_path: Path, hand: Hand) -> None:
    place = place_of(tmp_path, zebra=zebra(), french=catalogue(WORDS))
    client = client_at(place, hand, languages=("en", "fr"))

    assert languages_there(client) == {"en", "fr"}
    assert client.get("/en/lion/").status_code == 404


def test_an_embargo_holds_in_both_languages(tmp_path: Path, hand: Hand) -> None:
    matter = f"{BOTH}publish: 2026-12-01T13:00Z\n"
    client = client_at(place_of(tmp_path, zebra=zebra(matter), french=catalogue(WORDS)), hand)
    assert languages_there(client) == set()

    hand.moment = NOON.replace(hour=13)

    assert languages_there(client) == {"en", "fr"}


# Corrections and updates


def test_a_correction_is_public_once_it_is_translated(tmp_path: Path, hand: Hand) -> None:
    corrected = BOTH + 'correction: "2026-12-01: Not grey."\n'
    place = place_of(tmp_path, zebra=zebra(corrected), french=catalogue(WORDS))
    list(Translation(Library(place), (), NOON).rows(lambda done: None))
    written = (place / "translations/fr/LC_MESSAGES/zebra.po").read_text()
    translated = written.replace('"Not grey."\nmsgstr ""', '"Not grey."\nmsgstr "Pas gris."')

    put(place, "french", translated)
    client = client_at(place, hand)

    assert written != translated
    assert "Not grey." in client.get("/en/zebra/").text
    assert "Pas gris." in client.get("/fr/zebra/").text


def test_a_time_of_publication_names_its_zone(tmp_path: Path, hand: Hand) -> None:
    place = place_of(tmp_path, zebra=zebra("publish: 2026-12-01 06:00\n"))

    text = client_at(place, hand, timezone="Europe/Paris").get("/en/zebra/").text

    assert '"datePublished":"2026-12-01T06:00:00+01:00"' in text
    assert 'property="article:published_time" content="2026-12-01T06:00:00+01:00"' in text


@pytest.mark.parametrize(
    ("matter", "minutes", "updated"),
    [
        ("publish: 2025-12-01 06:00", -30, "2025-12-01T06:00:00+01:00"),
        (f"publish: 2025-12-01 06:00\n{CORRECTION}", 270, "2025-12-01T09:30:00+00:00"),
        (f"date: 2025-12-01\n{CORRECTION}", 270, "2025-12-01T09:30:00+00:00"),
    ],
)
def test_a_change_is_not_older_than_its_publication(
    tmp_path: Path, matter: str, minutes: int, updated: str
) -> None:
    place = place_of(tmp_path, zebra=zebra(f"{matter}\n"))
    saved = datetime(2025, 12, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes)
    os.utime(place / "zebra.en.md", (saved.timestamp(), saved.timestamp()))
    client = client_at(place, Hand(), timezone="Europe/Paris")

    feed, page = (client.get(f"/en/{name}").text for name in ("feed.xml", "zebra/"))

    assert re.findall("<updated>(2025.*)</updated>", feed) == [updated]
    assert f'"dateModified":"{updated}"' in page


def test_a_correction_is_shown_with_its_date(tmp_path: Path, client_of: ClientOf) -> None:
    matter = (
        "date: 2026-11-01\nupdated: 2026-11-02\ncorrection:\n"
        "  - '2026-11-05: It has stripes.'\n  - {date: 2026-11-04, text: It is no horse.}\n"
    )
    words = {**WORDS, "It has stripes.": "Il a des rayures."}
    place = place_of(tmp_path, zebra=zebra(matter), french=catalogue(words))
    client = client_of(place)

    english, french = (client.get(f"/{tag}/zebra/").text for tag in ("en", "fr"))
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', english)

    assert "Updated on November 2, 2026" in english
    assert re.search(r"Correction of November 5, 2026:\s*<span>It has stripes", english)
    assert re.search(r"Correction of November 4, 2026:\s*<span>It is no horse", english)
    assert "Il a des rayures." in french
    assert "5 novembre 2026" in french
    dates = json.loads(data)
    assert (dates["datePublished"], dates["dateModified"]) == ("2026-11-01", "2026-11-05")
    assert "<updated>2026-11-05T00:00:00+00:00</updated>" in client.get("/en/feed.xml").text
