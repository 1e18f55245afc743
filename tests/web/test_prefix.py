"""Below a path of another site: every address, on every page, leads below it and is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask
from lxml import etree, html
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from slideshow.settings import Settings
from slideshow.web import paging, shelf
from slideshow.web.app import create_app
from tests.pictures import saved, two_colours
from tests.support.recordings import sound
from tests.web.conftest import ARTICLE, CATALOGUE, write

PREFIX = "/news/slides"
SITE = f"http://localhost{PREFIX}"
MATTER = "---\nimage: lamp.png\ntags: [nuit]\nseries: Gare\n---\n"
MARKDOWN = f"{MATTER}# Lampe\n\n## Un\n\n![Une lampe](lamp.png)\n\n![La mer](sea.wav)\n"
ADDRESS = re.compile(r"http://localhost[^\s\"'<>{}]*")
LINKS = {"href", "src", "action", "data-hx-get"}
UNLINKED = {
    "assets.icon",  # looked for without a page
    "embed.former_dialog",  # leads on
    "health.health",  # for machines that know of it
    "health.ready",
    "slides.languages",  # for static hosts
    "sitemap.part",  # of large sites
    "slides.contents",  # of long stories
    "pairs.contents",
    "groups.further",  # of many stories
    "slides.further_whole",
    "pairs.further_whole",
}


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "essai.fr.txt": ARTICLE,
        "lampe.fr.md": MARKDOWN,
        "lamp.png": saved(two_colours(400, 300), "PNG"),
        "sea.wav": sound(),
        "pages/legal.fr.md": "# Mentions\n\n## Un\n\n[Essai](../essai.fr.txt)\n",
        "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
    }
    return write(tmp_path / "stories", files)


def mounted(app: Flask) -> WSGIApplication:
    """Put the app into another one, as the README has it."""
    return DispatcherMiddleware(NotFound(), {PREFIX: app.wsgi_app})


def behind(app: Flask, *, strips: bool, tells: bool) -> WSGIApplication:
    """Put a proxy before the app that passes on what is below the prefix, and nothing else."""

    def proxy(environ: Any, start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if not path.startswith(f"{PREFIX}/"):
            return NotFound()(environ, start_response)
        if strips:
            environ["PATH_INFO"] = path.removeprefix(PREFIX)
        if tells:
            environ["HTTP_X_FORWARDED_PREFIX"] = PREFIX
        return app.wsgi_app(environ, start_response)

    return proxy


WAYS: dict[str, tuple[dict[str, Any], Callable[[Flask], WSGIApplication]]] = {
    "mounted": ({}, mounted),
    "mounted, base URL": ({"base_url": SITE}, mounted),
    "forwarded": ({"proxies": 1}, lambda app: behind(app, strips=True, tells=True)),
    "stripped": ({"base_url": SITE}, lambda app: behind(app, strips=True, tells=False)),
    "passed on": ({"base_url": f"{SITE}/"}, lambda app: behind(app, strips=False, tells=False)),
}


@pytest.mark.parametrize(("way", "reload"), [*((way, False) for way in WAYS), ("mounted", True)])
def test_every_address_is_below_the_prefix_and_is_there(
    stories: Path, way: str, reload: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two stories make a shelf of two pages with a search, as hundreds do.
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 1)
    monkeypatch.setattr(shelf, "SEARCH_ABOVE", 1)
    settings, put = WAYS[way]
    app = create_app(Settings(stories=str(stories), reload=reload, **settings))
    client = Client(put(app))
    outside, missing, endpoints = set(), {}, set()
    seen, found = {f"{PREFIX}/"}, [f"{PREFIX}/", f"{PREFIX}/robots.txt"]

    while found:
        path = found.pop()
        response = client.get(path, buffered=True)
        if response.status_code not in (200, 303):
            missing[path] = response.status
        rules = app.url_map.bind("localhost")
        endpoints.add(rules.match(urlsplit(path).path.removeprefix(PREFIX))[0])
        for address in addresses(response):
            absolute = urlsplit(urljoin(f"http://localhost{path}", address))
            if absolute.netloc != "localhost" or not absolute.path.startswith(f"{PREFIX}/"):
                outside.add((path, address))
                continue
            following = absolute._replace(scheme="", netloc="", fragment="").geturl()
            if following not in seen:
                seen.add(following)
                found.append(following)

    assert outside == set()
    assert missing == {}
    unlinked = UNLINKED | {"offline.missing", "offline.worker"} if reload else UNLINKED
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - endpoints == unlinked


def addresses(response: TestResponse) -> Iterator[str]:
    """Yield every address that an answer holds, wherever it stands."""
    if "Location" in response.headers:
        yield response.headers["Location"]
    kind = response.mimetype or ""
    if kind == "text/html":
        tree = html.document_fromstring(response.data.decode())
        for element in tree.iter(etree.Element):
            first = element.get("data-slides", "").partition(" ")[0]
            for name, value in element.attrib.items():
                yield from pointed_at(str(name), str(value).replace("{slide}", first))
        for element in [*tree.iter("script"), *tree.iter("textarea")]:
            yield from ADDRESS.findall(unescape(element.text or ""))
    elif kind.endswith("json"):
        yield from in_data(json.loads(response.data))
    elif kind.endswith("xml"):
        for element in etree.fromstring(response.data).iter(etree.Element):
            values = [*element.attrib.values(), element.text or ""]
            # Names of vocabularies are attributes of none of them: they are no addresses.
            yield from (found for value in values for found in ADDRESS.findall(unescape(value)))
    elif kind in ("text/plain", "text/css"):
        yield from ADDRESS.findall(response.text)


def pointed_at(name: str, value: str) -> Iterator[str]:
    if name.endswith("srcset"):
        yield from (each.split()[0] for each in value.split(","))
    elif value.startswith("/") and " " in value:
        yield from value.split()
    elif value.startswith("/") or (name in LINKS and not value.startswith(("data:", "#"))):
        yield value
    else:
        yield from ADDRESS.findall(value)


def in_data(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from in_data(each)
    elif isinstance(value, str) and value.startswith("/"):
        yield value
    elif isinstance(value, str):
        yield from ADDRESS.findall(value)
