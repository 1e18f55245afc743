"""Finished pages: served from memory, and never but what Flask would answer now."""

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client, TestResponse

from slideshow.library.freshness.dependencies import record
from slideshow.settings import Settings
from slideshow.web import views
from slideshow.web.app import create_app
from slideshow.web.pagecache import keys, store
from slideshow.web.pagecache.middleware import PageCache
from tests.web.conftest import ARTICLE, ClientOf, settle, write

SLIDE = "/fr/essai/1-un/"
TEXT = "text/html; charset=utf-8"


class Origin:
    """A WSGI app that counts its answers and says what the tests want."""

    def __init__(self, status: str = "200 OK", **headers: str) -> None:
        self.asked: list[str] = []
        self.status = status
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.headers = {"Content-Type": TEXT, "Content-Length": "1000", **given}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        start_response(self.status, [pair for pair in self.headers.items() if pair[1]])
        host = environ.get("HTTP_HOST", "")
        address = f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}"
        return [f"{address}{environ['PATH_INFO']} {'x' * 1000}"[:1000].encode()]


Cached = Callable[..., Client]


@pytest.fixture
def cached() -> Cached:
    """Return a client of a page cache in front of an origin."""

    def make(origin: Origin, limit: int = 1_000_000, names_hosts: bool = True) -> Client:
        return Client(PageCache(origin, limit, max_age=1, names_hosts=names_hosts))

    return make


def counting(client: FlaskClient) -> list[str]:
    """Return the list of pages that Flask is asked for from now on."""
    asked: list[str] = []
    client.application.before_request(lambda: asked.append("page"))
    return asked


@pytest.fixture
def counted(stories: Path) -> tuple[FlaskClient, list[str]]:
    """Return a client and the list that grows whenever Flask has to make a page."""
    app = create_app(Settings(stories=str(stories), refresh=0))
    client = app.test_client()
    return client, counting(client)


def test_a_page_is_made_once(counted: tuple[FlaskClient, list[str]]) -> None:
    client, made = counted

    answers = [client.get(SLIDE) for _ in range(3)]

    assert len(made) == 1
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1


def test_an_edit_of_the_story_makes_its_pages_anew(
    stories: Path, counted: tuple[FlaskClient, list[str]]
) -> None:
    client, made = counted
    before = client.get(SLIDE)

    (stories / "essai.fr.txt").write_text(ARTICLE.replace("Premier", "Nouveau"))
    settle(stories / "essai.fr.txt")
    after = client.get(SLIDE)

    assert len(made) == 2
    assert "Nouveau" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_an_edit_of_another_story_makes_nothing_anew(tmp_path: Path) -> None:
    place = write(tmp_path, {"a.fr.txt": ARTICLE, "b.fr.txt": ARTICLE})
    for path in (place, *place.iterdir()):
        settle(path)
    client = create_app(Settings(stories=str(place), refresh=0)).test_client()
    made = counting(client)
    client.get("/fr/a/1-un/")

    (place / "b.fr.txt").write_text(ARTICLE.replace("Premier", "Nouveau"))
    settle(place / "b.fr.txt")
    client.get("/fr/a/1-un/")

    assert len(made) == 1


def test_a_new_story_stands_on_the_shelf_at_once(stories: Path, client: FlaskClient) -> None:
    client.get("/fr/")

    write(stories, {"neuf.fr.txt": ARTICLE.replace("Un titre", "Tout neuf")})
    settle(stories)

    assert "Tout neuf" in client.get("/fr/").text


