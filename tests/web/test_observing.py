"""The access log, and the counts of reads."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.library.counts import Counts
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.observing.exchange import Exchange
from slideshow.web.observing.reads import Reads, is_read
from tests.web.conftest import ClientOf

BROWSER = {"Accept": "text/html,application/xhtml+xml", "User-Agent": "Mozilla/5.0"}
AHEAD = {"Accept": "text/html", "User-Agent": "Mozilla/5.0"}
NAVIGATION = {"Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0"}
IN_PLACE = {"Slideshow-Read": "1", "Accept": "*/*", "User-Agent": "Mozilla/5.0"}


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "access" in record.name]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (
            "/fr/essai/1-un/?a=b",
            r"192\.0\.2\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "
            r'"GET /fr/essai/1-un/\?a=b HTTP/1\.1" 200 \d+ "https://a\.example/" "A \\"B\\" \\xe9"',
        ),
        ("/fr/é%22/", r'.*"GET /fr/%C3%A9%22/ HTTP/1\.1" 404 \d+ .*'),
    ],
)
def test_the_combined_log_is_what_programs_read(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture, path: str, line: str
) -> None:
    client = client_of(stories, access_log="combined", proxies=1)
    headers = {
        "X-Forwarded-For": "192.0.2.1",
        "Referer": "https://a.example/",
        "User-Agent": 'A "B" \xe9',
    }

    with caplog.at_level(logging.INFO):
        client.get(path, headers=headers)

    (found,) = logged(caplog)
    assert re.fullmatch(line, found)


def test_a_reader_cannot_forge_a_line_of_the_log(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(stories, access_log="combined")

    with caplog.at_level(logging.INFO):
        client.get("/fr/%0A127.0.0.1 - - evil", headers={"User-Agent": "\x1b[2J\x7f"})

    (line,) = logged(caplog)
    assert re.fullmatch(r"[ -~]+", line)


def test_the_json_log_says_how_a_page_was_answered(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(stories, access_log="json", refresh=60)

    with caplog.at_level(logging.INFO):
        client.get("/fr/essai/1-un/")
        client.head("/fr/essai/1-un/")

    first, second = map(json.loads, logged(caplog))
    assert (first["method"], first["path"], first["status"]) == ("GET", "/fr/essai/1-un/", 200)
    assert (first["cache"], second["cache"]) == ("miss", "hit")
    assert first["bytes"] > second["bytes"] == 0
    assert 0 < first["seconds"] < 60


def test_there_is_no_access_log_unless_it_is_asked_for(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client_of(stories).get("/fr/essai/1-un/")

    assert logged(caplog) == []


@pytest.fixture
def reader(stories: Path, tmp_path: Path) -> tuple[FlaskClient, Reads, Counts]:
    """A client, what counts its reads, and the counts."""
    counts = Counts(tmp_path / "counts.db")
    app = create_app(Settings(stories=str(stories), refresh=60))
    reads = Reads(app, counts, pause=3600)
    inner = app.wsgi_app
    from slideshow.web.observing.exchange import Observed

    app.wsgi_app = Observed(inner, [reads])  # type: ignore[method-assign]
    return app.test_client(), reads, counts


def test_pages_frames_slides_and_languages_in_place_are_counted(
    reader: tuple[FlaskClient, Reads, Counts],
) -> None:
    client, reads, counts = reader

    client.get("/fr/essai/", headers=BROWSER)
    first = client.get("/fr/essai/1-un/", headers=NAVIGATION)
    client.get("/fr/essai/1-un/", headers={**NAVIGATION, "If-None-Match": first.headers["ETag"]})
    client.head("/en/essai/2-two/", headers=IN_PLACE)
    client.get("/en/essai/all/", headers={**IN_PLACE, "Accept": "text/html"})
    client.get("/embed/fr/essai/1-un/", headers=BROWSER)
    client.get("/fr+en/essai/1-un/", headers=BROWSER)
    reads.write()

    day = {row[0] for row in counts.totals(["day"])}
    assert len(day) == 1
    assert [*counts.totals(["slide", "language", "shown"])] == [
        ("", "fr", "page", 1),
        ("all", "en", "page", 1),
        ("two", "en", "page", 1),
        ("un", "fr", "frame", 1),
        ("un", "fr", "page", 2),
        ("un", "fr+en", "page", 1),
    ]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/fr/essai/2-deux/", AHEAD),
        ("/fr/essai/2-deux/", {**BROWSER, "Sec-Fetch-Mode": "cors"}),
        ("/fr/essai/2-deux/", {**NAVIGATION, "Sec-Purpose": "prefetch;prerender"}),
        ("/fr/essai/2-deux/", {**BROWSER, "User-Agent": "Googlebot/2.1 (+http://www.google.com)"}),
        ("/fr/essai/9/", BROWSER),
        ("/fr/", BROWSER),
        ("/fr/essai/1-un/card.png", BROWSER),
        ("/fr/essai/feed.xml", BROWSER),
        ("/healthz", BROWSER),
    ],
)
def test_pages_fetched_ahead_robots_and_files_are_not_counted(
    reader: tuple[FlaskClient, Reads, Counts], path: str, headers: dict[str, str]
) -> None:
    client, reads, counts = reader

    client.get(path, headers=headers)
    reads.write()

    assert [*counts.totals(["story"])] == []


def test_reads_that_a_full_disk_refuses_are_written_later(
    reader: tuple[FlaskClient, Reads, Counts],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client, reads, counts = reader
    client.get("/fr/essai/1-un/", headers=BROWSER)
    (tmp_path / "counts.db").rename(tmp_path / "away.db")
    (tmp_path / "counts.db").mkdir()

    reads.write()
    (tmp_path / "counts.db").rmdir()
    (tmp_path / "away.db").rename(tmp_path / "counts.db")
    reads.write()

    assert "reads cannot be counted for now" in caplog.text
    assert [*counts.totals(["story"])] == [("essai", 1)]


def test_the_script_that_counts_comes_with_the_setting_alone(
    stories: Path, tmp_path: Path, client_of: ClientOf
) -> None:
    plain = client_of(stories)
    counted = client_of(stories, counts=str(tmp_path / "counts.db"))

    for path in ("/fr/essai/1-un/", "/embed/fr/essai/1-un/"):
        assert "count" not in "".join(re.findall(r"<script[^>]+>", plain.get(path).text))
        assert "count" in "".join(re.findall(r"<script[^>]+>", counted.get(path).text))


def test_an_exchange_without_headers_is_no_read() -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/fr/essai/1-un/"}

    assert not is_read(Exchange(environ, "/fr/essai/1-un/", 200, 1, 0.0, 0.0))
