"""One bad file never stops the others: E2."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from slideshow.commands.export import Site, export
from slideshow.commands.lookout import Lookout
from slideshow.commands.preflight import look_over
from slideshow.library.articles import ArticleFile, read_article
from slideshow.library.files import replace_file
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.story.model import Story
from slideshow.web.app import create_app
from tests.commands.test_serve import lines_of
from tests.commands.test_under_load import shows, until
from tests.conftest import started
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial

CATALOGUES = "translations/en/LC_MESSAGES"

# A bad file beside a good story, and the file that is named.
BAD: Mapping[str, tuple[Mapping[str, str | bytes], str]] = {
    "empty": ({"boat.fr.txt": ""}, "boat.fr.txt:1: "),
    "blank": ({"boat.fr.md": " \n\n"}, "boat.fr.md:1: "),
    "not UTF-8": ({"boat.fr.txt": b"Titre\n\n\x81\x8d\n\nTexte.\n\x00"}, "boat.fr.txt:"),
    "binary": ({"boat.fr.md": bytes(range(256))}, "boat.fr.md:"),
    "a folder": ({"boat.fr.txt/file": ""}, "boat.fr.txt: "),
    "front matter without an end": ({"boat.fr.md": "---\ntitle: Boat\n"}, "boat.fr.md:1: "),
    "another kind of file": ({"boat.docx": b"PK\3\4"}, "boat.docx: "),
    "a file without a suffix": ({"boat": ARTICLE}, "boat: "),
    "a folder of articles": ({"boat/a.fr.txt": ARTICLE}, "boat: "),
    "the slug of another story": ({"story.fr.md": "# T\n\n## H\n\nText.\n"}, "story.fr.txt: "),
    "a broken catalogue": ({f"{CATALOGUES}/story.po": 'msgid "Un"\nmsgstr "One\n'}, "story.po:2: "),
    "a catalogue in Latin-1": (
        {f"{CATALOGUES}/story.po": b'msgid "Un"\nmsgstr "\xe9"\n'},
        "story.po",
    ),
    "a broken catalogue of the interface": (
        {f"{CATALOGUES}/messages.po": 'msgid "Next"\nmsgstr "\n'},
        "messages.po:2: ",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_named_and_the_good_story_is_served(tmp_path: Path, case: str) -> None:
    files, named = BAD[case]
    place = write(tmp_path / "stories", {"story.fr.txt": ARTICLE, **files})
    said: list[str] = []

    total = look_over(Library(place), said.append)

    assert total >= 1
    assert [line for line in said if f"{place}" in line and named in line], said
    client = client_of(place)
    assert client.get("/fr/story/1/", follow_redirects=True).status_code == 200
    assert client.get("/fr/").status_code == 200
    for path in ("/fr/boat/", "/fr/boat/1/", "/embed/fr/boat/1/", "/fr/boat/1/card.png"):
        assert client.get(path).status_code in (404, 503), path


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_does_not_stop_the_export(tmp_path: Path, case: str) -> None:
    place = write(tmp_path / "stories", {"story.fr.txt": ARTICLE, **BAD[case][0]})
    out = tmp_path / "out"

    export(Site(Settings(stories=str(place))), out, lambda done: None)

    assert [*out.glob("fr/story/1-*/index.html")]
    assert not (out / "fr/boat").exists()


def test_a_server_starts_beside_every_bad_file_and_names_each(tmp_path: Path) -> None:
    place = tmp_path / "stories"
    names: dict[str, str] = {}
    for number, (files, _) in enumerate(BAD.values()):
        for name, content in files.items():
            own = name.replace("boat", f"boat{number}").replace("/story.po", f"/s{number}.po")
            names[own] = Path(own).parts[0] if "boat" in own else Path(own).name
            write(place, {own: content})
    write(place, {"story.fr.txt": ARTICLE})

    with started(str(place), stdout=subprocess.PIPE) as (process, port):
        said = []
        for line in lines_of(process):
            if line.startswith("Serving "):
                break
            said.append(line)

    assert f":{port}/" in line
    text = "".join(said)
    assert [name for name in names.values() if name not in text and name != "story.fr.md"] == []


@contextmanager
def by_two_workers(place: Path) -> Iterator[tuple[Iterator[str], int]]:
    """Serve a folder by two workers; yield the lines that they print, and their port."""
    refresh = {"SLIDESHOW_REFRESH": "0.1"}
    options = ("--workers", "2")
    with started(str(place), *options, environment=refresh, stdout=subprocess.PIPE) as (
        process,
        port,
    ):
        yield lines_of(process), port


def test_problems_that_come_while_it_serves_are_named_once(tmp_path: Path) -> None:
    place = write(tmp_path / "stories", {"story.fr.txt": ARTICLE})

    with by_two_workers(place) as (lines, _):
        said = [next(lines)]
        write(place, {"boat.fr.txt": ""})
        said.append(next(lines))
        write(place, {"boat.docx": ""})
        said.append(next(lines))
        write(place, {"story.fr.txt": ""})
        said.append(next(lines))

    assert ["boat.fr.txt:1: " in line for line in said] == [False, True, False, False]
    assert ["boat.docx: " in line for line in said] == [False, False, True, False]
    assert "story.fr.txt:1: " in said[3]
    assert "the last good version stays online" in said[3]


def test_settings_change_in_every_worker_and_a_mistake_is_named_once(tmp_path: Path) -> None:
    place = write(tmp_path / "stories", {"story.fr.txt": ARTICLE})

    file = place / "slideshow.toml"  # replaced: emptied first, it would be named as empty

    with by_two_workers(place) as (lines, port):
        next(lines)
        replace_file(file, b'site_name = "The Night Post"')
        for _ in range(20):  # whichever worker answers
            until(partial(shows, f"http://127.0.0.1:{port}/fr/", "The Night Post"))
        replace_file(file, b"proxies = -1")
        mistake = next(lines)
        replace_file(file, b"proxis = 1")
        misspelt = next(lines)

    assert "slideshow.toml:1: proxies is -1" in mistake
    assert "slideshow.toml:1: 'proxis' is no setting (write proxies)" in misspelt


def test_the_lookout_reads_changed_files_alone(tmp_path: Path) -> None:
    place = settle(write(tmp_path, {"a.fr.txt": "", "b.fr.txt": ARTICLE}), 1)
    lookout = Lookout(Library(place, refresh=0))

    first = list(lookout.new_problems())
    settle(write(place, {"c.fr.txt": "", f"{CATALOGUES}/b.po": 'msgid "'}), 2)
    second = [Path(problem.path).name for problem in lookout.new_problems()]
    third = list(lookout.new_problems())

    assert first == third == []
    assert second == ["c.fr.txt", "b.po"]


@pytest.mark.usefixtures("unsettled")
def test_a_file_that_is_being_written_is_looked_at_once_it_is_done(tmp_path: Path) -> None:
    place = settle(write(tmp_path, {"a.fr.txt": ARTICLE}), 1)
    lookout = Lookout(Library(place, refresh=0))

    write(place, {"a.fr.txt": ""})
    young = list(lookout.new_problems())
    settle(place, 2)

    assert young == []
    assert [Path(problem.path).name for problem in lookout.new_problems()] == ["a.fr.txt"]


def test_a_fault_of_ours_in_reading_one_article_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(write(tmp_path, {"boat.fr.txt": ARTICLE, "story.fr.txt": ARTICLE}))

    def read(file: ArticleFile, *rest: Any) -> Story:
        if file.slug == "boat":
            raise RecursionError
        return read_article(file, *rest)

    monkeypatch.setattr("slideshow.library.stories.read_article", read)

    assert client.get("/fr/boat/1/").status_code == 503
    assert client.get("/fr/story/1-un/").status_code == 200


def client_of(place: Path) -> FlaskClient:
    return create_app(Settings(stories=str(place), refresh=0)).test_client()


def settle(place: Path, date: int) -> Path:
    """Date new files and folders back to ``date``, so that no writer can be at work."""
    for path in (place, *place.rglob("*")):
        if path.stat().st_mtime > 1000:
            os.utime(path, (date, date))
    return place
