"""What is vendored is what its npm package holds (check D11)."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ImageFont

from tests.vendor import FONT, HTMX, Vendored, digest


@pytest.mark.parametrize("vendored", [HTMX, FONT], ids=lambda each: each.record)
def test_the_files_are_those_on_record(vendored: Vendored) -> None:
    record = json.loads((vendored.folder / vendored.record).read_text())

    assert record["package"] == vendored.package
    assert record["version"] == vendored.version
    assert record["licence"] == vendored.licence
    assert record["sha256"] == {
        name: digest(vendored.folder / name) for name in vendored.files.values()
    }


def test_the_script_is_of_the_version_on_record() -> None:
    script = (HTMX.folder / "htmx.min.js").read_text()

    assert f'"{HTMX.version}"' in script or f"'{HTMX.version}'" in script


def test_the_font_is_a_font_under_its_licence() -> None:
    font = ImageFont.truetype(BytesIO((FONT.folder / "source-serif.ttf").read_bytes()), 20)
    licence = (FONT.folder / "source-serif.LICENSE").read_text()

    assert font.getname() == ("Source Serif 4 Subhead", "Semibold")
    assert "SIL Open Font License, Version 1.1" in licence


@pytest.mark.parametrize("folder", [HTMX.folder, FONT.folder], ids=lambda each: each.name)
def test_nothing_else_is_vendored_unrecorded(folder: Path) -> None:
    recorded = {
        name for path in folder.glob("*.json") for name in json.loads(path.read_text())["sha256"]
    }

    found = {path.name for path in folder.iterdir() if path.suffix != ".json"}

    assert found == recorded
