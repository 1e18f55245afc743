"""The manual's servers of static files, each in its own program, word for word."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from slideshow.commands.export import export
from slideshow.settings import Settings
from slideshow.web.crawl import Site
from tests.conftest import ending, wait_for
from tests.readme import blocks
from tests.support import debian, operators
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial

LONG = "une-histoire-dont-le-nom-est-si-long-que-ses-adresses-ont-plus-de-soixante-quatre-lettres"
MODULES = Path("/usr/lib/apache2/modules")
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # where nginx may write

Headers = Mapping[str, str]
Found = tuple[int, Headers, bytes]
Serve = Callable[[Path, Path, int], AbstractContextManager[str]]


@pytest.fixture(autouse=True)
def _programs() -> None:
    """Run where the programs are, or can be installed."""
    debian.wanted(operators.WHAT, operators.find())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with files beside its texts, of stories with former addresses."""
    folder = tmp_path_factory.mktemp("hosts")
    place, out = folder / "stories", folder / "site"
    settings = Settings(stories=str(place), filecache_folder=str(folder / "cache"))
    for headline in ("Été", "Hiver"):
        article = ARTICLE.replace("Deux", headline)
        write(place, {"essai.fr.txt": article, f"{LONG}.fr.txt": ARTICLE})
        export(Site(settings), out, lambda done: None, is_compressed=True)
    return out


@contextmanager
def run(
    command: Sequence[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server until the block ends; yield its address once it answers."""
    with ending(command, environment) as process:
        wait_for(f"http://127.0.0.1:{port}/robots.txt", process)
        yield f"http://127.0.0.1:{port}"


def nginx(site: Path, work: Path, port: int) -> AbstractContextManager[str]:
    (text,) = blocks("nginx", story="publish")
    text = text.replace("/srv/site", str(site)).replace("listen 80", f"listen 127.0.0.1:{port}")
    paths = "".join(f"{each}_temp_path {work};" for each in PLACES)
    frame = (
        f"user root; daemon off; pid {work}/pid; error_log {work}/log; events {{}}"
        f" http {{ include /etc/nginx/mime.types; access_log off; {paths} {text} }}"
    )
    (work / "nginx.conf").write_text(frame)
    return run(["nginx", "-c", str(work / "nginx.conf"), "-e", str(work / "log")], port)


def caddy(site: Path, work: Path, port: int) -> AbstractContextManager[str]:
    (text,) = blocks("Caddy", story="publish")
    text = text.replace("/srv/site", str(site)).replace("slides.example", f"http://:{port}")
    (work / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text)
    home = {"XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work), "HOME": str(work)}
    return run(["caddy", "run", "--config", str(work / "Caddyfile")], port, home)


def apache(site: Path, work: Path, port: int) -> AbstractContextManager[str]:
    (text,) = blocks("Apache", story="publish")
    text = text.replace("/srv/site", str(site)).replace("*:80", f"*:{port}")
    modules = ("mpm_event", "authz_core", "dir", "mime", "headers")
    lines = [f"LoadModule {each}_module {MODULES}/mod_{each}.so" for each in modules]
    lines += ["TypesConfig /etc/mime.types", "ServerName localhost", f"Listen 127.0.0.1:{port}"]
    lines += [f"PidFile {work}/pid", f"ErrorLog {work}/log", f"DefaultRuntimeDir {work}"]
    (work / "apache.conf").write_text("\n".join([*lines, text]))
    return run(["apache2", "-X", "-f", str(work / "apache.conf")], port)


SERVERS = {"nginx": nginx, "Caddy": caddy, "Apache": apache}


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow no redirect."""


def ask(url: str, **headers: str) -> Found:
    opener = urllib.request.build_opener(_Unfollowed)
    try:
        answer = opener.open(urllib.request.Request(url, headers=headers), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status or 0, dict(answer.headers), answer.read()


@pytest.mark.parametrize("serve", SERVERS.values(), ids=SERVERS.keys())
def test_a_server_of_the_manual_sends_what_readers_need(
    site: Path, tmp_path: Path, serve: Serve
) -> None:
    script = next((site / "static").glob("slideshow.*.js")).name

    with reserved_port() as port, serve(site, tmp_path, port) as address:
        status, headers, body = ask(f"{address}/fr/essai/1-un/")
        _, frame, _ = ask(f"{address}/embed/fr/essai/1-un/")
        missing, _, page = ask(f"{address}/fr/nowhere/")
        _, asset, _ = ask(f"{address}/static/{script}")

    assert (status, headers["Content-Type"].partition(";")[0]) == (200, "text/html")
    assert body == (site / "fr/essai/1-un/index.html").read_bytes()
    assert frame["Access-Control-Allow-Origin"] == "*"
    assert (missing, page) == (404, (site / "404.html").read_bytes())
    assert "immutable" in asset["Cache-Control"]


@pytest.mark.parametrize(("serve", "coding"), [(nginx, "gzip"), (caddy, "br")])
def test_files_beside_the_texts_are_sent(
    site: Path,
    tmp_path: Path,
    serve: Serve,
    coding: str,
) -> None:
    with reserved_port() as port, serve(site, tmp_path, port) as address:
        _, headers, body = ask(f"{address}/fr/essai/1-un/", **{"Accept-Encoding": coding})

    suffix = {"gzip": "gz", "br": "br"}[coding]
    assert headers["Content-Encoding"] == coding
    assert body == (site / f"fr/essai/1-un/index.html.{suffix}").read_bytes()


def test_former_addresses_lead_on_in_nginx(site: Path, tmp_path: Path) -> None:
    with reserved_port() as port, nginx(site, tmp_path, port) as address:
        asked = (quote("/fr/essai/2-été/"), "/fr/essai/3/?theme=dark", f"/embed/fr/{LONG}/1/")
        found = [ask(address + path) for path in asked]

    assert [status for status, _, _ in found] == [308, 308, 308]
    assert [headers["Location"] for _, headers, _ in found] == [
        "/fr/essai/2-hiver/",
        "/fr/essai/3-trois/?theme=dark",
        f"/embed/fr/{LONG}/1-un/",
    ]
