"""The Nu Html Checker, which browsers' makers keep: npm's ``vnu-jar``, run by Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.support import debian, npm

VERSION = "26.9.27"
FOLDER = debian.FOLDER / "nu"
JAR = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"


def find() -> bool:
    """Tell whether the checker can be run."""
    return npm.has("vnu-jar", VERSION, FOLDER) and shutil.which("java") is not None


def install() -> None:
    """Install the checker and what it needs; raise RuntimeError where that cannot be done."""
    with debian.installing("the Nu Html Checker"):
        npm.install("vnu-jar", VERSION, FOLDER, java="default-jre-headless")


def messages(files: list[Path]) -> list[dict[str, Any]]:
    """Return every message about some HTML files, errors, warnings and remarks."""
    options = ["--format", "json", "--exit-zero-always", "--stdout"]
    command = ["java", "-Xss1m", "-jar", str(JAR), *options, *map(str, files)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: list[dict[str, Any]] = json.loads(said)["messages"]
    return found
