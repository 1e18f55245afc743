"""What a program that embeds Slideshow imports."""

import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask

import slideshow


def test_the_package_names_its_app_its_settings_and_its_version(tmp_path: Path) -> None:
    app = slideshow.create_app(slideshow.Settings(filecache_folder=str(tmp_path)))

    assert isinstance(app, Flask)
    assert re.fullmatch(r"\d+\.\d+\.\d+", slideshow.__version__)


def test_the_name_to_install_is_that_of_the_project() -> None:
    pyproject = Path(__file__).parent.parent / "pyproject.toml"

    assert tomllib.loads(pyproject.read_text())["project"]["name"] == slideshow.DISTRIBUTION


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="frobnicate"):
        _ = slideshow.frobnicate


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(slideshow.__file__).parent / "py.typed").is_file()
