"""Writes templates of the pages that most sites need, for their owner to fill in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from slideshow.library.articles import check_place, folder_of
from slideshow.library.folder import PAGES
from slideshow.paths import PACKAGE

TEMPLATES = PACKAGE / "page_templates"


def languages() -> list[str]:
    """List the tags of the languages that have templates."""
    return sorted({path.name.split(".")[1] for path in TEMPLATES.glob("*.md")})


def write(stories: Path, tags: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    """Write the templates in some languages; yield each path, and whether it was written.

    An existing file is left as it is. Raises SlideshowError if there are no stories there.
    """
    check_place(stories)
    folder = folder_of(stories) / PAGES
    folder.mkdir(exist_ok=True)
    for template in sorted(TEMPLATES.glob("*.md")):
        if template.name.split(".")[1] in tags:
            path = folder / template.name
            yield path, _written(path, template.read_bytes())


def _written(path: Path, data: bytes) -> bool:
    try:
        # Never through a link, and never over a file that somebody wrote meanwhile.
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    with open(file, "wb") as opened:
        opened.write(data)
    return True
