"""The README says what the code does, and no more (check D12)."""

import re
from pathlib import Path

import click
import pytest

from slideshow.cli import cli
from slideshow.errors import variable_of
from slideshow.paths import shipped
from slideshow.settings import variables
from slideshow.story.filenames import parse_file_name
from slideshow.story.formats.registry import SUFFIXES
from tests.readme import README, blocks, rows, section
from tests.web.conftest import ARTICLE, write

STATIC = shipped("static")
SCRIPT = (STATIC / "embed.js").read_text()
FRAME = (STATIC / "js" / "embed-messages.js").read_text()


def between(text: str, start: str, end: str) -> str:
    """Return the part of a script between two pieces of it, which must be there."""
    return text.split(start, 1)[1].split(end, 1)[0]


def quoted(text: str) -> set[str]:
    return set(re.findall(r'"([\w:]+)"', text))


def test_every_field_of_a_message_is_documented() -> None:
    message = between(FRAME, "parent.postMessage({", "}, ")

    assert set(rows("Events", "field")) == set(re.findall(r"^\s+(\w+)\b", message, re.M))


def test_every_event_is_documented() -> None:
    told = set(re.findall(r'\btell\("(\w+)"\)', FRAME))
    fired = quoted(between(SCRIPT, "EVENTS = [", "]"))
    detail = between(SCRIPT, "const detail = {", "}")

    assert quoted(rows("Events", "field")["event"]) == told
    assert {name.removeprefix("slideshow:") for name in rows("Events", "event")} == fired
    assert told == fired | {"height"}
    before_the_table = section("Events").split("|")[0].replace("`detail`", "")
    named = set(re.findall(r"`(\w+)`", before_the_table))
    assert named == set(re.findall(r"\w+", detail))


def test_every_command_is_documented() -> None:
    known = set(re.findall(r"^    (\w+): \(", between(FRAME, "commands = {", "\n  };"), re.M))
    methods = set(re.findall(r"^    (\w+)\(\w*\) \{ this\.#tell", SCRIPT, re.M))
    sent = between(SCRIPT, "const message = {", "}")

    assert known == methods == {"next", "previous", "go"}
    assert quoted(rows("Commands", "field")["command"]) == known
    assert set(rows("Commands", "field")) == set(re.findall(r"(\w+)(?=[:,]| $)", sent))
    assert set(re.findall(r"`(\w+)\(", section("Commands"))) == methods


def test_every_attribute_is_documented() -> None:
    observed = quoted(between(SCRIPT, "observedAttributes = [", "]"))

    assert set(rows("Embed a slideshow", "attribute")) == observed | {"title"}


def test_the_app_is_mounted_as_the_readme_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"stories/essai.fr.txt": ARTICLE})
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    (example,) = blocks("Below a path, or inside another app", "python")

    exec(example, names | {"__name__": "site"}, names)
    client = names["app"].test_client()  # type: ignore[attr-defined]

    shelf = client.get("/stories/fr/").text
    assert "The Night Post" in shelf
    assert 'href="/stories/fr/essai/"' in shelf
    assert client.get("/fr/").status_code == 404


def settings() -> list[list[str]]:
    """Return the rows of the table of settings, each as its cells."""
    table = section("Settings").split("| option |", 1)[1]
    lines = re.findall(r"^\|(.*)\|$", table, re.M)[1:]
    return [[cell.strip().replace("`", "") for cell in line.split("|")] for line in lines]


def options_of(command: str) -> set[str]:
    return {
        name
        for parameter in cli.commands[command].params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }


def test_every_setting_is_documented_with_its_default() -> None:
    documented = {variable: default for _, variable, default, _ in settings() if variable}

    assert set(documented) == {variable_of(setting.name) for setting in variables()}
    for setting in variables():
        if isinstance(setting.default, int | float) and not isinstance(setting.default, bool):
            assert documented[variable_of(setting.name)] == str(setting.default)


def test_every_option_is_documented() -> None:
    of_serve = {name for option, *_ in settings() for name in option.split(", ")}
    commands = rows("Settings", "command")

    assert of_serve - {"", "STORIES"} == options_of("serve")
    works_on = dict.fromkeys(cli.commands, "[STORIES]")
    works_on |= {"import": "SOURCES", "pages": "STORIES", "counts": "[FILE]"}
    assert {f"slideshow {name} {place}" for name, place in works_on.items()} == set(commands)
    for name in set(cli.commands) - {"serve"}:
        takes = commands[f"slideshow {name} {works_on[name]}"]
        assert set(re.findall(r"--[a-z-]+", takes)) == options_of(name)


def test_every_option_that_the_readme_uses_is_there() -> None:
    calls = re.findall(rf"\bslideshow ({'|'.join(cli.commands)})\b([^`\n]*)", README)

    assert {command for command, _ in calls} == {*cli.commands}
    for command, arguments in calls:
        assert set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", arguments)) <= options_of(command)


def test_the_names_of_files_make_the_addresses_that_the_readme_says() -> None:
    table = rows("Serve your own article", "name of the file")

    for name, cells in table.items():
        found = parse_file_name(name, SUFFIXES)
        assert found is not None
        slug, language = (cell.strip(" `") for cell in cells.split("|"))
        assert found.slug == slug
        assert language.startswith(found.language or "that of the front matter")
