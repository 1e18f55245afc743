"""Fetches the vendored htmx from npm and puts it on record: ``make vendor``."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

NAME, VERSION, LICENCE = "htmx.org", "4.0.1", "0BSD"
FILES = {"package/dist/htmx.min.js": "htmx.min.js", "package/LICENSE": "htmx.LICENSE"}
VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"


def fetch() -> None:
    """Replace the files in ``static/vendor`` by those of the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--json", "--pack-destination", folder, f"{NAME}@{VERSION}"]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        # npm gives a list, or since version 11 perhaps an object by package name.
        packed = json.loads(output)
        package = packed[0] if isinstance(packed, list) else next(iter(packed.values()))
        with tarfile.open(Path(folder) / package["filename"]) as archive:
            for member, name in FILES.items():
                content = archive.extractfile(member)
                assert content, f"{member} is not in the package"
                (VENDOR / name).write_bytes(content.read())
    record = {
        "package": NAME,
        "version": VERSION,
        "licence": LICENCE,
        "integrity": package["integrity"],
        "sha256": {name: digest(VENDOR / name) for name in FILES.values()},
    }
    (VENDOR / "htmx.json").write_text(json.dumps(record, indent=2) + "\n")


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    fetch()
