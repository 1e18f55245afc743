"""Scripts of a site's owner: on pages, in their policy, and nowhere else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha384
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.commands.export import Site, export
from slideshow.errors import SettingError
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.middleware.preview import signed
from tests.web.conftest import ClientOf, page, write

TOML = """\
[scripts]
host = "https://stats.example"
load = ["look/stats.js", "/script.js"]
attributes = { data-domain = "a\\"b" }
"""
FILE = b"window.seen = 1; // kept as it is\n"
PAGES = ["/fr/", "/fr/essai/", "/fr/essai/1/", "/fr+en/essai/1/", "/fr/essai/all/", "/fr/x/"]
ELSEWHERE = ["/embed/fr/essai/1/", "/embed/fr/essai/contents/", "/fr/feed.xml", "/sw.js"]


@pytest.fixture
def site(stories: Path) -> Path:
    return write(stories, {"slideshow.toml": TOML, "look/stats.js": FILE})


def directives(policy: str) -> dict[str, str]:
    return dict(each.strip().split(" ", 1) for each in policy.split(";"))


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_of_a_page_allows_the_host_where_scripts_need_it_and_nothing_else(
    site: Path, stories: Path, client_of: ClientOf, path: str
) -> None:
    own = client_of(site).get(path)
    write(stories, {"slideshow.toml": ""})
    before = directives(client_of(stories).get(path).headers["Content-Security-Policy"])

    found = directives(own.headers["Content-Security-Policy"])

    assert {name: found[name] for name in found if found[name] != before[name]} == {
        name: f"{before[name]} https://stats.example"
        for name in ("script-src", "img-src", "connect-src")
    }
    assert "Cross-Origin-Embedder-Policy" not in own.headers
    assert "https://stats.example/script.js" in own.text


@pytest.mark.parametrize("path", ELSEWHERE)
def test_frames_and_files_know_nothing_of_the_host(
    site: Path, client_of: ClientOf, path: str
) -> None:
    answer = client_of(site).get(path)

    assert "stats" not in answer.text + answer.headers["Content-Security-Policy"]


def test_frames_load_them_where_the_owner_says_so(site: Path, client_of: ClientOf) -> None:
    write(site, {"slideshow.toml": f"{TOML}frames = true\n"})

    answer = client_of(site).get("/embed/fr/essai/1/")

    assert "https://stats.example/script.js" in answer.text
    assert "connect-src 'self' https://stats.example" in answer.headers["Content-Security-Policy"]


def test_previews_whose_addresses_are_secret_load_none(site: Path, client_of: ClientOf) -> None:
    draft = (site / "essai.fr.txt").read_text()
    write(site, {"draft.fr.md": f"---\ndraft: true\n---\n{draft}"})
    client = client_of(site, preview_secret="s")
    root = f"/preview/{signed('draft', Settings(preview_secret='s'))}"

    answer = client.get(f"{root}/fr/draft/")

    assert answer.status_code == 200
    assert "stats" not in answer.text + answer.headers["Content-Security-Policy"]


def test_a_file_comes_with_its_hash_and_a_script_of_the_host_with_its_attributes(
    site: Path, client_of: ClientOf
) -> None:
    client = client_of(site)
    found = page(client, "/fr/essai/1/")

    (file,) = found.xpath("//script[@integrity]")
    (elsewhere,) = found.xpath("//script[@async]")

    served = client.get(file.get("src"))
    assert (served.data, served.mimetype) == (FILE, "text/javascript")
    assert file.get("integrity") == f"sha384-{b64encode(sha384(FILE).digest()).decode()}"
    assert "defer" in file.attrib
    assert elsewhere.get("data-domain") == 'a"b'
    assert elsewhere.get("src") == "https://stats.example/script.js"


def test_a_path_without_a_host_is_at_the_site_itself(site: Path, client_of: ClientOf) -> None:
    write(site, {"slideshow.toml": '[scripts]\nload = ["/matomo/matomo.js"]\n'})

    answer = client_of(site).get("/fr/essai/1/")

    assert '<script async src="/matomo/matomo.js"></script>' in answer.text
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_the_export_has_the_files_that_its_pages_load(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    export(Site(Settings(stories=str(site))), out, lambda done: None)

    text = (out / "fr" / "essai" / "1-un" / "index.html").read_text()
    (address,) = re.findall(r'src="(/static/own-[^"]+)"', text)
    assert (out / address.lstrip("/")).read_bytes() == FILE


def test_a_site_without_scripts_of_its_own_loads_nothing_for_them(client: FlaskClient) -> None:
    assert "shown" not in client.get("/fr/essai/1/").text


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('host = "stats.example"', "slideshow.toml:2: host='stats.example' is not the address"),
        ('host = "https://a.example/"', "slideshow.toml:2: host='https://a.example/'"),
        ("host = \"https://a.example; script-src 'unsafe-inline'\"", "slideshow.toml:2: host="),
        ('host = "http://a.example"', "slideshow.toml:2: host='http://a.example'"),
        ('host = "https://*.example"', "slideshow.toml:2: host="),
        ('load = ["https://b.example/a.js"]', "no file 'https://b.example/a.js'"),
        ('load = ["//b.example/a.js"]', "slideshow.toml:2: '//b.example/a.js' in load is neither"),
        ('load = ["a.css"]', "slideshow.toml:2: 'a.css' in load is neither"),
        ('load = ["none.js"]', "slideshow.toml:2: no file 'none.js'"),
        ("attributes = {onload = 'x'}", "slideshow.toml:2: the attribute 'onload' is not allowed"),
        ("attributes = {data-hx-get = 'x'}", "slideshow.toml:2: the attribute 'data-hx-get'"),
    ],
)
def test_a_mistake_is_named_with_its_line(stories: Path, line: str, problem: str) -> None:
    write(stories, {"slideshow.toml": f"[scripts]\n{line}\n"})

    with pytest.raises(SettingError, match=re.escape(problem)):
        create_app(Settings(stories=str(stories)))
