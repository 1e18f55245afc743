"""``slideshow export``: the site as static files."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.commands import export_folder, preflight
from slideshow.commands.check import check
from slideshow.commands.export import export, file_of
from slideshow.commands.export_folder import STAGING, STATE, staging_of
from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from slideshow.library.unread import EXPORT_LIST
from slideshow.paths import shipped
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.crawl import Site
from slideshow.web.views.static import link_styles
from tests.buckets import storage
from tests.commands.test_under_load import until
from tests.conftest import ENDS_WITHIN, ending, running
from tests.web.conftest import ARTICLE, CATALOGUE, keyed, write

pytestmark = [pytest.mark.costly, pytest.mark.trial]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    files = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    place = write(tmp_path / "stories", files)
    return Settings(stories=str(place), base_url="https://news.example/slides", refresh=0)


# As pages have it, and as feeds do.
MOMENT = re.compile(
    rb"\d{4}-\d\d-\d\dT[\d:]{8}(?:Z|\+00:00)|\d\d \w{3} \d{4} [\d:]{8} (?:GMT|\+0000)"
)


def nothing(done: int) -> None:
    pass


def files_of(out: Path) -> dict[str, int]:
    return {
        str(path.relative_to(out)): path.stat().st_mtime_ns
        for path in out.rglob("*")
        if path.is_file() and path.name not in (EXPORT_LIST, STATE)
    }


def test_every_route_is_exported_or_left_out_on_purpose(settings: Settings) -> None:
    assert Site(settings).unreachable() == []


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/fr/", "fr/index.html"),
        ("/static/a.js", "static/a.js"),
        ("/fr/a%20b/", "fr/a b/index.html"),
        ("/", "index.html"),
    ],
)
def test_a_path_has_the_file_that_a_static_host_looks_for(path: str, file: str) -> None:
    assert file_of(path) == file


def test_exported_bytes_are_served_bytes(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = export(Site(settings), out, nothing)
    app = create_app(settings)
    # A static host can neither answer oEmbed nor lead a former address on.
    app.jinja_env.globals.update(discovery=None, is_exported=True)
    link_styles(app)
    client = app.test_client()

    assert summary.total == summary.written == len(files_of(out)) == len(Site(settings).addresses)
    for name in files_of(out).keys() - {"_redirects", "redirects.nginx"}:
        paths = {"index.html": "/index.html", "404.html": "/404.html/"}
        path = paths.get(name, "/" + name.removesuffix("index.html"))
        answer = client.get(path, base_url=settings.base_url)
        assert (out / name).read_bytes() == answer.data, name


@pytest.mark.parametrize("path", ["/fr/", "/fr/essai/1-un/", "/embed/fr/essai/1-un/"])
def test_the_pages_of_an_export_share_their_stylesheets(settings: Settings, path: str) -> None:
    site = Site(settings)

    text = site.body(path).decode()

    (head, _) = text.split("</head>")
    (name, *_) = re.findall('<link rel="stylesheet" href="/slides(/static/[^"]+.css)">', head)
    assert name in site.addresses
    assert len(site.body(name)) > 10_000
    assert "<style" not in text


def test_each_address_is_exported_once_whatever_answers_there(settings: Settings) -> None:
    addresses = Site(settings).addresses

    assert len(addresses) == len(set(addresses))
    assert {"/favicon.ico", "/apple-touch-icon.png"} < set(addresses)


def test_every_slide_in_every_language_is_there(settings: Settings, tmp_path: Path) -> None:
    export(Site(settings), tmp_path / "out", nothing)

    for language in ("fr", "en"):
        for position in (1, 2, 3):
            path = keyed(f"/{language}/essai/{position}/")
            page = tmp_path / f"out{path}index.html"
            assert f"https://news.example/slides{path}" in page.read_text()
    assert (tmp_path / "out/404.html").exists()


def test_frames_and_their_script_are_there_and_no_link_is_dead(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(Site(settings), out, nothing)

    frame = (out / "embed/en/essai/2-two/index.html").read_text()
    assert 'href="/slides/embed/en/essai/3-trois/"' in frame
    assert (out / "embed.js").read_bytes() == (shipped("static") / "embed.js").read_bytes()
    assert not [path for path in out.rglob("*.html") if "/oembed" in path.read_text()]


def test_doing_it_again_touches_nothing(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(Site(settings), out, nothing)
    before = files_of(out)

    summary = export(Site(settings), out, nothing)

    assert (summary.written, summary.removed) == (0, 0)
    assert files_of(out) == before


def test_an_export_in_the_folder_of_the_stories_is_taken_for_no_articles(
    settings: Settings,
) -> None:
    place = Path(settings.stories)
    before = check(Library(place), lambda done: None)

    export(Site(settings), place / "site", lambda done: None)

    assert (place / "site" / "robots.txt").exists()
    assert check(Library(place), lambda done: None) == before


def test_what_vanished_is_removed_and_foreign_files_are_not(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(Site(settings), out, nothing)
    (out / "CNAME").write_text("news.example")
    article = Path(settings.stories) / "essai.fr.txt"
    article.write_text(ARTICLE.rsplit("Trois", 1)[0])

    summary = export(Site(settings), out, nothing)

    assert summary.removed >= 2
    assert not (out / "fr/essai/3-trois").exists()
    assert (out / "CNAME").exists()
    assert json.loads((out / EXPORT_LIST).read_text())


def test_interrupted_it_leaves_the_previous_export_whole(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(Site(settings), out, nothing)
    before = files_of(out)
    (Path(settings.stories) / "essai.fr.txt").write_text(ARTICLE.replace("Premier", "Nouveau"))

    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(Site(settings), out, interrupt)

    assert files_of(out) == before
    assert not staging_of(out).exists()


def test_a_large_site_is_shared_out_among_processes(tmp_path: Path) -> None:
    stories = {f"story-{number}.fr.txt": ARTICLE for number in range(60)}
    place = write(tmp_path / "stories", stories)
    done: list[int] = []

    site = Site(Settings(stories=str(place)))
    summary = export(site, tmp_path / "out", done.append)

    assert summary.total == len(files_of(tmp_path / "out"))
    assert sum(done) == len(site.units)
    assert len([each for each in done if each]) > 1


def test_each_problem_is_named_once_by_each_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are found before anything is rendered, others with the story, or in the record."""
    monkeypatch.setattr(preflight, "FILES_READ_AT_START", 1)
    lost = "# T\n\n## H\n\n![Boat](boat.jpg)\n"
    place = write(tmp_path / "stories", {"a.en.md": lost, "b.en.md": lost, "c.en.txt": "T\n"})
    arguments = ["export", str(place), "--out", str(tmp_path / "out")]

    for _ in range(2):
        lines = CliRunner().invoke(cli, arguments).stderr.splitlines()

        found = [line.split(":")[0] for line in lines if line.startswith(str(place))]
        assert found == [f"{place}/a.en.md", f"{place}/b.en.md", f"{place}/c.en.txt"]


