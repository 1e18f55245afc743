"""The command line, by what its help tells."""

import click
import pytest
from click.testing import CliRunner

from slideshow.cli import cli

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
