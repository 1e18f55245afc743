"""The workflows of GitHub Actions say what they mean; `make lint` checks their form and safety."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import actionlint
from tests.support.debian import wanted

pytestmark = pytest.mark.trial

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github/workflows").glob("*.yml"))


@pytest.fixture(autouse=True, scope="module")
def _linter() -> None:
    wanted("actionlint", actionlint.find())


def test_actionlint_finds_nothing() -> None:
    assert WORKFLOWS
    assert actionlint.messages(WORKFLOWS) == []


def test_actionlint_finds_a_value_that_no_job_has(tmp_path: Path) -> None:
    text = next(path.read_text() for path in WORKFLOWS if "matrix.python" in path.read_text())
    path = tmp_path / "slip.yml"
    path.write_text(text.replace("${{ matrix.python }}", "${{ matrix.pyton }}"))

    found = actionlint.messages([path])

    assert found
    assert "pyton" in found[0]["message"]
