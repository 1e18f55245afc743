"""The headers of every response, by kind of route and status (checks A13, A16, D1, D3, D6, D10)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from slideshow.errors import SettingError
from slideshow.library.opening import open_library
from slideshow.paths import shipped
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.assets import assets_of
from slideshow.web.headers import CACHE_CONTROL
from slideshow.web.paging import STORIES_PER_PAGE
from slideshow.web.services import services
from tests.pictures import saved, two_colours
from tests.web.conftest import ARTICLE, CATALOGUE, ClientOf, Reader, write
from tests.web.observatory import grade
from tests.web.test_long_story import long_story

ASSETS = assets_of(shipped("static")).by_name
LANGUAGES = ["fr", "en"]
PAGES = [
    "/{}/",
    "/{}/page-2.html",
    "/{}/search?q=titre",
    "/{}/essai/",
    "/{}/essai/2/",
    "/{}/essai/all/",
    "/{}/essai/embed/",
    "/{}/essai/2/embed/",
    "/{}/legal.html",
    "/{}/offline.html",
    "/{}/long/contents-2.html",
    "/{}+{}/long/contents-2.html",
    "/{}/long/all-2.html",
    "/{}+{}/long/all-2.html",
    "/{}+{}/essai/",
    "/{}+{}/essai/2/",
    "/{}+{}/essai/all/",
    "/{}/tags/nuit.html",
    "/{}/series/gare.html",
    "/{}/series/gare/page-2.html",
]
FRAME = "/embed/{}/essai/2/"
CONTENTS = "/embed/{}/essai/contents/"
FILES = [
    "/{}/feed.xml",
    "/{}/essai/feed.xml",
    "/{}/tags/nuit.xml",
    "/{}/series/gare.xml",
    "/{}/manifest.webmanifest",
    "/{}/card.png",
    "/{}/essai/card.png",
    "/{}/essai/2/card.png",
]
OEMBED = "/oembed?url=http://localhost/{}/essai/2/"
OF_THE_SITE = [
    "/",
    "/index.html",
    "/healthz",
    "/readyz",
    "/embed.js",
    f"/{ASSETS['embed.js'].address}",
    "/favicon.ico",
    "/sw.js",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-2.xml",
    "/oembed",
    "/nothing",
    "/static/nothing.css",
    "/pictures/lampe/nothing.jpg",
    "/recordings/lampe/nothing.mp3",
]
ALWAYS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Resource-Policy",
}
HTML = {"Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy", "Content-Language"}


@pytest.fixture(scope="module")
def client(module_client: FlaskClient) -> FlaskClient:
    return module_client


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    files: dict[str, str | bytes] = {
        "essai.fr.txt": ARTICLE,
        "pages/legal.fr.md": "# Mentions\n\n## Un\n\nTexte.\n",
        "lampe.fr.md": "---\ntags: [nuit]\nseries: Gare\n---\n"
        "# Lampe\n\n## Un\n\n![Une lampe](lampe.png)\n\nTexte.\n",
        "lampe.png": saved(two_colours(40, 30), "PNG"),
        "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
    }
    files |= {f"more-{number}.fr.txt": ARTICLE for number in range(STORIES_PER_PAGE)}
    place = long_story(write(tmp_path_factory.mktemp("stories"), files))
    opened = open_library(Settings(stories=str(place), refresh=0))
    app = create_app(opened.settings, opened.library)  # one that no new settings replace
    app.test_client_class = Reader
    services(app).index.read()  # an unknown name may be an alias, which is known only then

    @app.get("/<language>/broken/")
    @app.get("/embed/<language>/broken/")
    def broken(language: str) -> str:
        raise ZeroDivisionError(f"a secret of {__file__}")

    return app


@pytest.fixture(scope="module")
def responses(app: Flask) -> dict[str, TestResponse]:
    """Return an answer of each kind of route, status and language, by a name for it."""
    client = app.test_client()
    found: dict[str, TestResponse] = {}
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for kind in (*PAGES, FRAME, CONTENTS, *FILES, OEMBED, f"{OEMBED}&format=xml"):
            path = kind.format(language, other)
            found[path] = response = client.get(path)
            if etag := response.headers.get("ETag"):
                found[f"{path} again"] = client.get(path, headers={"If-None-Match": etag})
            for method in ("PUT", "DELETE", "TRACE", "PATCH", "POST", "OPTIONS", "HEAD"):
                found[f"{method} {path}"] = client.open(path, method=method)
        found[f"{OEMBED.format(language)}&format=foo"] = client.get(
            f"{OEMBED.format(language)}&format=foo"
        )
        for path in ("/{}/nothing/", "/{}/essai/99/", "/{}/essai/1", "/{}/broken/"):
            for prefix in ("", "/embed"):
                name = prefix + path.format(language)
                found[name] = client.get(name)
        for path in ("/{}/", "/embed/{}/essai/1/", "/{}/feed.xml", "/{}/essai/1/card.png"):
            name = path.format(language.upper())
            found[name] = client.get(name)
        bad = {"Host": "a b"}
        for name in (f"/{language}/essai/1/", f"/embed/{language}/essai/1/"):
            found[f"{name} of a bad host"] = client.get(name, headers=bad)
    picture = re.search(r"/pictures/[^ \"]+", client.get("/fr/lampe/1/").text)
    assert picture
    for name in (*OF_THE_SITE, picture[0], *static_files(app)):
        found[name] = client.get(name)
        for method in ("PUT", "DELETE", "TRACE"):
            found[f"{method} {name}"] = client.open(name, method=method)
    writing = create_app(replace(services(app).settings, reload=True)).test_client()
    for path in ("/reload.json", "/fr/essai/2-deux/"):
        found[f"{path} while one writes"] = writing.get(path)
    return found


def static_files(app: Flask) -> Iterator[str]:
    for name in ("slideshow.css", "slideshow.js", "frame.js", "icon.svg"):
        yield f"/static/{services(app).assets.by_name[name].address}"


def test_every_kind_of_answer_is_among_those_tested(responses: dict[str, TestResponse]) -> None:
    assert {each.status_code for each in responses.values()} >= {
        200,
        303,
        304,
        308,
        400,
        404,
        405,
        500,
        501,
    }


def test_every_route_is_among_those_tested(app: Flask, responses: dict[str, TestResponse]) -> None:
    adapter = app.url_map.bind("localhost")
    paths = [name.split(" ")[0].split("?")[0] for name in responses if name.startswith("/")]

    found = {adapter.match(path)[0] for path in paths if is_routed(adapter, path)}

    assert {rule.endpoint for rule in app.url_map.iter_rules()} - found == set()


def is_routed(adapter: MapAdapter, path: str) -> bool:
    try:
        return bool(adapter.match(path))
    except HTTPException:
        return False


def test_every_answer_has_the_full_set_of_headers_once(responses: dict[str, TestResponse]) -> None:
    """Every route, status and language has the full set of headers once (D1)."""
    for name, response in responses.items():
        expected = ALWAYS | (HTML if is_html(name, responses) else set())
        counted = {each: len(response.headers.getlist(each)) for each in expected}
        assert counted == dict.fromkeys(expected, 1), (name, response.status)


def test_policies_name_no_other_origin(responses: dict[str, TestResponse]) -> None:
    """Neither ``http:`` nor ``*``, but for those who may show a frame (D1)."""
    for name, response in responses.items():
        policy = response.headers["Content-Security-Policy"]
        ancestors = "frame-ancestors * file:" if is_frame(name) else "frame-ancestors 'self'"
        assert policy.endswith(ancestors), name
        rest = policy.removesuffix(ancestors)
        assert "default-src 'none'" in rest, name
        assert not any(word in rest for word in ("http", "*", "unsafe")), name


def test_frames_and_files_may_stand_elsewhere_and_pages_may_not(
    responses: dict[str, TestResponse],
) -> None:
    """Every route, status and language has the full set of headers once (D1)."""
    for name, response in responses.items():
        is_shared = is_frame(name) or not is_html(name, responses)
        policy = "cross-origin" if is_shared else "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == policy, name
        origin = response.headers.get("Access-Control-Allow-Origin")
        assert origin == ("*" if is_shared else None), name
        assert "X-Frame-Options" not in response.headers, name


def test_no_answer_sets_a_cookie_or_lets_one_through(responses: dict[str, TestResponse]) -> None:
    """There is no cookie anywhere, and the frame works without any storage (A13)."""
    for name, response in responses.items():
        assert "Set-Cookie" not in response.headers, name
        assert "Access-Control-Allow-Credentials" not in response.headers, name
        assert "Cookie" not in response.headers.get("Vary", ""), name


def test_errors_tell_nothing_of_our_insides(responses: dict[str, TestResponse]) -> None:
    """No error tells a path, a version or a trace (D10)."""
    words = (
        "Traceback",
        "ZeroDivisionError",
        "secret",
        "site-packages",
        ".py",
        "Werkzeug",
        "Flask",
    )

    for name, response in responses.items():
        if response.status_code >= 400:
            assert not [word for word in words if word in response.text], name
            assert not [word for word in words if word in str(response.headers)], name


def is_html(name: str, responses: dict[str, TestResponse]) -> bool:
    # An answer of 304 has no type of its own: it stands for the page that it came from.
    return responses[name.removesuffix(" again")].mimetype == "text/html"


def is_frame(name: str) -> bool:
    return name.split(" ")[-1 if name[0] != "/" else 0].startswith("/embed/")


@pytest.mark.parametrize("path", ["/fr/essai/1-un/", "/embed/fr/essai/1-un/", "/fr/", "/healthz"])
def test_hsts_only_over_https(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    secure = client.get(path, base_url="https://localhost")

    assert "Strict-Transport-Security" not in plain.headers
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", [*PAGES, FRAME, "/{}/nothing/"])
@pytest.mark.parametrize("languages", [LANGUAGES, LANGUAGES[::-1]])
def test_the_http_observatory_gives_the_best_grade(
    client: FlaskClient, path: str, languages: list[str]
) -> None:
    """Every route, status and language has the full set of headers once (D1)."""
    response = client.get(path.format(*languages), base_url="https://localhost")

    assert grade(response.headers, response.text) == "A+"


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "POST", "NONSENSE"])
@pytest.mark.parametrize(
    "path", ["/fr/essai/1-un/", "/embed/fr/essai/1-un/", "/nothing", "/static/x.js"]
)
def test_a_site_that_is_only_read_refuses_to_be_written(
    client: FlaskClient, path: str, method: str
) -> None:
    """What is not there no more than what is (D10)."""
    response = client.open(path, method=method)

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_sandboxed_frame_may_ask_with_the_headers_of_htmx(client: FlaskClient) -> None:
    """The preflight of a sandboxed frame is answered for every origin (A16)."""
    asked = {
        "Origin": "null",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "hx-boosted,hx-current-url,hx-request,hx-target",
    }

    response = client.options("/embed/fr/essai/2-deux/", headers=asked)

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Headers"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_the_setting_names_who_may_show_frames(client_of: ClientOf, stories: Path) -> None:
    client = client_of(stories, frame_ancestors="'self' https://news.example")

    frame = client.get("/embed/fr/essai/1-un/").headers["Content-Security-Policy"]
    page = client.get("/fr/essai/1-un/").headers["Content-Security-Policy"]

    assert frame.endswith("; frame-ancestors 'self' https://news.example")
    assert page.endswith("; frame-ancestors 'self'")


@pytest.mark.parametrize(
    "value",
    ["", "*; script-src *", "*\nX: y", "*, *", "news.example/a b;", "https://é.example", "none"],
)
def test_a_source_list_that_breaks_the_policy_is_refused_at_the_start(value: str) -> None:
    with pytest.raises(SettingError, match="frame_ancestors"):
        Settings(frame_ancestors=value)


@pytest.mark.parametrize(
    "value",
    ["*", "'none'", "'self'", "https:", "https://*.news.example:8443 news.example 'self'"],
)
def test_a_source_list_is_taken(value: str) -> None:
    assert Settings(frame_ancestors=value).frame_ancestors == value


BAD_HOSTS = [
    "a b",
    "evil.example/",
    "a@b",
    "<script>",
    "x" * 70_000,
    "[::1",
    "odd:port",
    "a:99999",
    "..%2f",
]


@pytest.mark.parametrize("host", BAD_HOSTS, ids=lambda host: host[:12])
def test_a_malformed_host_is_refused(client: FlaskClient, host: str) -> None:
    """Foreign and malformed hosts never come into an address (D3)."""
    response = client.get("/fr/essai/1-un/", headers={"Host": host})

    assert response.status_code == 400
    assert host not in response.text


@pytest.mark.parametrize("host", ["evil.example", "ok.example.evil.example", *BAD_HOSTS[:-1]])
@pytest.mark.parametrize("is_forwarded", [True, False])
def test_a_foreign_host_is_refused(
    client_of: ClientOf, stories: Path, host: str, is_forwarded: bool
) -> None:
    """On every page, and never said again (D3)."""
    client = client_of(stories, trusted_hosts=("ok.example",), proxies=1)
    forwarded = {"X-Forwarded-Host": host, "Host": "ok.example"}

    for path in ("/fr/essai/1-un/", "/fr/essai/", "/embed/fr/essai/1-un/", "/", "/FR/", "/nothing"):
        response = client.get(path, headers=forwarded if is_forwarded else {"Host": host})

        assert response.status_code == 400
        assert host not in response.text
        assert host not in str(response.headers)


@pytest.mark.parametrize("host", ["ok.example", "ok.example:8080", "OK.example", "a.all.example"])
def test_a_trusted_host_may_name_its_port(client_of: ClientOf, stories: Path, host: str) -> None:
    client = client_of(stories, trusted_hosts=("ok.example", ".all.example"))

    assert client.get("/fr/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "ok.example:8080", "EVIL.example"])
def test_the_base_url_stands_above_every_host(
    client_of: ClientOf, stories: Path, host: str
) -> None:
    """Where it is set, nothing of a request comes into an address (D3)."""
    client = client_of(stories, base_url="https://ok.example/stories", proxies=1)
    headers = {"Host": host, "X-Forwarded-Host": host}

    for path in (
        "/fr/essai/1-un/",
        "/fr/essai/",
        "/embed/fr/essai/1-un/",
        "/fr/",
        "/FR/",
        "/fr/essai",
    ):
        response = client.get(path, headers=headers)

        assert host not in response.text
        assert host not in response.headers.get("Location", "")


def test_without_proxies_forwarded_headers_are_nothing(client: FlaskClient) -> None:
    """Foreign and malformed hosts never come into an address (D3)."""
    forwarded = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
    }

    response = client.get("/fr/essai/1-un/", headers=forwarded)

    assert response.text == client.get("/fr/essai/1-un/").text
    assert "Strict-Transport-Security" not in response.headers


OUT = [
    "..", "%2e%2e", "..%2f..", "%2e%2e%2f", "..%5c", "....//", "%00", "/etc/passwd",
    "%252e%252e%252f", "．．／", "..;", "file:///etc/passwd",
]  # fmt: skip
PLACES = [
    "/{}/essai/1/", "/fr/{}/1/", "/fr/{}/", "/static/{}/pyproject.toml", "/static/{}",
    "/embed/{}/essai/1/", "/embed/fr/{}/1/", "/embed/fr/essai/{}/", "/fr/{}/1/embed/",
    "/pictures/{}/a.jpg", "/pictures/essai/{}", "/{}/feed.xml", "/fr/{}/feed.xml", "/{}/card.png",
    "/fr/{}/card.png", "/fr+{}/essai/1/", "/fr+en/{}/1/",
]  # fmt: skip


@pytest.mark.parametrize("part", OUT)
@pytest.mark.parametrize("place", PLACES)
def test_no_way_leads_out_of_the_site(app: Flask, place: str, part: str) -> None:
    """No spelling of a path leads out of the site (D6)."""
    response = app.test_client().get(place.format(part))

    assert response.status_code == 404
    assert "root:x:" not in response.text
    assert "build-system" not in response.text


def test_the_table_of_cache_headers_names_addresses_of_the_site(app: Flask) -> None:
    writing = create_app(replace(services(app).settings, reload=True))

    endpoints = {rule.endpoint for rule in writing.url_map.iter_rules()}

    assert endpoints >= CACHE_CONTROL.keys()


def test_every_file_says_how_long_it_may_be_kept(responses: dict[str, TestResponse]) -> None:
    files = [each for each in responses.values() if each.request.path.endswith((".js", ".png"))]
    answered = [each.headers.get("Cache-Control") for each in files if each.status_code == 200]

    assert answered
    assert set(answered) <= {*CACHE_CONTROL.values()}


def test_hsts_is_a_setting_and_is_not_said_below_a_path(stories: Path, client_of: ClientOf) -> None:
    def hsts(client: FlaskClient) -> str | None:
        return client.get("/fr/", base_url="https://a.example").headers.get(
            "Strict-Transport-Security"
        )

    assert hsts(client_of(stories, hsts=60)) == "max-age=60"
    assert hsts(client_of(stories, hsts=0)) is None
    assert hsts(client_of(stories, base_url="https://a.example/stories")) is None


def test_how_long_caches_show_a_page_is_a_setting(stories: Path, client_of: ClientOf) -> None:
    policy = client_of(stories, max_age=300).get("/fr/essai/1/").headers["Cache-Control"]

    assert policy == "public, max-age=300, stale-while-revalidate=60"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.example", "x" * 300])
def test_probes_are_answered_by_any_host(
    stories: Path, client_of: ClientOf, path: str, host: str
) -> None:
    client = client_of(stories, trusted_hosts=("news.example",))

    probe = client.get(path, headers={"Host": host})
    page = client.get("/fr/", headers={"Host": host})

    assert (probe.status_code, page.status_code) == (200, 400)
    assert probe.headers["Cache-Control"] == "no-store"


def test_a_server_is_ready_as_long_as_the_last_known_stories_are_served(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories)
    client.get("/fr/")
    stories.rename(stories.with_name("gone"))

    assert client.get("/healthz").status_code == 503
    assert client.get("/readyz").status_code == 200


def test_a_server_without_a_story_is_not_ready(tmp_path: Path, client_of: ClientOf) -> None:
    assert client_of(tmp_path).get("/readyz").status_code == 503
