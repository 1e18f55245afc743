"""A translator at work on a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from slideshow.library.catalogues.entries import read_entries, target_lines, write_entries


def fill(path: Path, translations: Mapping[str, str]) -> None:
    """Write translations into a catalogue, as a PO editor does."""
    entries = [
        replace(entry, target=target_lines([translations[entry.id]], is_plural=False))
        if entry.id in translations
        else entry
        for entry in read_entries(path.read_bytes().decode())
    ]
    path.write_bytes(write_entries(entries).encode())
