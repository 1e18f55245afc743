"""Fetches what is vendored, htmx and a font, from npm and puts it on record: ``make vendor``."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Vendored:
    """Files of an npm package: where they stand in it, and what they are called in ``folder``."""

    package: str
    version: str
    licence: str
    folder: Path
    record: str
    files: Mapping[str, str]


HTMX = Vendored(
    "htmx.org",
    "4.0.1",
    "0BSD",
    TOP / "static" / "vendor",
    "htmx.json",
    {"package/dist/htmx.min.js": "htmx.min.js", "package/LICENSE": "htmx.LICENSE"},
)
# Not in static/, since nobody is served a font: the server draws cards with it. It is Adobe's
# own: every glyph of the same font from Google says that its outlines overlap, which FreeType
# draws in five times the time.
FONT = Vendored(
    "source-serif",
    "4.5.1",
    "OFL-1.1",
    TOP / "slideshow" / "fonts",
    "source-serif.json",
    {
        "package/TTF/SourceSerif4Subhead-Semibold.ttf": "source-serif.ttf",
        "package/LICENSE.md": "source-serif.LICENSE",
    },
)


def fetch(vendored: Vendored) -> None:
    """Replace the files of ``vendored`` by those of its npm package."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{vendored.package}@{vendored.version}"
        command = ["npm", "pack", "--json", "--pack-destination", folder, name]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        # npm gives a list, or since version 11 perhaps an object by package name.
        packed = json.loads(output)
        package = packed[0] if isinstance(packed, list) else next(iter(packed.values()))
        # Before npm 11 the name of a scoped package stands there as it is, not as on the disk.
        (path,) = Path(folder).glob("*.tgz")
        with tarfile.open(path) as archive:
            for member, target in vendored.files.items():
                content = archive.extractfile(member)
                assert content, f"{member} is not in the package"
                (vendored.folder / target).write_bytes(content.read())
    record = {
        "package": vendored.package,
        "version": vendored.version,
        "licence": vendored.licence,
        "integrity": package["integrity"],
        "sha256": {name: digest(vendored.folder / name) for name in vendored.files.values()},
    }
    (vendored.folder / vendored.record).write_text(json.dumps(record, indent=2) + "\n")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    for each in (HTMX, FONT):
        fetch(each)
