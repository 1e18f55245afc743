"""An app of its own for each test, and stories to put into it."""

import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from slideshow.settings import Settings
from slideshow.web.app import create_app

ARTICLE = "Un titre\n\nUn\n\nPremier.\n\nDeux\n\nDeuxième.\n\nTrois\n\nTroisième.\n"
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Un titre"
msgstr "A title"

msgid "Un"
msgstr "One"

msgid "Premier."
msgstr "First."

msgid "Deux"
msgstr "Two"
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, by their relative path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def age(path: Path, seconds: float) -> None:
    """Make a file or a folder look as old as that, so that nobody has to wait."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def settle(path: Path) -> None:
    """Make a file or a folder just written look a second old: younger ones are left alone."""
    age(path, 1)


ESSAI = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder with one story in French, half of it translated into English."""
    return write(tmp_path / "stories", ESSAI)


KEY = re.compile(r"(?<=/)([1-9]\d*)-[^/?]+")  # of a slide, in its address


KEYS = {"fr": ("un", "deux", "trois"), "en": ("one", "two", "trois")}  # of ``ARTICLE``


def keyed(path: str) -> str:
    """Complete the address of a slide of ``ARTICLE``, which has its position alone, by its key."""
    found = re.search(r"\b(fr|en)(?:\+\w+)?/essai/([123])(?=/)", path)
    return (
        path
        if found is None
        else (path[: found.end()] + f"-{KEYS[found[1]][int(found[2]) - 1]}" + path[found.end() :])
    )


class Reader(FlaskClient):
    """A client that asks for slides by their positions, and is led on to their addresses."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Ask, and once more where nothing but the key of a slide was missing."""
        response = super().open(*arguments, **options)
        asked = response.request.full_path.rstrip("?")
        to = unquote(response.location or "").removeprefix(response.request.script_root)
        if response.status_code != 308 or to == asked or KEY.sub(r"\1", to) != asked:
            return response
        return super().open(to, *arguments[1:], **options)


ClientOf = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def client_of() -> ClientOf:
    """Return a function that gives a client of an app that serves a place."""

    def make(place: Path | str = "", **settings: Any) -> FlaskClient:
        given = {"refresh": 0, **settings}
        app = create_app(Settings(stories=str(place), **given))
        app.test_client_class = Reader
        return app.test_client()

    return make


@pytest.fixture
def client(stories: Path, client_of: ClientOf) -> FlaskClient:
    """A client of an app that serves ``stories``."""
    return client_of(stories)


@pytest.fixture(scope="module")
def module_client(module_path: Path, client_of: ClientOf) -> FlaskClient:
    """A client of an app for all tests of a module, whose story none of them changes."""
    return client_of(write(module_path / "stories", ESSAI))


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    """Return a page as parsed HTML, after making sure that it is there."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status)
    return html.document_fromstring(response.data.decode())


def texts(client: FlaskClient, path: str, xpath: str) -> list[str]:
    """Return the text of each element of a page that an XPath names."""
    return [str(element.text) for element in page(client, path).xpath(xpath)]
