"""Pages as what differs from a page that the reader has (RFC 9842)."""

import base64
import hashlib
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from slideshow.web.pagecache import deltas
from tests.web.conftest import ClientOf, settle, write

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FIRST, SECOND = "/fr/essai/1-un/", "/fr/essai/2-deux/"
READS = "gzip, deflate, br, zstd, dcb, dcz"  # what Chromium sends where it has a dictionary


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


def name_of(body: bytes) -> str:
    """Return the Available-Dictionary of a browser that has a page."""
    return f":{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def ask(client: FlaskClient, path: str, known: bytes, **headers: str) -> TestResponse:
    """Ask for a page as a browser does that knows another."""
    given = {"Accept-Encoding": READS, "Available-Dictionary": name_of(known)}
    return client.get(path, headers={**given, **headers})


def read(answer: TestResponse, known: bytes) -> bytes:
    """Return the page that a browser reads in an answer."""
    magic, digest, frame = answer.data[:8], answer.data[8:40], answer.data[40:]
    assert magic == b"\x5e\x2a\x4d\x18\x20\x00\x00\x00"
    assert digest == hashlib.sha256(known).digest()
    return zstd.decompress(frame, zstd_dict=zstd.ZstdDict(known, is_raw=True))


def test_the_next_slide_takes_a_fraction_of_its_bytes(client: FlaskClient) -> None:
    known, whole = client.get(FIRST).data, client.get(SECOND).data

    answer = ask(client, SECOND, known)

    assert answer.headers["Content-Encoding"] == "dcz"
    assert answer.headers.getlist("Vary") == ["Accept-Encoding, Available-Dictionary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data) < 500
    assert read(answer, known) == whole


def test_every_page_says_what_it_helps(client: FlaskClient) -> None:
    for path in ("/fr/", "/fr/essai/", FIRST, "/fr/essai/all/", "/embed/fr/essai/1-un/"):
        headers = client.get(path).headers

        assert headers["Use-As-Dictionary"] == 'match="/*"', path
        assert headers["Vary"] == "Accept-Encoding", path


def test_where_we_are_mounted_it_helps_our_pages_alone(client: FlaskClient) -> None:
    answer = client.get(FIRST, base_url="http://localhost/de (luxe)")

    assert answer.headers["Use-As-Dictionary"] == 'match="/de%20%28luxe%29/*"'


def test_another_page_of_the_site_helps_too(client: FlaskClient) -> None:
    known = client.get("/fr/").data

    answer = ask(client, "/en/essai/2-two/", known)

    assert read(answer, known) == client.get("/en/essai/2-two/").data
    assert len(answer.data) < len(
        client.get("/en/essai/2-two/", headers={"Accept-Encoding": "br"}).data
    )


def test_a_delta_has_a_validator_of_its_own(client: FlaskClient) -> None:
    known, other = client.get(FIRST).data, client.get("/fr/essai/").data
    tags = [ask(client, SECOND, each).headers["ETag"] for each in (known, other)]
    tags += [
        client.get(SECOND, headers={"Accept-Encoding": each}).headers["ETag"] for each in ("br", "")
    ]

    again = ask(client, SECOND, known, **{"If-None-Match": tags[0]})
    changed = ask(client, SECOND, other, **{"If-None-Match": tags[0]})
    without = client.get(SECOND, headers={"Accept-Encoding": "br", "If-None-Match": tags[0]})

    assert len(set(tags)) == 4
    assert (again.status_code, again.headers["ETag"]) == (304, tags[0])
    # Whoever cannot read a delta must not be told that the one in a proxy is right.
    assert (changed.status_code, without.status_code) == (200, 200)
    assert without.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, br", "br"),
        ("gzip, dcb", "gzip"),
        ("br, dcz;q=0", "br"),
        ("gzip", "gzip"),
        ("", None),
    ],
)
def test_who_reads_no_deltas_gets_none(
    client: FlaskClient, accepted: str, coding: str | None
) -> None:
    known = client.get(FIRST).data

    answer = ask(client, SECOND, known, **{"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == coding


@pytest.mark.parametrize(
    "name",
    [
        name_of(b"a page of another server"),
        ":AAAA:",
        "::",
        ":",
        "AAAA",
        ":not base64!:",
        ":é:",
        "x" * 10_000,
    ],
)
def test_what_names_no_page_of_ours_changes_nothing(client: FlaskClient, name: str) -> None:
    client.get(FIRST)

    answer = ask(client, SECOND, b"", **{"Available-Dictionary": name})

    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"


def test_a_page_that_has_changed_is_told_by_one_that_has_not(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories)
    known = client.get("/fr/").data
    before = ask(client, FIRST, known)
    article = stories / "essai.fr.txt"
    article.write_text(article.read_text().replace("Premier.", "Corrigé."))
    settle(article)

    after = ask(client, FIRST, known)

    assert "Premier." in read(before, known).decode()
    assert "Corrigé." in read(after, known).decode()
    assert before.headers["ETag"] != after.headers["ETag"]


def test_a_page_that_nobody_keeps_any_more_helps_nobody(client_of: ClientOf, stories: Path) -> None:
    client = client_of(stories, pagecache_bytes=0)
    known = client.get(FIRST).data

    assert ask(client, SECOND, known).headers["Content-Encoding"] == "br"


def test_a_very_long_page_neither_helps_nor_is_helped(tmp_path: Path, client_of: ClientOf) -> None:
    paragraphs = f"{'mot ' * 1000}\n\n" * (deltas.MAX_PAGE_BYTES // 4000)
    long = f"Un titre\n\nUn\n\n{paragraphs}Deux\n\nFin.\n"
    client = client_of(write(tmp_path, {"essai.fr.txt": long}))
    known = client.get(FIRST).data

    answer = ask(client, "/fr/essai/all/", known)

    assert answer.headers["Content-Encoding"] == "br"
    assert "Use-As-Dictionary" not in answer.headers


def test_files_and_pictures_are_no_dictionaries(client: FlaskClient) -> None:
    for path in ("/fr/feed.xml", "/sitemap.xml", "/fr/essai/card.png", "/fr/manifest.webmanifest"):
        answer = client.get(path)

        assert answer.status_code == 200, path
        assert "Use-As-Dictionary" not in answer.headers, path


def test_a_page_without_its_body_is_no_difference(client: FlaskClient) -> None:
    known = client.get(FIRST).data
    headers = {"Accept-Encoding": READS, "Available-Dictionary": name_of(known)}

    answer = client.head(SECOND, headers=headers)

    assert answer.headers["Content-Encoding"] in ("br", "zstd", "gzip")
