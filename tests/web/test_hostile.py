"""Hostile text and hostile requests (checks D4, D9)."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.web.conftest import ARTICLE, CATALOGUE, Reader, write

pytestmark = pytest.mark.trial

# Every character that a text file may hold, but for line ends, which divide texts.
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029")
TEXT = (
    st.one_of(
        st.text(CHARACTERS, min_size=1, max_size=40),
        st.sampled_from(
            [
                "</title><script>alert(1)</script>",
                "{{ 7 * 7 }} {% raw %} {# x #}",
                "<img src=x onerror=alert(1)>",
                "\"' onmouseover=alert(1) x='",
                "]]>--><!--",
                "&lt;&amp;&#x27;&nbsp",
                "%s %(name)s %d {0} {name}",
                "<hx-partial hx-target='body'>",
                "\u202e\u2066abc\u2069",
            ]
        ),
    )
    .map(lambda text: text.strip(" \t\ufeff"))
    .filter(lambda text: bool(text) and not text.isspace())
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    return write(tmp_path_factory.mktemp("stories"), files)


@pytest.fixture(scope="module")
def hostile(place: Path) -> FlaskClient:
    app = create_app(Settings(stories=str(place)))
    app.test_client_class = Reader
    return app.test_client()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=TEXT, headline=TEXT, paragraph=TEXT)
def test_a_page_shows_any_text_and_gains_no_element(
    tmp_path_factory: pytest.TempPathFactory, title: str, headline: str, paragraph: str
) -> None:
    if len({title, headline, paragraph}) < 3:
        return
    place = tmp_path_factory.mktemp("article") / "a.en.txt"
    # Contents make a headline of what would be none by itself, such as a number.
    place.write_text(f"{title}\n\n{headline}\n\n{headline}\n\n{paragraph}\n", newline="")
    app = create_app(Settings(stories=str(place)))
    app.test_client_class = Reader
    client = app.test_client()

    pages = {kind: parsed(client, kind) for kind in ("1/", "", "all/")}

    assert pages["1/"].xpath("//h1")[0].text_content() == headline
    assert pages["1/"].xpath("//article/p")[0].text_content() == paragraph
    assert pages[""].xpath("//h1")[0].text_content() == title
    assert {kind: count(tree) for kind, tree in pages.items()} == plain_counts()


def parsed(client: FlaskClient, kind: str) -> Any:
    return html.document_fromstring(client.get(f"/en/a/{kind}").data.decode())


def count(tree: Any) -> int:
    return len(tree.xpath("//*"))


def plain_counts() -> dict[str, int]:
    """Return the number of elements of each page of a story of plain words."""
    if not _counts:
        with tempfile.TemporaryDirectory() as folder:
            place = write(Path(folder), {"a.en.txt": "Title\n\nHeadline\n\nParagraph.\n"})
            app = create_app(Settings(stories=str(place)))
            app.test_client_class = Reader
            client = app.test_client()
            for kind in ("1/", "", "all/"):
                _counts[kind] = count(parsed(client, kind))
    return _counts


_counts: dict[str, int] = {}


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    path=st.text(max_size=60),
    query=st.text(max_size=60),
    name=st.sampled_from(
        ["Accept-Language", "Accept-Encoding", "Accept", "If-None-Match", "Range", "Origin",
         "X-Forwarded-For", "If-Modified-Since", "Cookie", "HX-Request", "Available-Dictionary"]
    ),
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=60),
)  # fmt: skip
def test_no_request_breaks_the_server(
    hostile: FlaskClient, path: str, query: str, name: str, value: str
) -> None:
    address = f"/{quote(path, safe='/%').lstrip('/')}?{quote(query, safe='&=%')}"

    response = hostile.get(address, headers={name: value})

    assert response.status_code < 500


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["fr", "en", "essai", "1", "3", "all", "..", "%2e", "embed", "static", "",
                         "oembed", "card.png", "FR", "fr+en", "0", "-1", "99999999999"]),
        max_size=5,
    )
)  # fmt: skip
def test_no_mixture_of_our_own_words_breaks_the_server(
    hostile: FlaskClient, parts: list[str]
) -> None:
    # The client takes what stands behind two slashes for a host.
    path = "/" + "/".join(parts).lstrip("/")

    response = hostile.get(path, query_string={"url": "http://localhost/"})

    assert response.status_code < 500


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("path", ["/fr/essai/1-un/", "/fr/", "/healthz"])
def test_pages_are_only_read(hostile: FlaskClient, method: str, path: str) -> None:
    """No error tells a path, a version or a trace (D10)."""
    response = hostile.open(path, method=method)

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