def test_a_page_is_not_asked_for_twice_while_its_sources_vouch(stories: Path) -> None:
    client = create_app(Settings(stories=str(stories), refresh=3600)).test_client()
    before = client.get(SLIDE).data

    (stories / "essai.fr.txt").write_text(ARTICLE.replace("Premier", "Nouveau"))
    settle(stories / "essai.fr.txt")

    assert client.get(SLIDE).data == before


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_each_coding_has_a_validator_that_is_answered_with_304(
    client: FlaskClient, coding: str
) -> None:
    first = client.get(SLIDE, headers={"Accept-Encoding": coding})
    tag = first.headers["ETag"]

    again = client.get(SLIDE, headers={"Accept-Encoding": coding, "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    for name in ("Cache-Control", "Vary", "Content-Security-Policy", "Content-Language"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Encoding" not in again.headers


def test_codings_have_different_validators(client: FlaskClient) -> None:
    answers = [client.get(SLIDE, headers={"Accept-Encoding": c}) for c in ("br", "gzip", "")]

    assert len({answer.headers["ETag"] for answer in answers}) == 3
    assert {answer.headers["Vary"] for answer in answers} == {"Accept-Encoding"}
    assert brotli.decompress(answers[0].data) == answers[2].data


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("{}", 304),
        ("W/{}", 304),
        ('"other", {}', 304),
        ("*", 304),
        ('"other"', 200),
        ("{}x", 200),
        ("garbage\x7f,,", 200),
    ],
)
def test_conditions_are_read_as_http_has_them(
    client: FlaskClient, condition: str, status: int
) -> None:
    tag = client.get(SLIDE).headers["ETag"]

    answer = client.get(SLIDE, headers={"If-None-Match": condition.format(tag)})

    assert answer.status_code == status


@pytest.mark.parametrize("is_first", [True, False])
def test_head_answers_as_get_without_a_body(client: FlaskClient, is_first: bool) -> None:
    if not is_first:
        client.get(SLIDE)

    head = client.head(SLIDE)

    assert head.data == b""
    assert dict(head.headers) == dict(client.get(SLIDE).headers)


def test_browsers_and_proxies_may_answer_at_once(client: FlaskClient) -> None:
    policy = client.get(SLIDE).headers["Cache-Control"]

    assert policy == "public, max-age=1, stale-while-revalidate=60"


def test_without_memory_pages_are_the_same(stories: Path, client_of: ClientOf) -> None:
    with_memory, without = client_of(stories), client_of(stories, pagecache_bytes=0)

    answers = [each.get(SLIDE) for each in (with_memory, without, without)]

    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1


def test_the_root_is_asked_each_time(counted: tuple[FlaskClient, list[str]]) -> None:
    client, made = counted

    places = [client.get("/", headers={"Accept-Language": tag}).location for tag in ("fr", "en")]

    assert places == ["/fr/", "/en/"]
    assert len(made) == 2


def get_twice(client: Client, path: str = "/", **options: Any) -> TestResponse:
    client.get(path, **options)
    return client.get(path, **options)


@pytest.mark.parametrize(
    "origin",
    [
        Origin("404 NOT FOUND"),
        Origin("500 INTERNAL SERVER ERROR"),
        Origin("308 PERMANENT REDIRECT", Location="/"),
        Origin(Set_Cookie="a=b"),
        Origin(Cache_Control="no-store"),
        Origin(Cache_Control="private, max-age=60"),
        Origin(Vary="Accept-Language"),
        Origin(Content_Type="image/png"),
        Origin(Content_Length=""),
    ],
    ids=lambda origin: f"{origin.status} {list(origin.headers.items())[-1]}",
)
def test_what_may_not_be_kept_is_asked_for_each_time(cached: Cached, origin: Origin) -> None:
    origin.asked.clear()

    answer = get_twice(cached(origin))

    assert origin.asked == ["/", "/"]
    assert answer.status == origin.status
    assert answer.content_type == origin.headers["Content-Type"]


def test_only_reading_is_answered_from_memory(cached: Cached) -> None:
    origin = Origin()
    client = cached(origin)

    for method in ("GET", "POST", "OPTIONS", "PUT"):
        client.open("/", method=method)

    assert len(origin.asked) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"base_url": "https://localhost"},
        {"base_url": "http://other.example"},
        {"base_url": "http://localhost/prefix"},
        {"query_string": "theme=dark"},
    ],
    ids=str,
)
def test_host_scheme_prefix_and_theme_have_pages_of_their_own(
    cached: Cached, other: dict[str, str]
) -> None:
    origin = Origin()
    client = cached(origin)
    one = get_twice(client)

    two = get_twice(client, **other)

    assert len(origin.asked) == 2
    assert (one.data == two.data) == ("query_string" in other)


def test_with_a_base_url_all_hosts_share_the_page(cached: Cached) -> None:
    origin = Origin()
    client = cached(origin, names_hosts=False)

    for number in range(50):
        client.get("/", base_url=f"http://h{number}.example")

    assert len(origin.asked) == 1


