"""Examines a site from where it runs: settings, permissions, disk, fonts, clock, proxy."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from slideshow.commands.listening import place_of
from slideshow.errors import Problem, SlideshowError, counted
from slideshow.library.cards.fonts import faces_of
from slideshow.library.cards.undrawn import undrawn
from slideshow.library.filecache import cache_folder
from slideshow.library.sitefile import problems_of
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.middleware.trusted_hosts import is_trusted
from slideshow.web.owner.branding import branding_of

MARKS_OF_CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FREE_BYTES = 200_000_000  # of a disk, for pictures and cards
DESCRIPTORS = 1024  # open files, one for each connection
FIRST_YEAR = 2026  # earlier clocks are wrong: this program is younger
SKEW_SECONDS = 60
ANSWER_WITHIN_SECONDS = 10
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one examination: its name, and the problems; none if all is well."""

    name: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        """Format as a line, or a line for each problem."""
        if not self.problems:
            return f"{self.name}: ok"
        return "\n".join(f"{self.name}: {problem}" for problem in self.problems)


def examine(settings: Settings, library: Library) -> Iterator[Finding]:
    """Examine everything that can be examined from here, one thing after the other."""
    examinations: dict[str, Callable[[], Iterator[Problem]]] = {
        "settings": lambda: iter(problems_of(settings)),
        "stories": lambda: _stories(library),
        "cache": lambda: _cache(settings),
        "fonts": lambda: _fonts(settings, library),
        "clock": lambda: _clock(library),
        "hosts": lambda: _hosts(settings),
        "address": lambda: _address(settings),
        "limits": _limits,
        "proxy": lambda: _proxy(settings, library),
    }
    for name, look in examinations.items():
        yield Finding(name, tuple(_found(look)))


