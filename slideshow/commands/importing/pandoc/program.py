"""Pandoc: parses documents to its tree and renders trees as Markdown, sandboxed and limited.

The tree is Pandoc's JSON: blocks and inlines are ``{"t": type, "c": content}``.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from slideshow import DISTRIBUTION
from slideshow.errors import SlideshowError

Node = dict[str, Any]

MEMORY = "1G"  # memory of one run; a tree takes about twenty times the size of its document
SECONDS = 120  # of one run
# All of Slideshow's own Markdown; raw HTML is dropped rather than shown.
WRITTEN = (
    "commonmark-raw_html+pipe_tables+strikeout+task_lists+footnotes+definition_lists"
    "+tex_math_dollars"
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as parsed by Pandoc; ``version`` is that of the tree's format."""

    meta: Node
    blocks: list[Node]
    version: list[int]


def tree_of(data: bytes, form: str, path: str) -> Tree:
    """Parse a document in one of Pandoc's formats.

    Raises SlideshowError if Pandoc is missing or cannot read it.
    """
    read = json.loads(_run(data, path, "--from", form, "--to", "json", "--track-changes=all"))
    return Tree(read["meta"], read["blocks"], read["pandoc-api-version"])


def markdown_of(tree: Tree, path: str) -> str:
    """Render a tree's blocks as Markdown."""
    whole = {"pandoc-api-version": tree.version, "meta": {}, "blocks": tree.blocks}
    arguments = ("--from", "json", "--to", WRITTEN, "--wrap=preserve")
    written = _run(json.dumps(whole).encode(), path, *arguments).decode().strip()
    # Between two lists Pandoc puts a comment that readers would see.
    return written.replace("\n\n&nbsp;\n\n", "\n\n<!-- -->\n\n")


def _run(data: bytes, path: str, *arguments: str) -> bytes:
    command = [_program(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SlideshowError(
            f"reading it takes longer than {SECONDS} s", "split the document", path=path
        ) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise SlideshowError(
            f"Pandoc cannot read it: {lines[0][:200]}",
            "open it in the program that made it and save it again",
            path=path,
        )
    return done.stdout


def _program() -> str:
    try:
        import pypandoc
    except ImportError as error:
        raise missing("pypandoc_binary") from error
    program: str = pypandoc.get_pandoc_path()
    return program


def missing(package: str) -> SlideshowError:
    """Build the error for a missing package of the extra ``import``."""
    return SlideshowError(
        f"importing needs the package {package}", f"pip install '{DISTRIBUTION}[import]'"
    )
