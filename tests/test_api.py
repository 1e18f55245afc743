"""What a program that embeds Slideshow imports."""

from importlib.metadata import version
from pathlib import Path

import pytest
from flask import Flask

import slideshow


def test_the_package_names_its_app_its_settings_and_its_version(tmp_path: Path) -> None:
    app = slideshow.create_app(slideshow.Settings(filecache_folder=str(tmp_path)))

    assert isinstance(app, Flask)
    assert slideshow.__version__ == version("slideshow")


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="frobnicate"):
        _ = slideshow.frobnicate


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(slideshow.__file__).parent / "py.typed").is_file()
