"""Fetches a page: one address, with limits, and no private network unless asked."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from slideshow.commands.importing.pandoc import program
from slideshow.errors import SlideshowError

MAX_BYTES = 50_000_000
MAX_REDIRECTS = 5
SECONDS = 30.0  # for a whole response
AGENT = "Mozilla/5.0 (compatible; Slideshow import)"


@dataclass(frozen=True, slots=True)
class Answer:
    """A fetched page: its bytes, its media type, and its final address."""

    data: bytes
    media_type: str
    address: str


def fetch(address: str, *, allows_private: bool = False) -> Answer:
    """Fetch an address. Raises SlideshowError, with the address, if that fails."""
    try:
        import urllib3
    except ImportError as error:
        raise program.missing("urllib3") from error
    deadline = time.monotonic() + SECONDS
    current = address
    for _ in range(MAX_REDIRECTS + 1):
        host = _host_of(current, address)
        try:
            answer = _asked(current, _place_of(current, host, address, allows_private), deadline)
            try:
                if 300 <= answer.status < 400 and answer.headers.get("location"):
                    current = urljoin(current, answer.headers["location"])
                    continue
                if answer.status != 200:
                    raise _failed(address, f"its server answers {answer.status}")
                data = b"".join(_bounded(answer.stream(65536), address, deadline))
            finally:
                answer.close()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _failed(address, str(error)[:160]) from error
        kind = str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()
        return Answer(data, kind, current)
    raise _failed(address, f"more than {MAX_REDIRECTS} redirects")


def is_address(source: str) -> bool:
    """Check whether a source is an address rather than a file."""
    return source.startswith(("http://", "https://"))


def _host_of(current: str, address: str) -> str:
    try:
        parts = urlsplit(current)
        parts.port  # noqa: B018 - raises for an invalid port
    except ValueError as error:
        raise _failed(address, "not a valid address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise _failed(address, f"{current[:100]} is not an address of a web page")
    return parts.hostname


def _place_of(current: str, host: str, address: str, allows_private: bool) -> str:
    """Look up the IP address to connect to; all addresses of the host must be public."""
    parts = urlsplit(current)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _failed(address, f"no such host: {host}") from error
    found = [str(each[4][0]) for each in places]
    private = [each for each in found if not ipaddress.ip_address(each.partition("%")[0]).is_global]
    if private and not allows_private:
        raise SlideshowError(
            f"{host} is in a private network", "give --allow-private if you mean it", path=address
        )
    return found[0]


def _asked(current: str, place: str, deadline: float) -> Any:
    """Request a page from a checked IP address, with TLS for the host's name; return the head."""
    import urllib3

    parts = urlsplit(current)
    host = str(parts.hostname)
    wait = max(0.1, deadline - time.monotonic())
    timeout = urllib3.Timeout(connect=min(10.0, wait), read=min(15.0, wait))
    options: dict[str, Any] = {"timeout": timeout, "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        pool: Any = urllib3.HTTPSConnectionPool(
            place, parts.port or 443, server_hostname=host, assert_hostname=host, **options
        )
    else:
        pool = urllib3.HTTPConnectionPool(place, parts.port or 80, **options)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"}
    headers["Accept-Encoding"] = "gzip"
    whole: dict[str, Any] = {"redirect": False, "preload_content": False, "assert_same_host": False}
    return pool.urlopen("GET", target, headers=headers, **whole)


def _bounded(chunks: Iterator[bytes], address: str, deadline: float) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise _failed(address, f"more than {MAX_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise _failed(address, f"it takes longer than {SECONDS:.0f} s")
        yield chunk


def _failed(address: str, why: str) -> SlideshowError:
    return SlideshowError(
        f"cannot be fetched: {why}", "save the page in a browser and import the file", path=address
    )
