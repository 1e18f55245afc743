"""A site whose files change for ever: what it keeps levels off, and readers see no error."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.web import app
from tests.web.conftest import ClientOf, age, write

pytestmark = pytest.mark.trial

STORIES = 3
EDITS = 150
PATHS = (
    "/fr/", "/fr/feed.xml", "/sitemap.xml", "/fr/search?q=titre", "/fr/{slug}/", "/en/{slug}/2/",
    "/embed/fr/{slug}/1/", "/fr+en/{slug}/1/", "/fr/{slug}/all/",
)  # fmt: skip


def test_memory_levels_off_under_edits(
    tmp_path: Path,
    client_of: ClientOf,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Changed, broken, restored, removed and renamed for ever: nothing is kept of the past."""
    caplog.set_level(logging.CRITICAL)  # else pytest keeps what is logged
    # Full from the first: each new headline is a new address, of which some thousands are kept.
    monkeypatch.setattr(app, "REMEMBERED_URLS", 64)
    client = client_of(tmp_path, refresh=0, pagecache_bytes=200_000)
    changes = edits(tmp_path)

    kept = [kept_after(client, changes) for _ in range(4)]

    assert max(kept[2:]) < 1.01 * max(kept[:2])


def kept_after(client: FlaskClient, changes: Iterator[str]) -> int:
    """Return the number of objects in memory after so many edits and a reading of each."""
    for number in range(EDITS):
        slug = next(changes)
        for path in ("/fr/{slug}/", PATHS[number % len(PATHS)]):
            assert client.get(path.format(slug=slug)).status_code < 500
    gc.collect()
    return len(gc.get_objects())


def edits(place: Path) -> Iterator[str]:
    """Change a file at each step; yield the slug of its story."""
    for version in count():
        slug = f"s{version % STORIES}"
        story = f"{slug}.fr.txt"
        words = f"translations/en/LC_MESSAGES/{slug}.po"
        vues = "".join(f"Vue {n}\n\nTexte {n}, {version}.\n\n" for n in range(1, 4))
        match version // STORIES % 5:
            case 0:
                files = {story: f"Titre\n\n{vues}", words: catalogue(version)}
            case 1:
                files = {words: 'msgid "broken'}
            case 2:
                files = {story: "\0"}
            case 3:
                files = {f"new-{version}.fr.txt": f"Titre\n\n{vues}"}
            case _:
                files = {}
                for path in place.glob("new-*"):
                    path.unlink()
        write(place, files)
        for name in files:
            age(place / name, 60)
        age(place, 60 + version % 7)  # else what is in it is looked at a little later
        yield next(iter(files)).partition(".")[0] if version // STORIES % 5 == 3 else slug


def catalogue(version: int) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    return f'{head}\nmsgid "Vue 1"\nmsgstr "View {version}"\n'
