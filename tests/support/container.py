"""Buildah, which builds the image of the Dockerfile, and a way to run it without a runtime.

The registry of the base image cannot be reached everywhere, so that a Debian is made in its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import debian

TOP = Path(__file__).resolve().parents[2]
LOCKS = (TOP / ".ci/requirements-build.txt", TOP / ".ci/requirements-image.txt")
FOLDER = debian.FOLDER / "container"
BASE = "localhost/slideshow-base"
IMAGE = "localhost/slideshow-test"
PACKAGES = "python3-venv,ca-certificates"
ENVIRONMENT = {**os.environ, "STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}


def may_mount() -> bool:
    """Check whether this process may mount: root may not in most containers."""
    if not shutil.which("unshare"):
        return False
    done = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return done.returncode == 0


def find() -> bool:
    """Check whether the image can be built here, without a network."""
    if not (os.geteuid() == 0 and may_mount() and shutil.which("buildah") and _wheels().is_dir()):
        return False
    return BASE in buildah("images", "--format", "{{.Name}}").split()


def install() -> None:
    """Install what builds the image; raise RuntimeError where that cannot be done.

    Raises NotHere where the image could not be run.
    """
    if debian.can_install() and not may_mount():
        raise debian.NotHere("root may not mount here")
    with debian.installing("a base for images, with the locked packages"):
        missing = [name for name in ("buildah", "debootstrap") if not shutil.which(name)]
        if missing:
            debian.install(*missing)
        if not _wheels().is_dir():
            _download(_wheels())
        if BASE not in buildah("images", "--format", "{{.Name}}").split():
            _make_base()


def buildah(*arguments: str | Path) -> str:
    """Run buildah with images of its own; return its output."""
    command = ["buildah", "--root", FOLDER / "root", "--runroot", FOLDER / "run", *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"buildah {arguments[0]}: {done.stderr}")
    return done.stdout.strip()


def build() -> dict[str, object]:
    """Build the image from the Dockerfile, without a network; return its settings."""
    buildah(
        "build", "--format", "docker", "--pull-never",
        "--volume", f"{_wheels()}:/packages:ro",
        "--build-arg", f"PYTHON={BASE}",
        "--build-arg", "PIP_FIND_LINKS=/packages",
        "--build-arg", "PIP_NO_INDEX=1",
        "--tag", IMAGE, TOP,
    )  # fmt: skip
    inspected = json.loads(buildah("inspect", "--type", "image", IMAGE))
    settings: dict[str, object] = inspected["Docker"]["config"]
    return settings


@contextmanager
def filesystem() -> Iterator[Path]:
    """Mount the files of the image while the block runs."""
    container = buildah("from", "--pull-never", IMAGE)
    try:
        yield Path(buildah("mount", container))
    finally:
        buildah("rm", container)


def command(
    root: Path, user: str, environment: list[str], volumes: dict[str, Path], *arguments: str
) -> list[str]:
    """Format a command that runs inside the image's files, which it cannot write to.

    It has a ``/tmp`` in memory, the volumes, and the network of this machine.
    """
    steps = [f"mount --bind {root} {root}", f"mount -o remount,ro,bind {root}"]
    steps += [f"mount -t tmpfs none {root}/tmp", f"mount --rbind /dev {root}/dev"]
    steps += [f"mount -t proc none {root}/proc"]
    steps += [f"mount --bind {path} {root}{place}" for place, path in volumes.items()]
    steps += [f'exec setpriv --no-new-privs chroot --userspec={user} {root} "$@"']
    inside = ["env", "-i", *environment, *arguments]
    return ["unshare", "--mount", "sh", "-ec", " && ".join(steps), "sh", *inside]


def _wheels() -> Path:
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()[:12]
    return FOLDER / f"wheels-{digest}"


def _download(folder: Path) -> None:
    incoming = folder.with_suffix(".new")
    shutil.rmtree(incoming, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps"]
    for lock in LOCKS:
        subprocess.run(
            [
                *pip,
                "--python-version",
                "3.11",
                "--only-binary",
                ":all:",
                "-r",
                lock,
                "-d",
                incoming,
            ],
            check=True,
            stdout=sys.stderr,
        )
    incoming.rename(folder)


def _make_base() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", folder]
        subprocess.run(command, check=True, stdout=sys.stderr)
        container = buildah("from", "scratch")
        with tempfile.NamedTemporaryFile(suffix=".tar") as archive:
            subprocess.run(["tar", "-C", folder, "-cf", archive.name, "."], check=True)
            buildah("add", container, archive.name, "/")
        buildah("commit", container, BASE)
        buildah("rm", container)
