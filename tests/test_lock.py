"""The lock: the versions that `make run` and `make test` install, made by `make lock`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parent.parent
RUN = TOP / ".ci" / "requirements.txt"
TEST = TOP / ".ci" / "requirements-test.txt"
IMAGE = TOP / ".ci" / "requirements-image.txt"
BUILDING = TOP / ".ci" / "requirements-build.txt"
PYPROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
BUILD = [*PYPROJECT["build-system"]["requires"], *PYPROJECT["dependency-groups"]["build"]]


def of_extra(name: str) -> Iterator[str]:
    """Yield the requirements of an extra, and of those that it names."""
    for line in EXTRAS[name]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["name"]:
            yield from chain.from_iterable(map(of_extra, sorted(requirement.extras)))
        else:
            yield line


WANTED = {
    IMAGE: [*PROJECT["dependencies"], *of_extra("metrics"), *of_extra("s3")],
    RUN: PROJECT["dependencies"],
    TEST: [*PROJECT["dependencies"], *BUILD, *of_extra("test")],
    BUILDING: BUILD,
}
MACHINES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": system,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for python in ("3.11", "3.12", "3.13", "3.14")
    for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
]


@dataclass(frozen=True)
class Pin:
    """One version of a package, and the machines that it is for."""

    name: str
    version: str
    marker: Marker | None
    hashes: int

    def fits(self, machine: dict[str, str]) -> bool:
        return self.marker is None or self.marker.evaluate(machine)


def pins(lock: Path) -> Iterator[Pin]:
    """Parse a lock; raise ValueError at a line that pip would read as anything but a pin."""
    for entry in re.split(r"\n(?! )", re.sub(r"^#.*\n", "", lock.read_text(), flags=re.M)):
        if not entry.strip():
            continue
        requirement = Requirement(entry.partition("\\\n")[0].strip())
        (only,) = requirement.specifier
        if only.operator != "==" or requirement.url:
            raise ValueError(entry)
        yield Pin(
            canonicalize_name(requirement.name),
            only.version,
            requirement.marker,
            len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)),
        )


@pytest.mark.parametrize("lock", WANTED, ids=lambda lock: lock.name)
def test_the_lock_has_every_requirement_in_a_version_that_pyproject_allows(lock: Path) -> None:
    locked = list(pins(lock))

    for machine in MACHINES:
        of_machine = {pin.name: pin.version for pin in locked if pin.fits(machine)}
        for requirement in map(Requirement, WANTED[lock]):
            if requirement.marker and not requirement.marker.evaluate(machine):
                continue
            version = of_machine.get(canonicalize_name(requirement.name))
            assert version, f"{requirement.name} is not in {lock.name}: run `make lock`"
            assert requirement.specifier.contains(version, prereleases=True), (
                f"{lock.name} has {requirement.name} {version}, not {requirement}: run `make lock`"
            )


@pytest.mark.parametrize("lock", WANTED, ids=lambda lock: lock.name)
def test_every_version_is_locked_with_its_hashes_once_for_each_machine(lock: Path) -> None:
    locked = list(pins(lock))

    assert all(pin.hashes for pin in locked)
    for machine in MACHINES:
        names = [pin.name for pin in locked if pin.fits(machine)]
        assert len(names) == len(set(names)), machine


@pytest.mark.parametrize("lock", [RUN, IMAGE], ids=lambda lock: lock.name)
def test_what_runs_is_what_is_tested(lock: Path) -> None:
    running, tested = list(pins(lock)), list(pins(TEST))

    for machine in MACHINES:
        versions = {(pin.name, pin.version) for pin in tested if pin.fits(machine)}
        assert {(pin.name, pin.version) for pin in running if pin.fits(machine)} <= versions


@pytest.mark.parametrize("lock", WANTED, ids=lambda lock: lock.name)
def test_the_lock_names_no_host(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.M)
