"""The same story as its readers would get it from other tools, as folders of static files."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from slideshow.story.model import Story

# Outside the repository: what npm brings stays for the next run.
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "slideshow-bench"
TEMPLATES = Path(__file__).parent / "peers"


class NoPeerError(Exception):
    """A peer that cannot be had on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool from npm: its page's template, and what of its package a page needs.

    ``files`` are copied from the package's folder; ``values`` go to the template.
    """

    name: str
    package: str
    template: str
    files: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def folder(self) -> str:
        """The name as a folder."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name.lower())

    @property
    def label(self) -> str:
        """The name with its version, for the table."""
        return f"{self.name} {self.package.rpartition('@')[2]}"

    def build(self, story: Story, site: Path) -> None:
        """Write the story into a folder; raise NoPeerError where npm cannot install the tool."""
        modules = installed(self.package)
        package = modules / self.package.rpartition("@")[0]
        jinja = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=self.template.endswith(".html"),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        values: dict[str, Any] = {"story": story, **dict(self.values)}
        text = jinja.get_template(self.template).render(values)
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir(parents=True)
        for source, target in self.files:
            _copy(package / source, site / target)
        source_file = site / self.template
        source_file.write_text(text)
        page = site / "index.html"
        if self.template.endswith(".md"):
            marp = modules / ".bin" / "marp"
            run(str(marp), "--no-stdin", str(source_file), "-o", str(page))
            source_file.unlink()
        else:
            source_file.rename(page)


_DIST = ("reset.css", "reveal.css", "reveal.js")
_reveal = tuple((f"dist/{name}", f"dist/{name}") for name in _DIST)

PEERS = (
    Peer("Marp", "@marp-team/marp-cli@4.5.1", "marp.md"),
    Peer(
        "Swiper",
        "swiper@14.4.0",
        "swiper.html",
        tuple((name, name) for name in ("swiper-bundle.min.css", "swiper-bundle.min.js")),
    ),
    Peer(
        "impress.js",
        "impress.js@1.1.0",
        "impress.html",
        tuple((name, name) for name in ("css/impress-common.css", "js/impress.min.js")),
    ),
    Peer(
        "TimelineJS",
        "@knight-lab/timelinejs@3.9.11",
        "timeline.html",
        tuple((f"dist/{name}", name) for name in ("css", "js/timeline.js", "js/locale")),
    ),
    Peer(
        "reveal.js (simple)",
        "reveal.js@6.0.2",
        "reveal.html",
        (*_reveal, ("dist/theme/simple.css", "dist/theme/simple.css")),
        (("theme", "simple"),),
    ),
    Peer(
        "reveal.js (white)",
        "reveal.js@6.0.2",
        "reveal.html",
        (*_reveal, ("dist/theme/white.css", "dist/theme/white.css")),
        (("theme", "white"),),
    ),
)


def installed(package: str) -> Path:
    """Return the folder of the modules of a package, installed if need be."""
    folder = CACHE / "npm" / package.replace("/", "-")
    modules = folder / "node_modules"
    if not modules.is_dir():
        if not shutil.which("npm"):
            raise NoPeerError("no npm on this machine: install Node.js 20 or newer")
        folder.mkdir(parents=True, exist_ok=True)
        # No install scripts: they would fetch browsers, which nothing here needs.
        options = ("--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts")
        try:
            run("npm", "install", "--silent", *options, package)
        except NoPeerError:
            shutil.rmtree(folder)
            raise
    return modules


def run(*command: str, folder: Path | None = None) -> float:
    """Run a program of a peer, in a folder; return the seconds that it takes."""
    start = time.monotonic()
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300, cwd=folder)
    except subprocess.SubprocessError as error:
        raise NoPeerError(f"{Path(command[0]).name} failed: {error}") from error
    return time.monotonic() - start


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
