"""`slideshow doctor`: each fault of a site's surroundings, and a site that has none."""

from __future__ import annotations

import http.server
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from slideshow.cli import cli
from slideshow.commands import doctor
from tests.conftest import serving
from tests.support.http import answering
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one story."""
    return write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})


@pytest.fixture(autouse=True)
def _outside_containers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take this machine for one outside of a container, as it may not be."""
    monkeypatch.setattr(doctor, "MARKS_OF_CONTAINERS", ())


def examine(place: Path, *options: str, **variables: str) -> Result:
    with reserved_port() as port:
        variables = {"port": str(port), **variables}
    environment = {f"SLIDESHOW_{name.upper()}": value for name, value in variables.items()}
    return CliRunner().invoke(cli, ["doctor", str(place), *options], env=environment)


@contextmanager
def proxy(place: Path, *options: str, **added: str) -> Iterator[str]:
    """Serve a folder behind a proxy that adds headers to each answer; yield its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            request = urllib.request.Request(server + self.path)
            try:
                answer: Any = urllib.request.urlopen(request)
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                body = answer.read()
            self.send_response_only(answer.status)
            for name, value in added.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with (
        answering(Handler) as address,
        serving(str(place), *(options or ("--base-url", address))) as server,
    ):
        yield address


def test_a_site_behind_a_good_proxy_has_no_fault(place: Path) -> None:
    with proxy(place) as address:
        result = examine(place, "--base-url", address)

    lines = result.output.splitlines()
    assert [line for line in lines if not line.endswith(": ok")] == []
    assert len(lines) == 9
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("options", "added", "found"),
    [
        (("--base-url", "http://other.example"), {}, "proxy: pages name http://other.example/"),
        ((), {"X_Frame_Options": "DENY"}, "proxy: the proxy adds X-Frame-Options: DENY"),
        ((), {"Date": "Thu, 01 Jan 2015 00:00:00 GMT"}, "proxy: its clock differs by -"),
    ],
)
def test_what_a_proxy_does_wrong_is_found(
    place: Path, options: tuple[str, ...], added: dict[str, str], found: str
) -> None:
    with proxy(place, *options, **added) as address:
        result = examine(place, "--base-url", address)

    assert found in result.output


def test_an_address_that_nothing_answers_at_is_an_error(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"

    result = examine(place, "--base-url", address)

    assert result.exit_code == 1
    assert f"proxy: {address}/ cannot be reached: " in result.output


def test_a_host_that_readers_name_and_nobody_trusts_is_an_error(place: Path) -> None:
    result = examine(place, base_url="http://127.0.0.1:1", trusted_hosts="slides.example")

    assert result.exit_code == 1
    assert "hosts: the base URL's host 127.0.0.1 is not among SLIDESHOW_TRUSTED_HOSTS" in (
        result.output
    )


def test_a_loopback_address_inside_a_container_is_an_error(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "MARKS_OF_CONTAINERS", (tmp_path,))

    result = examine(place)

    assert result.exit_code == 1
    assert "address: 127.0.0.1 is reached from inside this container alone (set" in result.output


def test_a_port_that_another_program_has_is_an_error(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "ANSWER_WITHIN_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.1)
        result = examine(place, port=str(other.getsockname()[1]))

    assert result.exit_code == 1
    assert "address already in use" in result.output


def test_titles_that_no_font_draws_are_named_with_their_language(place: Path) -> None:
    write(place, {"minato.ja.md": "# 港の朝\n\n## 船\n\n船が来た。\n"})

    result = examine(place)

    assert "fonts: no font draws '港の朝' (Japanese) on cards" in result.output
    assert result.exit_code == 0


def test_a_file_from_the_future_is_named(place: Path) -> None:
    ahead = time.time() + 3600
    os.utime(place / "essai.fr.txt", (ahead, ahead))

    result = examine(place)

    assert "essai.fr.txt: was changed 3" in result.output


def test_a_cache_folder_that_cannot_be_made_is_one_finding_of_all(
    place: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    result = examine(place, filecache_folder=str(tmp_path / "file" / "cache"))

    assert result.exit_code == 1
    assert f"cache: {tmp_path / 'file' / 'cache'}: cannot be written to" in result.output
    assert "stories: ok" in result.output
    assert "proxy: " in result.output


def test_a_wrong_setting_in_the_file_is_one_finding_of_all(place: Path) -> None:
    (place / "slideshow.toml").write_text('refresh = "often"\n')

    result = examine(place)

    assert result.exit_code == 1
    assert f"settings: {place / 'slideshow.toml'}:1: " in result.output
    assert "cache: ok" in result.output


def test_broken_stories_are_counted(place: Path) -> None:
    write(place, {"leer.de.txt": ""})

    result = examine(place)

    assert "1 error and 0 warnings (run `slideshow check`" in result.output
