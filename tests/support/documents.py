"""Documents of the corpus, changed as their authors might have done it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path


def changed(document: Path, changes: Mapping[str, Mapping[str, str]], **added: str) -> bytes:
    """Return a document with replacements in the files of its archive, and with further files."""
    made = BytesIO()
    with zipfile.ZipFile(document) as old, zipfile.ZipFile(made, "w") as new:
        for file in old.namelist():
            data = old.read(file).decode("utf-8", "surrogateescape")
            for before, after in changes.get(file, {}).items():
                assert before in data
                data = data.replace(before, after)
            new.writestr(file, data.encode("utf-8", "surrogateescape"))
        for file, text in added.items():
            new.writestr(file, text)
    return made.getvalue()
