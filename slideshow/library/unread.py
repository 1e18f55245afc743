"""Files that look as if they were meant as articles, but are not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from slideshow.errors import Problem
from slideshow.library.folder import RESERVED
from slideshow.story.filenames import parse_file_name
from slideshow.story.formats.registry import SUFFIXES

# Suffixes of text documents in unsupported formats.
DOCUMENTS = frozenset(
    {".adoc", ".asciidoc", ".doc", ".docx", ".epub", ".htm", ".html", ".odt", ".org"}
    | {".pages", ".pdf", ".rst", ".rtf", ".tex"}
)
IMPORTED = frozenset({".docx", ".epub", ".htm", ".html", ".odt", ".rtf"})
EXPORT_LIST = ".slideshow-export.json"  # of the files of an export, in its folder
MAX_FOLDER_DEPTH = 3  # searched for articles


def unread(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield a warning for each file or folder that may be meant as an article."""
    for path in sorted(paths):
        if path.name.startswith((".", "_", "~")):
            continue
        if path.suffix.lower() in DOCUMENTS:
            yield Problem(
                f"{path.suffix.lower()} files are not read",
                f"import it: slideshow import {path}"
                if path.suffix.lower() in IMPORTED
                else "save it as plain text (.txt) or Markdown (.md)",
                path=str(path),
            )
        elif path.is_dir() and path.name not in RESERVED and _holds_articles(path):
            yield Problem(
                "the articles in this folder are not read",
                "move them up, or give this folder as the place of the stories",
                path=str(path),
            )
        elif not path.suffix and path.is_file():
            yield Problem(
                "a file without a suffix is not read",
                "if it is an article, add .txt or .md to its name",
                path=str(path),
            )


def _holds_articles(folder: Path, depth: int = 1) -> bool:
    if (folder / EXPORT_LIST).exists():
        return False  # it has a robots.txt
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.is_dir()):
            if entry.name.startswith((".", "_")):
                continue
            if not entry.is_dir() and parse_file_name(entry.name, SUFFIXES):
                return True
            if (
                entry.is_dir()
                and depth < MAX_FOLDER_DEPTH
                and _holds_articles(Path(entry), depth + 1)
            ):
                return True
    return False
