"""Generators of static sites that write the same slides: Eleventy from npm, Hugo from Debian."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.many import slides_of
from tests.bench.peers import TEMPLATES, NoPeerError, installed, run
from tests.bench.programs import program

ELEVENTY = "@11ty/eleventy@3.1.8"
HUGO = """
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home", "404"]
"""


@dataclass(frozen=True, slots=True)
class Generator:
    """A tool: ``prepare`` writes its project for some slides and returns the command to time."""

    name: str
    prepare: Callable[[Path, list[dict[str, Any]]], list[str]]

    def project(self, folder: Path, stories: int, slides: int) -> list[str]:
        """Write a project, the pages of which go into ``out``; return the command for them."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return self.prepare(folder, [*slides_of(stories, slides)])


def _eleventy(folder: Path, slides: list[dict[str, Any]]) -> list[str]:
    (folder / "_data").mkdir()
    (folder / "_data" / "slides.json").write_text(json.dumps(slides))
    shutil.copy(TEMPLATES / "eleventy.njk", folder / "slides.njk")
    return [str(installed(ELEVENTY) / ".bin" / "eleventy"), "--quiet", "--output=out"]


def _hugo(folder: Path, slides: list[dict[str, Any]]) -> list[str]:
    path = program("hugo", "hugo")
    if path is None:
        raise NoPeerError("no hugo on this machine: apt-get install hugo")
    (folder / "hugo.toml").write_text(HUGO)
    (folder / "layouts" / "_default").mkdir(parents=True)
    shutil.copy(TEMPLATES / "hugo.html", folder / "layouts" / "_default" / "single.html")
    for slide in slides:
        story = folder / "content" / "fr" / str(slide["story"])
        story.mkdir(parents=True, exist_ok=True)
        front, text = {**slide, "title": slide["headline"]}, slide["text"]
        (story / f"{slide['position']}.md").write_text(f"{json.dumps(front)}\n\n{text}\n")
    return [path, "--quiet", "--destination", "out"]


GENERATORS = (
    Generator(f"Eleventy {ELEVENTY.rpartition('@')[2]}", _eleventy),
    Generator("Hugo", _hugo),
)


def pages_a_second(generator: Generator, folder: Path, stories: int, slides: int) -> float:
    """Return the pages that a tool writes in a second; raise NoPeerError if it cannot be had."""
    command = generator.project(folder, stories, slides)
    seconds = run(*command, folder=folder)
    written = sum(1 for _ in (folder / "out").rglob("*.html"))
    assert written == stories * slides, written
    return written / seconds
