"""The README's commands, word for word, in an empty folder (check D12)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme import blocks

TOOLS = Path(sys.executable).parent
TITLE = "Un tren de noche"
TITLE_FR = "Le train de nuit"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the README's own article, and with what it installs at hand."""
    (article,) = (each for each in blocks("Serve your own article") if "Platform nine" in each)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "night-train.en.txt").write_text(article)
    (tmp_path / "night-train.fr.txt").write_text(article.replace("The night train", TITLE_FR))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(TOOLS)
    return tmp_path


def run(folder: Path, section: str) -> str:
    """Run what a section says to run; give what it said."""
    said = ""
    for block in blocks(section, "sh"):
        command = ["sh", "-ec", block]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        said += done.stdout
    return said


def test_an_article_is_translated_checked_and_published(folder: Path) -> None:
    (mapping,) = blocks("Translate", "toml")
    (folder / "babel.toml").write_text(mapping)

    table = run(folder, "Translate")
    catalogue = folder / "stories/translations/es/LC_MESSAGES/night-train.po"
    text = catalogue.read_text().replace(
        'msgid "The night train"\nmsgstr ""', f'msgid "The night train"\nmsgstr "{TITLE}"'
    )
    catalogue.write_text(text)
    found = run(folder, "Check")
    run(folder, "Publish as static files")

    assert [line.split()[:2] for line in table.splitlines()[2:6]] == [
        ["es", "(interface)"],
        ["es", "night-train"],
        ["pt-BR", "(interface)"],
        ["pt-BR", "night-train"],
    ]
    assert "Platform nine" in (folder / "stories.pot").read_text()
    assert found.endswith("1 story checked: no problems found.\n")
    page = (folder / "site/es/night-train/1/index.html").read_text()
    assert TITLE in page
    assert '<span lang="en" dir="ltr">Next</span>' in page  # what the interface lacks in Spanish


def test_a_translation_that_is_there_already_is_shown(folder: Path) -> None:
    run(folder, "A translation that you have already")

    catalogue = folder / "stories/translations/fr/LC_MESSAGES/night-train.po"
    assert f'msgid "The night train"\nmsgstr "{TITLE_FR}"' in catalogue.read_text()
