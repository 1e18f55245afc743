"""Wheels of the packages that are installed here, for installers that may not use a network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from slideshow import DISTRIBUTION

BUILT_BY = "hatchling"
# Files that an installer adds to those of a wheel.
BY_INSTALLERS = ("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "RECORD")


def wheelhouse(folder: Path) -> None:
    """Pack every package that Slideshow requires, to be built too, as a wheel into a folder."""
    wanted = required(distribution(DISTRIBUTION)) | required(distribution(BUILT_BY)) | {BUILT_BY}
    for name in sorted(wanted):
        _pack(distribution(name), folder)


def required(package: Distribution, extras: tuple[str, ...] = ()) -> set[str]:
    """List the packages that one requires here, and those that they require."""
    found: set[str] = set()
    for requirement in _requirements(package, extras):
        if requirement.name not in found:
            found.add(requirement.name)
            found |= required(distribution(requirement.name), tuple(requirement.extras))
    return found


def _requirements(package: Distribution, extras: tuple[str, ...]) -> Iterator[Requirement]:
    for requirement in map(Requirement, package.requires or []):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def _pack(package: Distribution, folder: Path) -> None:
    tags = [
        line.partition(": ")[2]
        for line in (package.read_text("WHEEL") or "").splitlines()
        if line.startswith("Tag: ")
    ]
    parts = [sorted(set(each)) for each in zip(*(tag.split("-") for tag in tags), strict=True)]
    tag = "-".join(".".join(part) for part in parts)
    name = f"{package.metadata['Name'].replace('-', '_').replace('.', '_')}-{package.version}-{tag}"
    inside = [
        file
        for file in package.files or []
        if ".." not in file.parts and file.suffix != ".pyc" and file.name not in BY_INSTALLERS
    ]
    (metadata,) = (file for file in inside if file.match("*.dist-info/METADATA"))
    with zipfile.ZipFile(folder / f"{name}.whl", "w") as wheel:
        for file in inside:
            wheel.write(str(file.locate()), str(file))
        record = str(metadata.parent / "RECORD")
        wheel.writestr(record, "".join(f"{file},,\n" for file in [*inside, record]))