def test_made_up_hosts_do_not_push_out_the_pages_of_the_real_one(cached: Cached) -> None:
    origin = Origin()
    client = cached(origin, limit=200_000)
    client.get("/")

    for number in range(1000):
        get_twice(client, base_url=f"http://h{number}.example")
    origin.asked.clear()
    client.get("/")

    assert origin.asked == []


@pytest.mark.parametrize("base_url", ["", "https://news.example"])
def test_trusted_hosts_hold_before_a_kept_page(
    stories: Path, client_of: ClientOf, base_url: str
) -> None:
    client = client_of(stories, base_url=base_url, trusted_hosts=("news.example",))
    client.get(SLIDE, base_url="https://news.example")

    answer = client.get(SLIDE, base_url="https://evil.example")

    assert answer.status_code == 400


def test_junk_arguments_share_one_page(cached: Cached) -> None:
    origin = Origin()
    client = cached(origin)

    for number in range(50):
        client.get(f"/?utm_source={number}&{number}=&x[]=1;2")

    assert len(origin.asked) == 1


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("utm=1", ""),
        ("theme=dark&utm=1", "theme=dark"),
        ("theme=dark&theme=light", "theme=dark"),
        ("theme=pink", None),
        ("q=word", None),
        ("url=x&format=xml", None),
        ("x" * 3000, None),
        ("%ff%fe=&=&&", ""),
    ],
)
def test_of_a_query_only_what_we_know_counts(query: str, known: str | None) -> None:
    assert keys.known_query(query) == known


def test_memory_is_bounded_and_the_page_used_longest_ago_goes(cached: Cached) -> None:
    origin = Origin()
    client = cached(origin, limit=60_000)
    client.get("/often/")

    for number in range(100):
        client.get(f"/{number}/")
        client.get("/often/")
    origin.asked.clear()
    client.get("/often/")
    client.get("/99/")
    client.get("/0/")

    assert origin.asked == ["/0/"]


def test_who_asks_for_every_combination_pushes_out_no_page_that_people_read(
    cached: Cached,
) -> None:
    origin = Origin()
    client = cached(origin, limit=60_000)
    for _ in range(2):
        client.get("/read/")

    for number in range(200):
        client.get(f"/pair-{number}/")
    origin.asked.clear()
    client.get("/read/")

    assert origin.asked == []


def test_a_page_that_is_not_read_any_more_makes_room(
    cached: Cached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "AGED_SECONDS", 0.0)
    origin = Origin()
    client = cached(origin, limit=60_000)
    for _ in range(2):
        client.get("/former/")

    for number in range(200):
        client.get(f"/{number}/")
    origin.asked.clear()
    client.get("/former/")

    assert origin.asked == ["/former/"]


def test_the_reads_of_a_page_count_as_memory_of_it() -> None:
    source = Origin()
    kept: list[str] = []

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kept.append(environ["PATH_INFO"])
        for number in range(1_000):
            record(source, number, 1, time.monotonic() + 60)  # type: ignore[arg-type]
        return source(environ, start_response)

    client = Client(PageCache(app, 2_000_000, max_age=1, names_hosts=True))

    for number in range(20):
        client.get(f"/{number}/")
    kept.clear()
    for number in range(20):
        client.get(f"/{number}/")

    assert len(kept) > 10


def test_a_page_too_large_for_the_memory_is_not_kept(cached: Cached) -> None:
    origin = Origin()

    get_twice(cached(origin, limit=8_000))

    assert len(origin.asked) == 2


def test_who_changes_the_headers_of_an_answer_does_not_change_the_page(cached: Cached) -> None:
    cache = cached(Origin()).application

    def meddling(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            headers.append(("X-Meddled", "yes"))
            return start_response(status, headers, *more)

        return cache(environ, start)

    answer = get_twice(Client(meddling))

    assert answer.headers.getlist("X-Meddled") == ["yes"]


def test_every_argument_that_a_view_reads_is_known_to_the_cache() -> None:
    web = Path(views.__file__).parent.parent
    source = "\n".join(path.read_text() for path in sorted(web.rglob("*.py")))

    read = re.findall(r"request\.args(?:\.get\(|\[)\"(\w+)\"", source)

    assert set(read) <= keys.OPEN_ARGUMENTS | set(keys.LISTED_ARGUMENTS)


def test_embedders_get_a_flask_app(stories: Path) -> None:
    assert isinstance(create_app(Settings(stories=str(stories))), Flask)
