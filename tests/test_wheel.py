"""What is released: a wheel that runs the same, away from the checkout."""

import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.conftest import serving
from tests.readme import blocks
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A folder with what the wheel installs."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    return tmp_path / "site"


def test_the_wheel_serves_pages_files_and_translations(
    unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    where = "import slideshow.paths as p; print(p.shipped('static'))"
    environment = {"PYTHONPATH": str(unpacked)}

    found = subprocess.run(
        [sys.executable, "-c", where], capture_output=True, text=True, check=True, env=environment
    )
    with serving(environment=environment) as address:
        address += "/en/pyongyang-moscou/7/"
        page = urllib.request.urlopen(address).read().decode()

    assert found.stdout.strip() == str(unpacked / "slideshow" / "static")
    assert "The sanctions" in page
    assert "Skip to content" in page


def test_pybabel_extracts_by_what_the_wheel_registers(unpacked: Path, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "babel.toml": blocks("With Babel alone", "toml", "translate")[0],
            "stories/a.fr.txt": ARTICLE,
        },
    )
    code = "import slideshow.library.catalogues.extraction as e; print(e.__file__); "
    code += "from babel.messages.frontend import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", code, "extract", "-F", "babel.toml", "-o", "a.pot", "stories"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(str(unpacked))
    with (tmp_path / "a.pot").open("rb") as file:
        assert "Premier." in read_po(file)


def test_the_wheel_holds_no_file_twice_and_no_test(unpacked: Path) -> None:
    files = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")]

    assert {"slideshow/static/vendor/htmx.min.js", "slideshow/static/vendor/htmx.LICENSE"} <= {
        *files
    }
    assert not [name for name in files if name.startswith(("tests", "static", "translations"))]
