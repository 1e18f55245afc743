"""Details of plain text in ``slideshow.toml``: dates, languages, tags, without front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from slideshow.commands.check import check
from slideshow.commands.settings import lines
from slideshow.library.opening import open_library
from slideshow.settings import Settings
from tests.web.conftest import write

TEXT = "The night train\n\nA ticket\n\nThe counter closed at six.\n"
TOML = """
[details.night-train]
publish = 2099-12-01T06:00:00
expires = 2100-01-01
languages = ["en", "fr"]
tags = ["night", "trains"]
draft = false
weight = 3
correction = "2026-12-02: At seven."
"""


def test_plain_text_has_its_details_in_the_settings(tmp_path: Path) -> None:
    write(tmp_path, {"night-train.en.txt": TEXT, "slideshow.toml": TOML})

    opened = open_library(Settings(stories=str(tmp_path), refresh=0))

    article = opened.library.article("night-train")
    assert article is not None
    details = article.details
    assert (details.publish, details.expires) == ("2099-12-01T06:00:00", "2100-01-01")
    assert (details.languages, details.tags) == (("en", "fr"), ("night", "trains"))
    assert (details.weight, details.is_draft) == (3, False)
    assert [each.text.value for each in details.corrections] == ["At seven."]
    assert opened.library.story("night-train") is None  # its time has not come


def test_details_above_the_text_win_and_others_are_filled_in(tmp_path: Path) -> None:
    own = f"---\nweight: 1\n---\n{TEXT}"
    toml = '[details.night-train]\nweight = 3\ntags = ["night"]\n'
    write(tmp_path, {"night-train.en.txt": own, "slideshow.toml": toml})

    opened = open_library(Settings(stories=str(tmp_path), refresh=0))

    article = opened.library.article("night-train")
    assert article is not None
    assert (article.details.weight, article.details.tags) == (1, ("night",))
    (warning,) = (str(each) for each in check(opened.library, lambda done: None).warnings)
    assert "[details.night-train] says something else than the article" in warning


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[details.none]\ndraft = true\n", "[details.none] is of no story (name a story)"),
        ('[details.night-train]\npublish = "soon"\n', "'soon' is not a date"),
        ("[details]\ndraft = true\n", "details.draft is no table"),
    ],
)
def test_details_that_cannot_be_are_named(tmp_path: Path, toml: str, said: str) -> None:
    write(tmp_path, {"night-train.en.txt": TEXT, "slideshow.toml": toml})
    opened = open_library(Settings(stories=str(tmp_path), refresh=0), is_strict=False)

    found = check(opened.library, lambda done: None)

    assert said in "\n".join(map(str, (*found.errors, *found.warnings)))


def test_settings_print_the_details_as_they_may_be_saved(tmp_path: Path) -> None:
    write(tmp_path, {"night-train.en.txt": TEXT, "slideshow.toml": TOML})
    opened = open_library(Settings(stories=str(tmp_path), refresh=0))
    printed = "\n".join(lines(opened.settings))

    (tmp_path / "slideshow.toml").write_text(printed)
    again = open_library(Settings(stories=str(tmp_path), refresh=0))

    assert again.settings.details == opened.settings.details != {}
