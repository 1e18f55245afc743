"""The place that a server listens at: an address with a port, or a Unix socket."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path

from slideshow.errors import SlideshowError
from slideshow.settings import Settings

HOST = re.compile(r"[\w.:%-]+")  # a name or an address

# How to fix a failed bind(), by errno.
ADVICE = {
    errno.EADDRINUSE: "stop the other program, or choose another --port",
    errno.EADDRNOTAVAIL: "give an address of this machine to --host",
    errno.EACCES: "choose a --port above 1023",
}
ASK_AGAIN_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Place:
    """An address and a port as Granian takes them; with a ``socket``, that one in their place.

    ``shown`` is the place as people write it.
    """

    address: str
    port: int
    socket: Path | None
    shown: str

    def __str__(self) -> str:
        """Format for people."""
        return self.shown

    def wait(self) -> None:
        """Wait until the server responds, with any status."""
        while True:
            connection = _ToSocket(self.socket) if self.socket else self._connection()
            try:
                connection.request("HEAD", "/healthz")
                connection.getresponse()
                return
            except (OSError, HTTPException):
                time.sleep(ASK_AGAIN_SECONDS)
            finally:
                connection.close()

    def _connection(self) -> HTTPConnection:
        return HTTPConnection(self.address, self.port, timeout=1)


class _ToSocket(HTTPConnection):
    """A connection to a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=1)
        self._path = path

    def connect(self) -> None:
        """Open the connection."""
        if sys.platform == "win32":
            raise OSError("no Unix sockets on this system")
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def place_of(settings: Settings) -> Place:
    """Find the place to listen at. Raises SlideshowError if nothing can listen there."""
    host, port = settings.host, settings.port
    if settings.uds:
        path = claim_socket(Path(settings.uds).absolute())
        return Place(host, port, path, f"unix:{path}")
    shown = f"[{host}]" if ":" in host else host
    return Place(claim(host, port), port, None, f"http://{shown}:{port}/")


def claim(host: str, port: int) -> str:
    """Resolve a host name to an address at which something can listen on ``port``.

    Raises SlideshowError if there is none.
    """
    try:
        if not HOST.fullmatch(host):  # some resolvers have an address for *
            raise ValueError(host)
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        address = str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        if "%" in address:
            raise ValueError(address)  # a scoped address, which Granian does not support
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (socket.gaierror, ValueError) as error:  # ValueError: names impossible in DNS
        raise SlideshowError(
            f"cannot listen on {host}: no such address", "give an address of this machine to --host"
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise SlideshowError(
            f"cannot listen on {host}:{port}: {reason}",
            ADVICE.get(error.errno or 0, "choose another --port"),
        ) from error
    return address


def claim_socket(path: Path) -> Path:
    """Remove the Unix socket that a killed server left at a path.

    Raises SlideshowError if a server listens there, something else is there, or nothing can be.
    """
    if sys.platform == "win32":
        raise SlideshowError("no Unix sockets on this system", "give --host and --port")
    try:
        if path.is_socket():  # connecting to a file is refused as well
            _remove_abandoned(path)
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(str(path))
        path.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SlideshowError(
            f"cannot listen on {path}: {reason}",
            "give --uds a path in a folder that may be written, where nothing is",
        ) from error
    return path


def _remove_abandoned(path: Path) -> None:
    if sys.platform == "win32":
        return
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
        else:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
