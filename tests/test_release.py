"""The files of a release, as `make release` builds them, and the ways to install them."""

from __future__ import annotations

import hashlib
import json
import os
import runpy
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from slideshow import DISTRIBUTION, __version__
from tests.conftest import ending, wait_for
from tests.support.ports import reserved_port
from tests.support.wheelhouse import wheelhouse

pytestmark = [pytest.mark.costly, pytest.mark.trial]

TOP = Path(__file__).resolve().parent.parent
RELEASE = TOP / ".ci" / "release.py"
HOME = "https://code.example/slides"
WHEEL = f"article_slideshow-{__version__}-py3-none-any.whl"
SDIST = f"article_slideshow-{__version__}.tar.gz"


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a release."""
    folder = tmp_path_factory.mktemp("release")
    subprocess.run(
        [sys.executable, str(RELEASE), str(folder)],
        check=True,
        env={**os.environ, "PROJECT_URL": HOME},
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with wheels of the packages that Slideshow requires, and is built with."""
    folder = tmp_path_factory.mktemp("packages")
    wheelhouse(folder)
    return folder


def test_a_release_has_wheel_sdist_bill_of_materials_and_checksums(release: Path) -> None:
    sums = (release / "SHA256SUMS").read_text().splitlines()

    assert {path.name for path in release.iterdir()} == {
        WHEEL,
        SDIST,
        f"{DISTRIBUTION}.cdx.json",
        "SHA256SUMS",
    }
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest
    assert len(sums) == 3


def test_the_same_tree_gives_the_same_bytes_whenever_and_wherever_it_is_built(
    release: Path, tmp_path: Path
) -> None:
    with tarfile.open(release / SDIST) as archive:
        # Python 3.11 has a filter from 3.11.4 on.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(tmp_path)
    tree = tmp_path / SDIST.removesuffix(".tar.gz")
    for path in tree.rglob("*"):
        os.utime(path, (1e9, 1e9))

    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / "again")],
        cwd=tree,
        check=True,
        env={**os.environ, "PROJECT_URL": HOME, "TZ": "Asia/Tokyo"},
        capture_output=True,
    )

    for name in (WHEEL, SDIST):
        assert (tmp_path / "again" / name).read_bytes() == (release / name).read_bytes()


def test_a_wheel_without_a_file_that_pages_need_is_refused(release: Path, tmp_path: Path) -> None:
    of_release = runpy.run_path(str(RELEASE))
    shutil.copy(release / SDIST, tmp_path)
    with (
        zipfile.ZipFile(release / WHEEL) as whole,
        zipfile.ZipFile(tmp_path / WHEEL, "w") as less,
    ):
        for name in whole.namelist():
            if not name.endswith("embed.js"):
                less.writestr(name, whole.read(name))

    with pytest.raises(of_release["ReleaseError"], match=r"slideshow/static/embed\.js"):
        of_release["check_contents"]([tmp_path / SDIST, tmp_path / WHEEL])


def test_the_wheel_names_its_pages_its_licence_and_the_pythons_it_runs_on(release: Path) -> None:
    with zipfile.ZipFile(release / WHEEL) as wheel:
        (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(wheel.read(name))

    assert f"Source, {HOME}" in metadata.get_all("Project-URL", [])
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "Programming Language :: Python :: 3.14" in metadata.get_all("Classifier", [])


def test_the_bill_of_materials_is_valid_and_names_vendored_files_too(release: Path) -> None:
    text = (release / f"{DISTRIBUTION}.cdx.json").read_text()
    bill = json.loads(text)

    version = SchemaVersion.from_version(bill["specVersion"])
    assert JsonStrictValidator(version).validate_str(text) is None
    assert {"flask", "granian", "babel", "htmx.org", "source-serif"} <= {
        component["name"] for component in bill["components"]
    }
    assert "pytest" not in text
    assert bill["metadata"]["component"]["name"] == DISTRIBUTION


def check_serving(*command: str, environment: dict[str, str]) -> None:
    """Serve the bundled stories by an installed command, until it answers."""
    with (
        reserved_port() as port,
        ending([*command, "serve", "--port", str(port)], environment) as process,
    ):
        wait_for(f"http://127.0.0.1:{port}/healthz", process)


def test_the_wheel_is_installed_by_pip(release: Path, packages: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    tools = tmp_path / "venv" / "bin"

    subprocess.run(
        [
            tools / "pip",
            "install",
            "-q",
            "--no-compile",
            "--no-index",
            "-f",
            packages,
            release / WHEEL,
        ],
        check=True,
    )

    said = subprocess.run([tools / "slideshow", "--version"], capture_output=True, text=True)
    assert said.stdout == f"slideshow, version {__version__}\n"
    check_serving(str(tools / "slideshow"), environment={})


@pytest.mark.parametrize("file", [WHEEL, SDIST])
def test_uvx_runs_a_release_without_installing_it(
    release: Path, packages: Path, tmp_path: Path, file: str
) -> None:
    environment = {
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "UV_FIND_LINKS": str(packages),
        "UV_NO_INDEX": "1",
        "UV_NO_CONFIG": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON": sys.executable,
        "HOME": str(tmp_path),
    }
    uvx = shutil.which("uvx", path=str(Path(sys.executable).parent))
    assert uvx

    check_serving(uvx, "--from", str(release / file), "slideshow", environment=environment)


def test_pipx_installs_the_command(release: Path, packages: Path, tmp_path: Path) -> None:
    environment = {
        "PIPX_HOME": str(tmp_path / "home"),
        "PIPX_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_MAN_DIR": str(tmp_path / "man"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(packages),
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_FIND_LINKS": str(packages),
    }

    subprocess.run(
        [sys.executable, "-m", "pipx", "install", "--python", sys.executable, release / WHEEL],
        check=True,
        env={**os.environ, **environment},
    )

    check_serving(str(tmp_path / "bin" / "slideshow"), environment={})
