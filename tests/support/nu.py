"""The Nu Html Checker, which browsers' makers keep: npm's ``vnu-jar``, run by Java."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import debian

VERSION = "26.9.27"
JAR = debian.FOLDER / "nu/node_modules/vnu-jar/build/dist/vnu.jar"


def find() -> bool:
    """Tell whether the checker can be run."""
    return JAR.exists() and shutil.which("java") is not None


def install() -> None:
    """Install the checker and what it needs; raise RuntimeError where that cannot be done."""
    with debian.installing("the Nu Html Checker"):
        missing = {"java": "default-jre-headless", "npm": "npm"}
        packages = [name for program, name in missing.items() if not shutil.which(program)]
        if packages:
            debian.install(*packages)
        if not JAR.exists():
            folder = str(debian.FOLDER / "nu")
            command = ["npm", "install", "--silent", "--no-audit", "--ignore-scripts"]
            name = f"vnu-jar@{VERSION}"
            subprocess.run([*command, "--prefix", folder, name], check=True, stdout=sys.stderr)


def messages(files: list[Path]) -> list[dict[str, Any]]:
    """Return every message about some HTML files, errors, warnings and remarks."""
    options = ["--format", "json", "--exit-zero-always", "--stdout"]
    command = ["java", "-Xss1m", "-jar", str(JAR), *options, *map(str, files)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: list[dict[str, Any]] = json.loads(said)["messages"]
    return found
