"""The Nu Html Checker finds nothing on any kind of page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import nu
from tests.support.debian import wanted
from tests.web.conftest import ClientOf

pytestmark = pytest.mark.trial

# By the folder of stories: in French, English and Arabic, with pictures, lists and programs.
PAGES = {
    "": [
        "index.html",
        "en/",
        "en/search?q=train",
        "en/search?q=nothing+at+all",
        "fr/make-a-slideshow/",
        "fr/make-a-slideshow/1/",
        "en/make-a-slideshow/2/",
        "en/make-a-slideshow/10/",
        "fr/make-a-slideshow/all/",
        "en+fr/make-a-slideshow/",
        "en+fr/make-a-slideshow/2/",
        "fr+en/make-a-slideshow/all/",
        "embed/fr/make-a-slideshow/1/",
        "embed/en/make-a-slideshow/2/?theme=dark",
        "en/make-a-slideshow/embed/",
        "en/offline.html",
        "en/nothing/",
        "embed/en/nothing/1/",
    ],
    "tests/data": ["en/", "en/keeper/", "en/keeper/1/", "en/keeper/all/", "embed/en/keeper/1/"],
    "tests/data/arabic": [
        "ar-EG/",
        "ar-EG/lighthouse/",
        "ar-EG/lighthouse/2/",
        "en+ar-EG/lighthouse/2/",
    ],
}
# Safari takes a list without bullets for none, unless its role says so.
NEEDED = [f"The “list” role is unnecessary for element “{name}”." for name in ("ul", "ol")]
TOP = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def checker() -> None:
    """Find the checker."""
    wanted("Nu Html Checker", nu.find())


@pytest.mark.usefixtures("checker")
def test_the_checker_finds_nothing(client_of: ClientOf, tmp_path: Path) -> None:
    files: list[Path] = []
    for place, paths in PAGES.items():
        client = client_of(TOP / place if place else "")
        for path in paths:
            answer = client.get(f"/{path}", follow_redirects=True)
            assert answer.status_code == (404 if "nothing/" in path else 200), path
            # Of stylesheets it knows less than browsers do, which the other tests run.
            page = re.sub(r"<style>.*?</style>", "<style></style>", answer.text, flags=re.S)
            name = re.sub(r"\W", "-", path)
            files.append(tmp_path / f"{len(files):02} {name}.html")
            files[-1].write_text(page)

    found = [each for each in nu.messages(files) if each["message"] not in NEEDED]

    assert [f"{each['url'][-30:]}: {each['message']} {each.get('extract')}" for each in found] == []


@pytest.mark.usefixtures("checker")
def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "wrong.html"
    file.write_text("<!doctype html><html lang=en><title>x</title><a rel=next hx-get=x>x</a>")

    messages = " ".join(each["message"] for each in nu.messages([file]))

    assert "hx-get" in messages
    assert "href" in messages
