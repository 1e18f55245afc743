"""The command line, by what its help tells."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.errors import Problem, SlideshowError
from slideshow.library.sitefile import configured
from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.web.conftest import ARTICLE, CATALOGUE, write

COMMANDS = sorted(cli.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    options = [each for each in cli.commands[name].params if isinstance(each, click.Option)]

    assert options
    assert [option.name for option in options if not option.help] == []


def test_the_help_names_every_command_in_a_whole_sentence() -> None:
    lines = CliRunner().invoke(cli, ["--help"]).output.split("Commands:\n")[1].splitlines()

    assert [line.split()[0] for line in lines] == COMMANDS
    assert [line for line in lines if line.endswith("...")] == []


@pytest.mark.parametrize(
    "arguments", [*([name, ""] for name in COMMANDS), ["export", "--out", ""]], ids=" ".join
)
def test_an_empty_name_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """A variable that is not set must not put the bundled stories in the place of a site."""
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(cli, arguments)

    assert result.exit_code == 2
    assert "is empty; if you passed a shell variable" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [("ARTICLE_BYTES", 20, ""), ("ARTICLE_SLIDES", 2, ":11"), ("ARTICLE_CHARACTERS", 8, ":9")],
)
@pytest.mark.parametrize(
    "arguments", [["check"], ["export", "--out", "out"], ["translate", "--to", "en"]], ids=" ".join
)
def test_an_article_beyond_a_limit_is_an_error_that_names_the_setting(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    setting: str,
    value: int,
    line: str,
) -> None:
    place = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"SLIDESHOW_{setting}", str(value))

    result = CliRunner().invoke(cli, [*arguments, str(place)])

    said = result.output + str(result.exception)
    assert result.exit_code == 1
    assert f"essai.fr.txt{line}: " in said
    assert f"raise SLIDESHOW_{setting}" in said


@pytest.mark.parametrize("arguments", [["check"], ["translate"]], ids=" ".join)
def test_a_catalogue_beyond_a_limit_is_an_error_that_names_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    po = "translations/en/LC_MESSAGES/essai.po"
    place = write(tmp_path, {"essai.fr.txt": ARTICLE, po: CATALOGUE})
    monkeypatch.setenv("SLIDESHOW_CATALOGUE_BYTES", "20")

    result = CliRunner().invoke(cli, [*arguments, str(place)])

    said = result.output + str(result.exception)
    assert result.exit_code == 1
    assert f"{po}: {len(CATALOGUE.encode())} bytes are more than the 20 allowed" in said
    assert "raise SLIDESHOW_CATALOGUE_BYTES" in said


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("loop", "Too many levels of symbolic links (check the path and the disk)"),
        ("a" * 300, "File name too long (use a shorter name)"),
    ],
)
@pytest.mark.parametrize(
    "command", [["check"], ["translate"], ["serve"], ["export", "--out", "x"], ["pages"]]
)
def test_a_place_that_cannot_be_opened_is_named_with_the_reason_in_one_line(
    tmp_path: Path, command: list[str], name: str, reason: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    place = tmp_path / name

    result = subprocess.run(
        [sys.executable, "-m", "slideshow", *command, str(place)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert result.returncode == 1
    assert result.stderr == f"{place}: {reason}\n"


@pytest.mark.parametrize(
    ("redirection", "status", "said"),
    [(">&-", 0, ""), ("2>&-", 0, ""), (">/dev/full", 1, "No space left on device")],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_output_may_be_closed_or_full(
    redirection: str, status: int, said: str, unbuffered: str
) -> None:
    command = f"{shlex.quote(sys.executable)} -m slideshow check {redirection}"

    result = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )

    assert (result.returncode, "Traceback" in result.stderr) == (status, False)
    assert said in result.stderr


def test_a_server_holds_to_the_limits_and_to_larger_ones(tmp_path: Path) -> None:
    files = {"essai.fr.txt": ARTICLE, "long.en.txt": f"T\n\nH\n\n{'x' * 20_001}\n"}
    place = str(write(tmp_path, files))

    few = create_app(Settings(stories=place, article_slides=2)).test_client()
    many = create_app(Settings(stories=place, article_characters=20_001)).test_client()

    assert (few.get("/fr/essai/1-un/").status_code, few.get("/en/long/1-h/").status_code) == (
        503,
        503,
    )
    assert (many.get("/fr/essai/3-trois/").status_code, many.get("/en/long/1-h/").status_code) == (
        200,
        200,
    )


def test_the_settings_are_printed_as_a_file_with_the_origin_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": 'site_name = "L’«été»"\n'})
    monkeypatch.setenv("SLIDESHOW_PROXIES", "2")

    result = CliRunner().invoke(cli, ["settings", str(place), "--lang", "fr"])

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert f'site_name = "L’«été»"  # {place}/slideshow.toml:1' in lines
    assert "proxies = 2  # SLIDESHOW_PROXIES" in lines
    assert 'lang = "fr"  # the command line' in lines
    assert "offline = true  # default" in lines
    assert f'# stories = "{place}"  # the command line' in lines


def test_each_name_in_a_table_has_its_own_origin(tmp_path: Path) -> None:
    toml = '[brand]\nhue = "none"\n[scripts.attributes]\ndata-site = "1"\n[redirects]\na = "b"\n'
    place = write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": toml})

    lines = CliRunner().invoke(cli, ["settings", str(place)]).stdout.splitlines()

    assert f'hue = "none"  # {place}/slideshow.toml:2' in lines
    assert 'logo = ""  # default' in lines
    assert f'"data-site" = "1"  # {place}/slideshow.toml:3' in lines
    assert any(line.startswith(f'a = "b"  # {place}/slideshow.toml:') for line in lines)


def test_the_printed_settings_are_a_file_of_settings(tmp_path: Path) -> None:
    place = write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": "proxies = 3\n"})

    printed = CliRunner().invoke(cli, ["settings", str(place)]).stdout
    write(place, {"slideshow.toml": printed})

    settings = configured(Settings(stories=str(place)))
    assert settings == Settings(stories=str(place), proxies=3)
    assert CliRunner().invoke(cli, ["check", str(place)]).exit_code == 0


def test_a_mistake_in_the_settings_is_found_by_check_and_refuses_to_serve(tmp_path: Path) -> None:
    toml = "proxies = -1\nsitename = 'x'\n"
    place = str(write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": toml}))

    checked = CliRunner().invoke(cli, ["check", place])
    exported = CliRunner().invoke(cli, ["export", place, "--out", str(tmp_path / "out")])
    shown = CliRunner().invoke(cli, ["settings", place])

    assert [each.exit_code for each in (checked, exported, shown)] == [1, 1, 1]
    assert "slideshow.toml:1: proxies is -1" in checked.output
    assert "slideshow.toml:2: 'sitename' is no setting (write site_name)" in checked.output
    assert "slideshow.toml:1: proxies is -1" in str(exported.exception)
    assert "slideshow.toml:1: proxies is -1" in shown.stderr


@pytest.mark.parametrize("arguments", [["check"], ["settings"], ["translate"]], ids=" ".join)
def test_a_misspelt_variable_is_named_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    place = write(tmp_path, {"a.fr.txt": ARTICLE})
    monkeypatch.setenv("SLIDESHOW_BASEURL", "https://example.org")

    result = CliRunner().invoke(cli, [*arguments, str(place)])

    assert "SLIDESHOW_BASEURL is no setting (write SLIDESHOW_BASE_URL)\n" in result.stderr


def test_a_machine_without_a_temporary_folder_is_advised_to_have_one() -> None:
    """A container with a root that cannot be written, for example."""
    error = FileNotFoundError(2, "No usable temporary directory found in ['/tmp', '/var/tmp']")

    assert "(mount a folder at /tmp, or set TMPDIR" in str(SlideshowError.of_system(error))


def test_no_name_of_a_file_writes_a_line_of_its_own() -> None:
    """Continuous integration obeys some lines, and terminals obey some characters."""
    name = "a\n::error::b\x1b[2J\u202e\udcff\u2028.en.md"

    (line,) = str(Problem("a message", "a fix", 3, name)).splitlines()

    assert line == "a�::error::b�[2J���.en.md:3: a message (a fix)"
