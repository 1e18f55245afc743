"""Folders of as many stories and slides as a figure wants."""

from __future__ import annotations

from pathlib import Path

SENTENCE = "Le train de nuit part à neuf heures, et personne ne sait s’il arrivera un jour"


def write_stories(folder: Path, stories: int, slides: int) -> Path:
    """Write stories named ``story-0`` and on, no two slides of which are the same."""
    folder.mkdir(parents=True)
    for number in range(stories):
        texts = (
            f"Vue {place} de {number}\n\n{SENTENCE}, {place}. {SENTENCE}, {number}."
            for place in range(1, slides + 1)
        )
        text = "\n\n".join([f"Histoire {number}", *texts])
        (folder / f"story-{number}.fr.txt").write_text(text + "\n")
    return folder
