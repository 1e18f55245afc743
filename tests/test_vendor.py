"""The vendored htmx is the one of the npm package (check D11)."""

import json
from typing import Any

import pytest

from tests.vendor import LICENCE, VENDOR, VERSION, digest


@pytest.fixture
def record() -> Any:
    return json.loads((VENDOR / "htmx.json").read_text())


def test_the_files_are_those_on_record(record: dict[str, object]) -> None:
    assert record["version"] == VERSION
    assert record["licence"] == LICENCE
    assert record["sha256"] == {
        name: digest(VENDOR / name) for name in ("htmx.min.js", "htmx.LICENSE")
    }


def test_the_script_is_of_the_version_on_record() -> None:
    script = (VENDOR / "htmx.min.js").read_text()

    assert f'"{VERSION}"' in script or f"'{VERSION}'" in script


def test_nothing_else_is_vendored_unrecorded() -> None:
    recorded = {
        name for path in VENDOR.glob("*.json") for name in json.loads(path.read_text())["sha256"]
    }

    found = {path.name for path in VENDOR.iterdir() if path.suffix != ".json"}

    assert found == recorded