def test_a_file_in_the_way_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SlideshowError, match="cannot be written"):
        export(Site(settings), tmp_path / "file" / "out", nothing)


def test_what_was_removed_by_hand_is_no_trouble(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(Path(settings.stories), {"other.fr.txt": ARTICLE})
    export(Site(settings), out, nothing)
    shutil.rmtree(out / "fr/other")
    (Path(settings.stories) / "other.fr.txt").unlink()

    summary = export(Site(settings), out, nothing)

    assert summary.removed > 0
    assert not (out / "embed/fr/other").exists()


@pytest.mark.parametrize(
    "listed", ['["{victim}"]', '["../victim"]', '[1, null, ""]', "{{}}", "5", "nonsense"]
)
def test_nothing_outside_is_removed_whatever_is_listed(
    settings: Settings, tmp_path: Path, listed: str
) -> None:
    victim, out = tmp_path / "victim", tmp_path / "out"
    write(tmp_path, {"victim": "", f"out/{EXPORT_LIST}": listed.format(victim=victim)})

    summary = export(Site(settings), out, nothing)

    assert victim.exists()
    assert summary.removed == 0


@pytest.mark.parametrize("named", [".", "essai.fr.txt"])
def test_the_folder_of_the_articles_is_not_written_into(settings: Settings, named: str) -> None:
    place = Path(settings.stories)
    settings = replace(settings, stories=str(place / named))

    with pytest.raises(
        SlideshowError, match="cannot export into the folder that holds the articles"
    ):
        export(Site(settings), place / ".", nothing)

    assert {path.name for path in place.iterdir()} == {"essai.fr.txt", "translations"}


@pytest.mark.parametrize(
    ("earlier", "reason"),
    [
        ("[]", "this file was there already, and no export wrote it"),
        ('["index.html"]', "cannot be written: Is a directory"),
    ],
)
def test_a_folder_in_the_place_of_a_page_is_named(
    settings: Settings, tmp_path: Path, earlier: str, reason: str
) -> None:
    write(tmp_path, {"out/index.html/file": "", f"out/{EXPORT_LIST}": earlier})

    with pytest.raises(SlideshowError, match=rf"index\.html: {reason}"):
        export(Site(settings), tmp_path / "out", nothing)

    assert not staging_of(tmp_path / "out").exists()


def test_of_two_exports_into_one_folder_the_second_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    refused = []

    def begin_another(done: int) -> None:
        with pytest.raises(
            SlideshowError, match="out: another export is writing to this folder"
        ) as caught:
            export(Site(settings), out, nothing)
        refused.append(caught)

    summary = export(Site(settings), out, begin_another)

    assert refused
    assert summary.total == len(files_of(out))
    assert export(Site(settings), out, nothing).written == 0


def test_a_full_disk_is_said(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(Path, "write_bytes", Mock(side_effect=full))

    with pytest.raises(SlideshowError, match="out: cannot be written: No space left on device"):
        export(Site(settings), tmp_path / "out", nothing)


def test_the_command_says_what_it_did(settings: Settings, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "slideshow", "export", settings.stories]
    options = ["--out", str(tmp_path / "out"), "--base-url", settings.base_url]

    result = subprocess.run(
        command + options, capture_output=True, text=True, timeout=120, check=False
    )

    assert result.returncode == 0, result.stderr
    assert f"{len(files_of(tmp_path / 'out'))} files in" in result.stdout
    assert "Not available on a static host" in result.stdout


def test_stopped_while_it_renders_the_command_leaves_the_previous_export_whole(
    tmp_path: Path,
) -> None:
    stories = {f"story-{number}.fr.txt": ARTICLE for number in range(24)}
    place, out = write(tmp_path / "stories", stories), tmp_path / "out"
    command = [sys.executable, "-m", "slideshow", "export", str(place), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before = files_of(out)
    write(place, {name: text.replace("Premier", "Nouveau") for name, text in stories.items()})

    for stop in (signal.SIGINT, signal.SIGTERM):
        with ending(command) as process:
            until(lambda: any(staging_of(out).glob("*/*")))  # pages that wait for the others
            process.send_signal(stop)
            process.wait(timeout=ENDS_WITHIN)

        assert process.returncode > 0, stop
        assert files_of(out) == before, stop
        assert not staging_of(out).exists(), stop
        until(lambda process=process: not running(process.pid))  # type: ignore[misc]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_it_puts_files_in_place_it_ends_when_all_are(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: signal.Signals
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    def put(path: Path, target: Path, put: Callable[..., Path] = Path.replace) -> Path:
        os.kill(os.getpid(), stop)
        return put(path, target)

    out, before = tmp_path / "out", signal.signal(stop, end)
    monkeypatch.setattr(Path, "replace", put)
    with ThreadPoolExecutor(1) as pool:  # a thread that could take the signal
        pool.submit(nothing, 1).result()
        try:
            with pytest.raises(KeyboardInterrupt):
                export(Site(settings), out, nothing)
        finally:
            signal.signal(stop, before)

    assert set(files_of(out)) == {*json.loads((out / EXPORT_LIST).read_text())} != set()


def test_no_worker_outlives_a_killed_export_and_the_next_one_is_whole(tmp_path: Path) -> None:
    stories = {f"story-{number}.fr.txt": ARTICLE for number in range(60)}
    place, out = write(tmp_path / "stories", stories), tmp_path / "out"
    command = [sys.executable, "-m", "slideshow", "export", str(place), "--out", str(out)]

    with ending(command) as process:
        until(lambda: any(staging_of(out).glob("*/*")))
        process.kill()

        until(lambda: not running(process.pid))

    assert [*out.iterdir()] == []  # a host may serve whatever is in it
    export(Site(Settings(stories=str(place))), out, nothing)
    assert not staging_of(out).exists()


def test_the_stories_of_a_bucket_are_exported_as_those_of_a_folder(
    settings: Settings, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "slideshow", "export", "--base-url", settings.base_url]

    with storage() as server:
        server.put({"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE})
        subprocess.run(
            [*command, "s3://bucket/stories", "--out", str(tmp_path / "bucket")],
            env={**os.environ, **server.environment},
            check=True,
            capture_output=True,
            timeout=120,
        )
    export(Site(settings), tmp_path / "folder", nothing)

    names = files_of(tmp_path / "folder")
    assert files_of(tmp_path / "bucket").keys() == names.keys()
    for name in names:
        alike = (tmp_path / each / name for each in ("bucket", "folder"))
        # Dated by the object or by the file.
        assert len({MOMENT.sub(b"then", path.read_bytes()) for path in alike}) == 1, name


def test_what_a_killed_export_wrote_goes_with_its_story(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    stories = write(Path(settings.stories), {"gone.fr.txt": ARTICLE})
    total = export(Site(settings), tmp_path / "whole", nothing).total
    real, moved = export_folder._move, 0

    def killed(path: Path, target: Path) -> None:
        nonlocal moved
        moved += 1
        if moved > total - 10:
            raise SystemExit
        real(path, target)

    monkeypatch.setattr(export_folder, "_move", killed)
    with pytest.raises(SystemExit):
        export(Site(settings), out, nothing)
    assert any("/gone/" in name for name in files_of(out))
    monkeypatch.setattr(export_folder, "_move", real)
    (stories / "gone.fr.txt").unlink()

    export(Site(settings), out, nothing)

    assert [name for name in files_of(out) if "/gone/" in name] == []


@pytest.mark.parametrize("name", ["index.html", "robots.txt", "fr", "fr/essai"])
def test_an_export_overwrites_no_file_of_others(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    out = write(tmp_path / "out", {name: "mine"})

    with pytest.raises(SlideshowError, match="no export wrote it") as caught:
        export(Site(settings), out, nothing)

    assert caught.value.path == str(out / name)
    assert [*files_of(out)] == [name]
    assert (out / name).read_text() == "mine"


def test_a_list_of_files_nested_without_end_removes_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(Site(settings), out, nothing)
    (out / EXPORT_LIST).write_text("[" * 100_000)

    assert export(Site(settings), out, nothing).removed == 0


def test_files_wait_within_the_folder_only_where_they_cannot_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    beside, within = tmp_path / f".out{STAGING}", out / STAGING

    assert staging_of(out) == beside
    assert staging_of(tmp_path / ("a" * 250)).parent.name == "a" * 250
    assert staging_of(tmp_path / "new" / "out").parent == tmp_path / "new"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert staging_of(out) == within


def test_what_an_older_version_left_in_the_folder_is_removed(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "out" / STAGING / "left").mkdir(parents=True)

    export(Site(settings), tmp_path / "out", nothing)

    assert not (tmp_path / "out" / STAGING).exists()
