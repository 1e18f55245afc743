"""The image that the Dockerfile makes: built without a network, run with a root it cannot write."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.conftest import ending, wait_for
from tests.readme import README, blocks
from tests.support import container, debian
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = [pytest.mark.costly, pytest.mark.trial]


@pytest.fixture(scope="module")
def image() -> dict[str, Any]:
    """Build the image; return its settings."""
    debian.wanted("base for images", container.find(), container.may_mount())
    return container.build()


@pytest.fixture(scope="module")
def root(image: dict[str, Any]) -> Iterator[Path]:
    """The files of the image."""
    with container.filesystem() as files:
        yield files


def test_the_image_serves_as_nobodys_user_from_a_root_that_it_cannot_write(
    image: dict[str, Any], root: Path, tmp_path: Path
) -> None:
    write(tmp_path / "stories", {"a.fr.txt": ARTICLE})
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    tmp_path.chmod(0o755)
    volumes = {"/stories": tmp_path / "stories", "/cache": tmp_path / "cache"}

    def inside(*command: str, port: int) -> list[str]:
        environment = [*image["Env"], f"SLIDESHOW_PORT={port}", "SLIDESHOW_HOST=127.0.0.1"]
        return container.command(root, image["User"], environment, volumes, *command)

    with reserved_port() as port:
        serve = inside(*image["Entrypoint"], *image["Cmd"], port=port)
        probe = inside(*image["Healthcheck"]["Test"][1:], port=port)
        writing = inside("sh", "-c", "touch /opt/slideshow/x", port=port)
        with ending(serve) as process:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            card = urllib.request.urlopen(f"http://127.0.0.1:{port}/fr/a/1/card.png").read()
            healthy = subprocess.run(probe, check=False).returncode
        unhealthy = subprocess.run(probe, capture_output=True, check=False).returncode
        refused = subprocess.run(writing, capture_output=True, text=True, check=False)

    assert card.startswith(b"\x89PNG")
    assert [*(tmp_path / "cache").rglob("*.png")]  # made once, for the next start too
    assert (healthy, bool(unhealthy)) == (0, True)
    assert "Read-only file system" in refused.stderr


def test_the_image_has_no_root_no_pip_and_no_test(image: dict[str, Any], root: Path) -> None:
    assert image["User"] == "10001:10001"
    assert not [*(root / "opt/slideshow").glob("lib/*/site-packages/pip")]
    assert not (root / "src").exists()


def test_the_services_of_the_manual_fit_the_image() -> None:
    (text,) = blocks("From nothing to HTTPS in one file", "yaml", "run")
    services = yaml.safe_load(text)
    ours, proxy = services["services"]["slideshow"], services["services"]["caddy"]
    dockerfile = (container.TOP / "Dockerfile").read_text()
    (build,) = re.findall("docker build --tag (\\S+) ", README)
    targets = {volume.split(":")[1] for volume in ours["volumes"]}

    assert ours["image"] == build
    assert f"mkdir {' '.join(sorted(targets, reverse=True))}" in dockerfile
    assert proxy["command"].endswith(f"--to {build}:8000")
    assert "SLIDESHOW_PORT=8000" in dockerfile
    assert (
        f"--from {urlsplit(ours['environment']['SLIDESHOW_BASE_URL']).netloc} " in proxy["command"]
    )
    named = {each.split(":")[0] for service in (ours, proxy) for each in service["volumes"]}
    assert named - {"./stories"} == {*services["volumes"]}


def test_every_file_that_the_image_is_built_from_is_let_in() -> None:
    kept = (container.TOP / ".dockerignore").read_text().split()

    copied = [".ci", "pyproject.toml", "README.md", "LICENSE", "slideshow", "static"]
    assert {f"!{name}" for name in [*copied, "translations"]} <= {*kept}
