"""A real WordPress, as Debian packages it, on this machine: MariaDB and PHP's own server."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from slideshow.paths import shipped
from tests.conftest import ending, wait_for
from tests.support import debian
from tests.support.ports import reserved_port

# Installed; nothing of them runs by itself.
PROGRAMS = ("php-cli", "php-mysql", "php-xml", "mariadb-server-core")
# Only unpacked: as installed packages they bring a web server that starts at once.
FILES = (
    *("wordpress", "php-getid3", "libphp-phpmailer"),
    *("libjs-cropper", "libjs-jquery-ui", "libjs-lodash", "libjs-underscore"),
)
OURS = Path(__file__).parent
PASSWORD = "a password for tests"
STARTS_WITHIN = 60.0  # seconds; a bound for a broken start, not a measure


@dataclass(frozen=True, slots=True)
class WordPress:
    """A site; ``address`` has no slash at its end, ``themes`` are the names of its folders."""

    address: str
    themes: tuple[str, ...]
    folder: Path
    environment: dict[str, str]

    def publish(self, content: str) -> str:
        """Publish a post; return its address, to which ``&theme=`` may be added."""
        command = ["php", str(OURS / "post.php")]
        number = _output(command, self.folder, self.environment, content)
        return f"{self.address}/?p={number}"


def find() -> Path | None:
    """Return the folder of WordPress' files, or None where it or a program for it is missing."""
    folder = debian.FOLDER / "usr/share/wordpress"
    programs = [shutil.which(name) for name in ("php", "mariadbd")]
    return folder if all(programs) and (folder / "wp-load.php").exists() else None


def install() -> None:
    """Install the programs and unpack the files; raise RuntimeError where that cannot be done."""
    with debian.installing("WordPress, PHP and MariaDB"):
        if find():
            return
        debian.install(*PROGRAMS)
        themes = _output(["apt-cache", "pkgnames", "wordpress-theme-"]).split()
        with tempfile.TemporaryDirectory() as downloads:
            debian.apt_get("download", "-qq", *FILES, *themes, folder=downloads)
            packages = sorted(Path(downloads).glob("*.deb"))
            # WordPress last: its being there says that all is.
            for package in sorted(packages, key=lambda each: each.name.startswith("wordpress_")):
                subprocess.run(["dpkg", "-x", str(package), str(debian.FOLDER)], check=True)


@contextmanager
def running(folder: Path) -> Iterator[WordPress]:
    """Run a new site below a folder of one's own."""
    found = find()
    assert found
    site = folder / "site"
    elsewhere = shutil.ignore_patterns(".htaccess", "ca-bundle.crt")  # links into /etc
    shutil.copytree(found, site, ignore=elsewhere)
    shutil.copy(OURS / "wp-config.php", site)
    shutil.copy(shipped("static") / "icon-192.png", site / "favicon.ico")
    plugins = site / "wp-content/mu-plugins"
    plugins.mkdir()
    shutil.copy(OURS / "loopback.php", plugins)
    themes = sorted(path.name for path in (site / "wp-content/themes").iterdir() if path.is_dir())
    with (
        tempfile.TemporaryDirectory() as short,  # the path of a socket has little room
        reserved_port() as port,
    ):
        socket = Path(short) / "socket"
        address = f"http://localhost:{port}"
        environment = {"WORDPRESS_SOCKET": str(socket), "WORDPRESS_ADDRESS": address}
        workers = {**environment, "PHP_CLI_SERVER_WORKERS": "4"}
        with (
            ending(_database(folder / "database", socket), stdout=subprocess.DEVNULL) as database,
            _with_workers(_server(site, port), workers) as server,
        ):
            _wait_for(socket, database)
            _output(["php", str(OURS / "install.php"), PASSWORD], site, environment)
            wait_for(address, server)
            yield WordPress(address, tuple(themes), site, environment)


@contextmanager
def _with_workers(
    command: list[str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """Run PHP's server until the block ends, and its workers, which it leaves to themselves."""
    with ending(command, environment, stdout=subprocess.DEVNULL) as server:
        try:
            yield server
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def _database(data: Path, socket: Path) -> list[str]:
    """Return the command for a database without users or network, which need no tables."""
    data.mkdir()
    options = [f"--datadir={data}", f"--socket={socket}", f"--pid-file={data / 'pid'}"]
    who = ["--user=root"] if os.geteuid() == 0 else []
    return [
        str(shutil.which("mariadbd")),
        "--no-defaults",
        "--skip-networking",
        "--skip-grant-tables",
        *options,
        *who,
    ]


def _server(site: Path, port: int) -> list[str]:
    return ["php", "-S", f"localhost:{port}", "-t", str(site)]


def _wait_for(socket: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"MariaDB did not start: {process.returncode}")
        time.sleep(0.05)


def _output(
    command: list[str],
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    given: str = "",
) -> str:
    return subprocess.run(
        command,
        check=True,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        input=given,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