def _found(look: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    try:
        yield from look()
    except SlideshowError as error:
        yield error.problem
    except OSError as error:
        yield SlideshowError.of_system(error).problem


def _stories(library: Library) -> Iterator[Problem]:
    problems = list(library.problems())
    errors = [problem for problem in problems if problem.is_error]
    if problems:
        yield Problem(
            f"{counted(len(errors), 'error')} and "
            f"{counted(len(problems) - len(errors), 'warning')}",
            "run `slideshow check` for each of them",
            path=str(library.place),
            is_error=not library.slugs(),
        )
    for path in library.paths():
        if not os.access(path, os.R_OK):
            yield Problem("may not be read", "give the server's user the right to", 0, str(path))


def _cache(settings: Settings) -> Iterator[Problem]:
    folder = cache_folder(settings.filecache_folder)
    with tempfile.TemporaryFile(dir=folder):
        free = shutil.disk_usage(folder).free
    if free < min(FREE_BYTES, settings.filecache_bytes):
        yield Problem(
            f"{free // 1_000_000} MB are free on the disk",
            "free more, or set SLIDESHOW_FILECACHE_FOLDER to another one",
            path=str(folder),
        )


def _fonts(settings: Settings, library: Library) -> Iterator[Problem]:
    brand = branding_of(settings.brand, library.folder).headline_font
    return undrawn(library, faces_of(settings, brand))


def _clock(library: Library) -> Iterator[Problem]:
    now = time.time()
    if time.gmtime(now).tm_year < FIRST_YEAR:
        yield Problem(f"the clock says {time.strftime('%Y-%m-%d')}", "set it", is_error=True)
    for path in library.paths():
        ahead = path.stat().st_mtime - now if path.exists() else 0
        if ahead > SKEW_SECONDS:
            yield Problem(
                f"was changed {round(ahead)} seconds from now",
                "set the clock of this machine, or of the one that wrote the file",
                path=str(path),
            )


def _hosts(settings: Settings) -> Iterator[Problem]:
    base = urlsplit(settings.base_url)
    host, trusted = base.hostname or "", settings.trusted_hosts
    if host and trusted and not is_trusted(base.netloc, trusted):
        yield Problem(
            f"the base URL's host {host} is not among SLIDESHOW_TRUSTED_HOSTS",
            "add it: readers get status 400",
            is_error=True,
        )
    if not (host or trusted) and settings.host not in LOOPBACK:
        yield Problem(
            "a request may name any host, which pages then link to",
            "set SLIDESHOW_BASE_URL, or SLIDESHOW_TRUSTED_HOSTS",
        )


def _address(settings: Settings) -> Iterator[Problem]:
    in_container = any(mark.exists() for mark in MARKS_OF_CONTAINERS)
    if in_container and settings.host in LOOPBACK and not settings.uds:
        yield Problem(
            f"{settings.host} is reached from inside this container alone",
            "set SLIDESHOW_HOST=0.0.0.0",
            is_error=True,
        )
    if not _is_served_here(settings):
        place_of(settings)


def _is_served_here(settings: Settings) -> bool:
    """Check whether the server of this site has taken the address already."""
    try:
        _asked(f"http://{settings.host}:{settings.port}/readyz")
    except OSError:
        return False
    return True


def _limits() -> Iterator[Problem]:
    most = _most_open_files()
    if 0 <= most < DESCRIPTORS:
        yield Problem(
            f"{most} open files at most, one for each connection",
            "raise the limit: LimitNOFILE=65536 for systemd, `ulimit -n` in a shell",
        )


def _most_open_files() -> int:
    """Return the limit of this process; a negative number if there is none."""
    if sys.platform == "win32":
        return -1
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def _proxy(settings: Settings, library: Library) -> Iterator[Problem]:
    """Ask for the site as readers do, by its base URL."""
    if not settings.base_url:
        yield Problem("not examined", "set SLIDESHOW_BASE_URL to the site's address")
        return
    address = settings.base_url.rstrip("/")
    try:
        url, head, text = _asked(f"{address}/")
    except (OSError, HTTPException) as error:
        yield Problem(
            f"{address}/ cannot be reached: {error}",
            "start the server and its proxy, and check DNS, the firewall and the certificate",
            is_error=True,
        )
        return
    canonical = unescape((CANONICAL.findall(text) or [""])[0])
    if not canonical:
        yield Problem(
            f"{url} is no page of Slideshow", "let the proxy pass this address on", is_error=True
        )
    elif not canonical.startswith(f"{address}/"):
        yield Problem(f"pages name {canonical}", f"restart the server with {address}")
    if not url.startswith(f"{address}/"):
        yield Problem(
            f"{address}/ leads to {url}",
            "let the proxy send X-Forwarded-Proto and -Host, and set SLIDESHOW_PROXIES=1",
            is_error=True,
        )
    if url.startswith("https:") and settings.proxies == 0 and not settings.uds:
        yield Problem(
            "the server does not believe the proxy that readers use HTTPS",
            "set SLIDESHOW_PROXIES to the number of proxies, and let them send X-Forwarded-Proto",
        )
    if abs(_skew(head)) > SKEW_SECONDS:
        yield Problem(f"its clock differs by {round(_skew(head))} seconds", "set both clocks")
    yield from _frames(address, library)


def _frames(address: str, library: Library) -> Iterator[Problem]:
    """Check that the proxy adds no header that keeps frames out."""
    story = library.story(library.slugs()[0])
    frame = f"embed/{story.language}/{quote(story.slug)}/1/" if story else "embed/"
    _, head, _ = _asked(f"{address}/{frame}", any_status=True)
    if head.get("X-Frame-Options"):
        yield Problem(
            f"the proxy adds X-Frame-Options: {head['X-Frame-Options']}, which keeps frames out",
            "let it pass below /embed/ without that header",
        )


def _asked(url: str, any_status: bool = False) -> tuple[str, Message, str]:
    """Fetch a page; return the address that it came from, its headers, and its text."""
    request = Request(url, headers={"User-Agent": "slideshow-doctor (bot)"})
    try:
        with urlopen(request, timeout=ANSWER_WITHIN_SECONDS) as response:
            return response.url, response.headers, response.read().decode("utf-8", "replace")
    except HTTPError as error:
        if not any_status:
            raise
        return url, error.headers, ""
    except (TimeoutError, URLError) as error:
        raise OSError(getattr(error, "reason", error)) from error


def _skew(head: Message) -> float:
    said = head.get("Date")
    return parsedate_to_datetime(said).timestamp() - time.time() if said else 0
