"""A change of ``slideshow.toml`` shows like an edit of a story."""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from slideshow.errors import SettingError
from slideshow.library.files import read_file
from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.web.conftest import ClientOf, settle, write


def change(stories: Path, text: str, age: float = 60) -> None:
    """Write the settings as somebody did ``age`` seconds ago."""
    path = write(stories, {"slideshow.toml": text}) / "slideshow.toml"
    then = time.time() - age
    for each in (path, stories):
        os.utime(each, (then, then))


def name_in(client: FlaskClient) -> str:
    text: str = client.get("/fr/").text
    return text.split('class="site"')[1].split(">")[1].split("<")[0]


def test_a_change_of_the_settings_shows_at_the_next_request(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories)
    names = [name_in(client)]

    for name in ("One", "Other"):
        change(stories, f'site_name = "{name}"')
        names.append(name_in(client))
    (stories / "slideshow.toml").unlink()
    settle(stories)
    names.append(name_in(client))

    assert names == ["Slideshow", "One", "Other", "Slideshow"]


def test_every_kind_of_setting_changes_while_it_serves(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    assert client.get("/fr/essai/3/").status_code == 200

    change(
        stories, 'article_slides = 2\nframe_ancestors = "\'none\'"\ntrusted_hosts = ["a.example"]'
    )

    assert client.get("/fr/essai/3/").status_code == 400
    trusted = {"base_url": "http://a.example"}
    assert client.get("/fr/essai/3/", **trusted).status_code == 503
    frame = client.get("/embed/fr/essai/1/", **trusted)
    assert "frame-ancestors 'none'" in frame.headers["Content-Security-Policy"]


def test_a_mistake_keeps_the_last_good_settings(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    change(stories, 'site_name = "Good"', 90)
    client = client_of(stories)

    change(stories, 'site_name = "Bad"\nproxies = -1')
    with caplog.at_level(logging.ERROR):
        names = [name_in(client), name_in(client)]

    assert names == ["Good", "Good"]
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.endswith("slideshow.toml:2: proxies is -1 (set it to 0 or more); "
                         "the last good settings stay")  # fmt: skip


@pytest.mark.usefixtures("unsettled")
def test_a_file_that_is_being_written_is_read_once_it_is_done(
    stories: Path, client_of: ClientOf
) -> None:
    client = client_of(stories)

    change(stories, 'site_name = "Half"', age=0)
    young = name_in(client)
    change(stories, 'site_name = "Whole"')

    assert (young, name_in(client)) == ("Slideshow", "Whole")


@pytest.mark.usefixtures("unsettled")
def test_the_settings_stay_while_their_file_is_moved_aside(
    stories: Path, client_of: ClientOf
) -> None:
    change(stories, 'site_name = "Kept"')
    client = client_of(stories)

    (stories / "slideshow.toml").rename(stories / "slideshow.toml~")

    assert name_in(client) == "Kept"


def test_the_settings_stay_while_their_file_is_empty(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    """As an editor leaves it before it writes: without them, what is withheld would be public."""
    change(stories, 'site_name = "Kept"')
    client = client_of(stories)

    change(stories, "", age=30)
    with caplog.at_level(logging.ERROR):
        names = [name_in(client), name_in(client)]
    change(stories, 'site_name = "Written"', age=20)

    assert [*names, name_in(client)] == ["Kept", "Kept", "Written"]
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.endswith("slideshow.toml: is empty now (fill it, or remove it); "
                         "the last good settings stay")  # fmt: skip


def test_settings_that_are_emptied_while_they_are_read_do_not_count(
    stories: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(stories, 'site_name = "Kept"')
    client = client_of(stories)

    def read(path: Path, most: int) -> bytes:
        if path.name == "slideshow.toml":
            change(stories, "", age=20)
        return read_file(path, most)

    change(stories, 'site_name = "Next"', age=30)
    with monkeypatch.context() as patch:
        patch.setattr("slideshow.library.sitefile.read_file", read)
        first = name_in(client)
    second = name_in(client)
    change(stories, 'site_name = "Next"', age=10)

    assert [first, second, name_in(client)] == ["Kept", "Kept", "Next"]


def test_another_file_of_the_site_may_be_emptied(stories: Path, client_of: ClientOf) -> None:
    write(stories, {"own.css": "p { color: red }"})
    settle(stories / "own.css")
    change(stories, '[brand]\nstylesheet = "own.css"')
    client = client_of(stories)
    assert client.get("/fr/").status_code == 200

    write(stories, {"own.css": ""})
    settle(stories / "own.css")
    client.get("/fr/")
    change(stories, 'site_name = "Other"')

    assert name_in(client) == "Other"


def test_settings_that_cannot_be_looked_at_are_not_taken_for_empty(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    """As on a mount that is lost for a while: a link to itself gives such an error."""
    change(stories, 'site_name = "Kept"')
    client = client_of(stories)

    (stories / "slideshow.toml").unlink()
    (stories / "slideshow.toml").symlink_to("slideshow.toml")
    with caplog.at_level(logging.ERROR):
        names = [name_in(client), name_in(client)]

    assert names == ["Kept", "Kept"]
    assert "is empty" not in caplog.text
    assert "the last good settings stay" in caplog.text


def test_the_settings_stay_while_the_folder_is_away(stories: Path, client_of: ClientOf) -> None:
    change(stories, 'site_name = "Kept"')
    client = client_of(stories)
    assert name_in(client) == "Kept"

    shutil.move(stories, stories.with_name("away"))

    assert name_in(client) == "Kept"


def kept_by(tmp_path: Path, text: str) -> Path:
    """Return the copy of earlier settings, as a server's other process has left it."""
    kept = tmp_path / "kept"
    kept.write_text(text)
    return kept


@pytest.mark.parametrize("mistake", ['site_name = "Ba', "proxies = -1", ""])
def test_an_app_that_starts_while_the_settings_are_broken_has_those_of_before(
    stories: Path, tmp_path: Path, mistake: str
) -> None:
    kept = kept_by(tmp_path, 'site_name = "Kept"')
    change(stories, mistake)
    app = create_app(Settings(stories=str(stories), refresh=0), kept=kept)
    names = [name_in(app.test_client()) for _ in range(2)]

    change(stories, 'site_name = "Next"', age=30)
    names.append(name_in(app.test_client()))

    assert names == ["Kept", "Kept", "Next"]
    assert kept.read_text() == 'site_name = "Next"'


def test_an_app_that_starts_while_the_settings_are_saved_has_those_of_before_for_a_moment(
    stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_by(tmp_path, 'site_name = "Kept"')
    change(stories, 'site_name = "Ne', age=0)
    with monkeypatch.context() as patch:
        patch.setattr("slideshow.library.freshness.stamps.SETTLED_AFTER_SECONDS", 30)
        app = create_app(Settings(stories=str(stories), refresh=0), kept=kept)
        names = [name_in(app.test_client())]

    change(stories, 'site_name = "Next"')
    names.append(name_in(app.test_client()))

    assert names == ["Kept", "Next"]


def test_settings_with_which_no_app_can_be_made_are_not_kept(stories: Path, tmp_path: Path) -> None:
    kept = kept_by(tmp_path, 'site_name = "Kept"')
    write(stories, {"own.woff2": "no font"})
    change(stories, 'site_name = "Bad"\n[brand]\ntext_font = "own.woff2"')

    app = create_app(Settings(stories=str(stories), refresh=0), kept=kept)

    assert name_in(app.test_client()) == "Kept"
    assert kept.read_text() == 'site_name = "Kept"'


def test_an_app_without_settings_of_before_starts_with_no_half_of_them(
    stories: Path, tmp_path: Path
) -> None:
    change(stories, "proxies = -1")

    with pytest.raises(SettingError, match="proxies is -1"):
        create_app(Settings(stories=str(stories)), kept=tmp_path / "missing")
