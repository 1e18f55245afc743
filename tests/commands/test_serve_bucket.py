"""``slideshow serve s3://…`` as real processes, with a real S3 interface."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.buckets import Storage, storage
from tests.commands.test_under_load import fetch, shows, until
from tests.conftest import Serve
from tests.web.conftest import ARTICLE

pytestmark = pytest.mark.trial

URL = "s3://bucket/stories"
PAGES = ["/fr/essai/1-un/", "/fr/essai/", "/fr/"]


@pytest.fixture
def server() -> Iterator[Storage]:
    with storage() as server:
        server.put({"essai.fr.txt": ARTICLE})
        yield server


def validator(url: str) -> tuple[bytes, str]:
    with urlopen(url) as response:
        return response.read(), response.headers["ETag"]


def health(address: str) -> int:
    try:
        return fetch(f"{address}/healthz")[0]
    except HTTPError as error:
        with error:
            return error.code


def test_copies_of_the_server_share_a_bucket_and_survive_it(server: Storage, serve: Serve) -> None:
    environment = {**server.environment, "SLIDESHOW_BUCKET_REFRESH": "0.2"}
    options = ("--base-url", "https://news.example")
    copies = [serve(URL, *options, **environment) for _ in range(2)]
    assert len({validator(copy + page) for copy in copies for page in PAGES}) == len(PAGES)

    server.put({"essai.fr.txt": ARTICLE.replace("Premier", "Nouveau")})

    for copy in copies:
        until(partial(shows, f"{copy}/fr/essai/1-un/", "Nouveau"))
    assert validator(f"{copies[0]}/fr/essai/1-un/") == validator(f"{copies[1]}/fr/essai/1-un/")

    server.stop()

    for copy in copies:
        until(lambda copy=copy: health(copy) == 503)  # type: ignore[misc]
        assert fetch(f"{copy}/fr/essai/3-trois/")[0] == 200  # never asked for before
        assert shows(f"{copy}/fr/essai/1-un/", "Nouveau")


def test_the_settings_in_a_bucket_count_and_change_while_it_is_served(
    server: Storage, serve: Serve
) -> None:
    server.put({"slideshow.toml": 'site_name = "First Post"\nbucket_refresh = 0.2\n'})
    address = serve(URL, **server.environment)
    assert shows(f"{address}/fr/", "First Post")

    server.put({"slideshow.toml": 'site_name = "Second Post"\n'})

    until(partial(shows, f"{address}/fr/", "Second Post"))


def test_a_bucket_that_cannot_be_reached_is_one_line(server: Storage) -> None:
    server.stop()

    result = subprocess.run(
        [sys.executable, "-m", "slideshow", "serve", URL],
        env={**os.environ, **server.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith(f"{URL}: cannot be read: ")
    assert result.stderr.count("\n") == 1


def test_catalogues_are_not_written_into_a_bucket(server: Storage) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "slideshow", "translate", URL, "--to", "en"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 1
    assert "cannot write translations to a bucket" in result.stderr
