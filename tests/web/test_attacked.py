"""Requests that mean harm: headers that cost time, or that name another site (checks D3, D9)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.pagecache import keys
from tests.web.conftest import ClientOf

pytestmark = pytest.mark.trial

EVIL = "evil.example"
PREFIXES = [
    f"https://{EVIL}",
    f"//{EVIL}",
    f"/\\{EVIL}",
    f"\\{EVIL}",
    EVIL,
    f"/a//{EVIL}",
    f"/../{EVIL}",
    "/./a",
    "/a?b",
    "/a#b",
    "/a b",
    '/a"><b>',
    "/%2f%2fevil.example",
    "javascript:alert(1)",
    "/ok,//evil.example",
]


@pytest.mark.parametrize(
    "header", ["Accept-Encoding", "Accept-Language", "If-None-Match", "Range", "Cookie"]
)
@pytest.mark.parametrize("path", ["/", "/fr/", "/fr/card.png", "/fr/nowhere/", "/sw.js"])
def test_a_list_of_megabytes_costs_no_time(client: FlaskClient, path: str, header: str) -> None:
    client.get(path)
    item = "bytes=0-1," if header == "Range" else '"aa",' if "None" in header else "aa;q=0.5,"
    value = item * (6_000_000 // len(item))
    start = time.process_time()

    answer = client.get(path, headers={header: value})

    assert answer.status_code < 500
    assert time.process_time() - start < 0.5


def test_a_list_that_is_cut_keeps_its_first_items(client: FlaskClient) -> None:
    wishes = "fr;q=0.9," + "zz;q=0.5," * 1_000

    assert client.get("/", headers={"Accept-Language": wishes}).location == "/fr/"


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("base_url", ["", "https://good.example"])
def test_a_forwarded_prefix_that_names_another_site_is_not_believed(
    stories: Path, client_of: ClientOf, prefix: str, base_url: str
) -> None:
    client = client_of(stories, proxies=1, base_url=base_url)
    headers = {"X-Forwarded-Prefix": prefix}

    start = client.get("/", headers=headers)
    redirect = client.get("/FR/essai/", headers=headers)
    page = client.get("/fr/essai/1-un/", headers=headers)

    assert start.location == "/en/"
    assert redirect.location == "/fr/essai/"
    assert EVIL not in page.text


def test_the_prefix_of_the_base_url_wins_over_a_forwarded_one(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories, proxies=1, base_url="https://good.example/slides")

    answer = client.get("/slides/", headers={"X-Forwarded-Prefix": "/other"})

    assert answer.location == "/slides/en/"


@pytest.mark.parametrize(
    "scheme", ["javascript", "ftp", "https:", "http\\", "h ttps", "ws", "HTTP"]
)
def test_a_forwarded_scheme_that_is_none_of_the_web_is_not_believed(
    stories: Path, client_of: ClientOf, scheme: str
) -> None:
    client = client_of(stories, proxies=1)

    page = client.get("/fr/essai/1-un/", headers={"X-Forwarded-Proto": scheme}).text

    assert '<link rel="canonical" href="http://localhost/fr/essai/1-un/">' in page


def test_a_forwarded_scheme_prefix_and_host_are_believed(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories, proxies=1)
    headers = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/news/my-slides_2.0~",
        "X-Forwarded-Host": "good.example",
    }

    page = client.get("/fr/essai/1-un/", headers=headers).text

    assert 'href="https://good.example/news/my-slides_2.0~/fr/essai/1-un/"' in page


@pytest.mark.parametrize("host", ["xn--", "xn--a", "xn--.x", "a.xn--99999999", "xn--\u00e9"])
def test_a_host_that_no_name_can_have_is_answered_with_400(stories: Path, host: str) -> None:
    """Foreign and malformed hosts never come into an address (D3)."""
    environ = EnvironBuilder("/fr/essai/1-un/").get_environ()
    environ["HTTP_HOST"] = host.encode().decode("latin-1")

    _, status, _ = run_wsgi_app(create_app(Settings(stories=str(stories))), environ)

    assert status.startswith("400 ")


def test_a_host_in_punycode_is_answered(client: FlaskClient) -> None:
    answer = client.get("/fr/", headers={"Host": "xn--bcher-kva.example"})

    assert answer.status_code == 200


def test_made_up_hosts_do_not_keep_the_real_one_out() -> None:
    hosts = keys.KeptHosts()
    for number in range(keys.MAX_HOSTS):
        hosts.is_kept(f"made-up-{number}.example")

    kept = [hosts.is_kept("real.example") for _ in range(keys.HEAD_START_USES + 2)]

    assert kept[-1]


def test_made_up_hosts_do_not_push_the_real_one_out() -> None:
    hosts = keys.KeptHosts()
    for _ in range(50):
        hosts.is_kept("real.example")

    for number in range(1000):
        hosts.is_kept(f"made-up-{number}.example")

    assert hosts.is_kept("real.example")


def test_a_host_whose_site_moved_makes_room() -> None:
    hosts = keys.KeptHosts()
    for number in range(keys.MAX_HOSTS):
        for _ in range(3 * keys.MAX_COUNTED_USES):
            hosts.is_kept(f"old-{number}.example")

    kept = [hosts.is_kept("new.example") for _ in range(keys.MAX_COUNTED_USES * keys.MAX_HOSTS + 1)]

    assert kept[-1]


def test_options_about_the_server_are_told(client: FlaskClient) -> None:
    answer = client.open("*", method="OPTIONS")

    assert answer.status_code == 204
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_method_in_small_letters_is_another(client: FlaskClient) -> None:
    environ = {"REQUEST_METHOD": "get"}

    assert client.get("/fr/", environ_overrides=environ).status_code == 405
