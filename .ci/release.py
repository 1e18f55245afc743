"""Builds the files of a release: wheel, sdist, bill of materials, checksums.

``python .ci/release.py FOLDER`` builds everything twice, the second time from the unpacked sdist,
and refuses files that differ in any byte.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
VENDORED = ("static/vendor/htmx.json", "slideshow/fonts/source-serif.json")
IN_WHEEL = (
    "slideshow/py.typed",
    "slideshow/static/embed.js",
    "slideshow/static/vendor/htmx.LICENSE",
    "slideshow/translations/fr/LC_MESSAGES/messages.po",
    "slideshow/web/templates/base.html",
)
IN_SDIST = ("LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "Makefile", ".ci/run", "tests/")


class ReleaseError(Exception):
    """A file of the release is not as it must be."""


def run(*command: str | Path, folder: Path = TOP) -> str:
    """Run a Python module; return its output, or raise ReleaseError with it."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ReleaseError(done.stdout + done.stderr)
    return done.stdout


def built(source: Path, out: Path) -> dict[str, Path]:
    """Build wheel and sdist of a source tree; return them by name."""
    run("hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", out, folder=source)
    return {path.name: path for path in sorted(out.iterdir())}


def built_twice(out: Path) -> list[Path]:
    """Build into ``out``, and compare with another build, made from the sdist."""
    with tempfile.TemporaryDirectory() as folder:
        files = built(TOP, Path(folder, "first"))
        (sdist,) = (path for name, path in files.items() if name.endswith(".tar.gz"))
        with tarfile.open(sdist) as archive:
            # Python 3.11 has a filter from 3.11.4 on.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder)
        again = built(Path(folder, sdist.name.removesuffix(".tar.gz")), Path(folder, "second"))
        for name, path in files.items():
            if name not in again or again[name].read_bytes() != path.read_bytes():
                raise ReleaseError(f"{name} differs when it is built from the sdist")
        return [Path(out, name) for name, path in files.items() if path.replace(Path(out, name))]


def check_contents(files: list[Path]) -> None:
    """Raise ReleaseError if a file is missing from an archive, or does not belong there."""
    sdist, wheel = sorted(files, key=lambda path: path.suffix == ".whl")
    names = zipfile.ZipFile(wheel).namelist()
    strange = [name for name in names if not name.startswith(("slideshow/", "article_slideshow-"))]
    missing = [name for name in IN_WHEEL if name not in names]
    with tarfile.open(sdist) as archive:
        inside = [name.partition("/")[2] for name in archive.getnames()]
    missing += [name for name in IN_SDIST if not any(each.startswith(name) for each in inside)]
    if wrong := strange + missing + [name for name in names + inside if name.endswith(".pyc")]:
        raise ReleaseError(f"missing or out of place: {', '.join(wrong)}")


def vendored() -> Iterator[dict[str, Any]]:
    """Yield the components that the package contains without the package index knowing it."""
    for path in VENDORED:
        known = json.loads((TOP / path).read_text(encoding="utf-8"))
        reference = f"pkg:npm/{known['package'].replace('@', '%40')}@{known['version']}"
        yield {
            "bom-ref": reference,
            "licenses": [{"license": {"id": known["licence"]}}],
            "name": known["package"],
            "purl": reference,
            "type": "library",
            "version": known["version"],
        }


def bill(out: Path) -> Path:
    """Write the bill of materials, CycloneDX as JSON, of the locked versions."""
    made = run(
        "cyclonedx_py", "requirements", "--pyproject", TOP / "pyproject.toml", "--mc-type",
        "application", "--output-reproducible", "--of", "JSON", TOP / ".ci/requirements-image.txt",
    )  # fmt: skip
    whole = json.loads(made)
    whole["components"] += vendored()
    name = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    path = out / f"{name}.cdx.json"
    path.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def main(out: Path) -> None:
    """Build and check a release."""
    out.mkdir(parents=True, exist_ok=True)
    files = built_twice(out)
    check_contents(files)
    run("twine", "check", "--strict", *files)
    files.append(bill(out))
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    print("\n".join(sums))


if __name__ == "__main__":
    try:
        main(Path(*sys.argv[1:2] or ["dist"]).resolve())
    except ReleaseError as error:
        sys.exit(str(error))
