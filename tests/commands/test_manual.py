"""The commands of README and manual, word for word, in a folder with the manual's own article."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import lxml.html
import pytest
import yaml

from slideshow.cli import cli
from slideshow.commands.listening import Place
from slideshow.errors import variable_of
from slideshow.settings import variables
from tests.conftest import ending, wait_for
from tests.readme import EVERYTHING, MANUAL, README, blocks, fenced, section
from tests.support.ports import reserved_port

pytestmark = pytest.mark.trial

TOP = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
TITLE = "Un tren de noche"
TITLE_FR = "Le train de nuit"
TEXTS = {"README": README, **MANUAL}


def commands_of(text: str) -> Iterator[str]:
    """Yield each command of a text, with the variables that its block sets before it."""
    for block in fenced(text, "sh"):
        variables = ""
        for line in block.splitlines():
            if line.startswith("export "):
                variables += f"{line}\n"
            else:
                yield variables + line


(OF_MANUAL,) = blocks("This manual, on your own site", "sh", "publish")  # has a test of its own
COMMANDS = [
    (name, command)
    for name, text in TEXTS.items()
    for command in commands_of(text)
    if command != OF_MANUAL.strip()
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the manual's reader has it: the article, a translation of it, a document."""
    (article,) = (each for each in blocks("Plain text", story="write") if "Platform nine" in each)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "night-train.en.txt").write_text(article)
    (tmp_path / "night-train.en.txt").write_text(article)
    (tmp_path / "night-train.fr.txt").write_text(article.replace("The night train", TITLE_FR))
    (tmp_path / "babel.toml").write_text(blocks("With Babel alone", "toml", "translate")[0])
    document = TOP / "tests" / "data" / "imported" / "harbour.docx"
    (tmp_path / "report.docx").write_bytes(document.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SLIDESHOW_FILECACHE_FOLDER", str(tmp_path / "cache"))
    return tmp_path


def run(command: str) -> str:
    """Run a command that ends; return its output."""
    done = subprocess.run(["sh", "-ec", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(command: str) -> Iterator[str]:
    """Run a server, at ports that are free, until the block ends; yield its address."""
    with reserved_port() as port, reserved_port() as metrics:
        command = command.replace("9090", str(metrics))
        with ending(shlex.split(command), {"SLIDESHOW_PORT": str(port)}) as process:
            if "--uds" in command:
                Place("", 0, Path(shlex.split(command)[-1]), "").wait()
            else:
                wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("text", "command"), sorted({*COMMANDS}), ids=lambda value: str(value))
def test_every_command_works_as_it_is_written(folder: Path, text: str, command: str) -> None:
    if command.startswith("slideshow serve"):
        with served(command):
            pass
        return
    if "counts.db" in command:
        with served("slideshow serve stories --counts counts.db"):
            pass
    if "doctor" in command:
        command = f"SLIDESHOW_HOST=0.0.0.0 {command}"  # this may be a container
    run(command)


@pytest.mark.parametrize("text", TEXTS)
def test_commands_that_need_another_program_name_only_files_and_extras_that_exist(
    text: str,
) -> None:
    known = ("docker", "pipx", "uvx", "systemctl", "pip", "slideshow serve s3://")
    extras = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["optional-dependencies"]

    for block in fenced(TEXTS[text], "console"):
        for line in block.splitlines():
            assert line.startswith(known)
    for extra in re.findall(r"article-slideshow\[(\w+)\]", TEXTS[text]):
        assert extra in extras


def test_an_article_is_translated_checked_and_published(folder: Path) -> None:
    (add,) = blocks("Add a language", "sh", "translate")
    table = run(add)
    catalogue = folder / "stories/translations/es/LC_MESSAGES/night-train.po"
    text = catalogue.read_text().replace(
        'msgid "The night train"\nmsgstr ""', f'msgid "The night train"\nmsgstr "{TITLE}"'
    )
    catalogue.write_text(text)
    (find,) = blocks("Find mistakes", "sh", "translate")
    found = run(find)
    (extract,) = blocks("With Babel alone", "sh", "translate")
    run(extract)
    (publish,) = blocks("As static files", "sh", "publish")
    run(publish)

    assert [line.split()[:2] for line in table.splitlines()[2:6]] == [
        ["es", "(interface)"],
        ["es", "night-train"],
        ["pt-BR", "(interface)"],
        ["pt-BR", "night-train"],
    ]
    assert "Platform nine" in (folder / "stories.pot").read_text()
    assert found.endswith("1 story checked: no problems found.\n")
    page = next((folder / "site/es/night-train").glob("1*/index.html")).read_text()
    assert TITLE in page
    assert '<span lang="en" dir="ltr">Next</span>' in page  # the interface lacks it in Spanish


def test_a_document_with_pictures_is_imported_translated_served_and_embedded(
    folder: Path,
) -> None:
    (command,) = blocks("An article that you have already", "sh", "write")
    said = run(command)
    run("slideshow translate stories --to es")
    catalogue = folder / "stories/translations/es/LC_MESSAGES/report.po"
    text = catalogue.read_text().replace('"The voices"\nmsgstr ""', '"The voices"\nmsgstr "Voces"')
    catalogue.write_text(text)

    with served("slideshow serve stories") as address:
        whole = lxml.html.fromstring(fetched(f"{address}/en/report/all/"))
        spanish = fetched(f"{address}/embed/es/report/3/").decode()
        pictures = [fetched(address + str(each.get("src"))) for each in whole.cssselect("main img")]

    assert said == "stories/report.en.md written\n"
    assert [each.get("alt") for each in whole.cssselect("main img")] == [
        "The new wall, seen from the lighthouse",
        "Four boats in a row at the quay",
    ]
    assert all(len(picture) > 100 for picture in pictures)
    assert "Voces" in spanish


def fetched(address: str) -> bytes:
    """Return what a server answers, after redirects."""
    with urlopen(address, timeout=30) as answer:
        content: bytes = answer.read()
    return content


def test_a_translation_that_is_there_already_is_shown(folder: Path) -> None:
    (command,) = blocks("A translation that you have already", "sh", "translate")

    run(command)

    catalogue = folder / "stories/translations/fr/LC_MESSAGES/night-train.po"
    assert f'msgid "The night train"\nmsgstr "{TITLE_FR}"' in catalogue.read_text()


def test_the_manual_is_exported_whatever_the_settings_say(folder: Path) -> None:
    run(f"SLIDESHOW_STORIES=stories {OF_MANUAL}")

    for language in ("en", "fr"):
        assert (folder / "manual" / language / "manual-6-run" / "index.html").is_file()
    assert not (folder / "manual" / "en" / "night-train").exists()


def test_the_lines_of_compose_have_settings_and_places_that_the_image_has() -> None:
    (text,) = blocks("From nothing to HTTPS in one file", "yaml", "run")
    services = yaml.safe_load(text)["services"]
    dockerfile = (TOP / "Dockerfile").read_text()

    known = {variable_of(setting.name) for setting in variables()}
    assert {*services["slideshow"]["environment"]} <= known
    assert services["slideshow"]["read_only"] is True
    places = {volume.split(":")[1] for volume in services["slideshow"]["volumes"]}
    assert places == {"/stories", "/cache"}
    assert all(f"{place} " in dockerfile for place in places)
    assert f"EXPOSE {services['caddy']['command'].rpartition(':')[2]}" in dockerfile


def test_the_unit_starts_a_command_that_exists_and_hardens_it() -> None:
    (text,) = blocks("Under systemd", "ini", "run")
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    service = unit["Service"]

    program, command, *arguments = shlex.split(service["ExecStart"])
    options = {name for each in cli.commands[command].params for name in each.opts}
    assert program.endswith("/slideshow")
    assert {each for each in arguments if each.startswith("--")} <= options
    assert service["ExecReload"].endswith("-HUP $MAINPID")
    assert (service["DynamicUser"], service["ProtectSystem"]) == ("yes", "strict")


def test_every_setting_that_the_manual_names_exists() -> None:
    known = {variable_of(setting.name) for setting in variables()}

    assert {*re.findall(r"(?<!_)\bSLIDESHOW_[A-Z_]+[A-Z]", EVERYTHING)} <= known


def test_the_addresses_of_probes_are_those_of_the_app() -> None:
    assert {*re.findall(r"`(/\w+z)`", section("Health and readiness", "run"))} == {
        "/healthz",
        "/readyz",
    }
