"""What the processes of a server take: memory, descriptors, threads."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Taken:
    """What the processes of a server take together, but for memory: that of the largest."""

    megabytes: float
    descriptors: int
    threads: int


def taken(address: str) -> Taken:
    """Return what the server at an address uses now (Linux)."""
    found = [PROC / str(process) for process in processes(address)]
    statuses = [dict(_fields(process)) for process in found]
    return Taken(
        megabytes=max(int(each["VmRSS"].split()[0]) for each in statuses) / 1024,
        descriptors=sum(len([*(process / "fd").iterdir()]) for process in found),
        threads=sum(int(each["Threads"]) for each in statuses),
    )


def processes(address: str) -> list[int]:
    """Return the processes that serve an address."""
    port = f"--port {urlsplit(address).port}"
    listing = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,args="], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listing]
    parent = next(pid for pid, _, command in rows if command.endswith(port))
    return [int(pid) for pid, of, _ in rows if parent in (pid, of)]


def ask(address: str, paths: Sequence[str], times: int, readers: int = 4) -> list[str]:
    """Ask for paths in turn, so many times in all, by some readers; give what went wrong."""
    wrong: list[str] = []

    def read(share: Iterator[str]) -> None:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        for path in share:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 500:
                wrong.append(f"{path}: {answer.status}")
        connection.close()

    threads = [
        threading.Thread(target=read, args=(islice(cycle(paths), each, each + times // readers),))
        for each in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _fields(process: Path) -> Iterator[tuple[str, str]]:
    for line in (process / "status").read_text().splitlines():
        name, _, value = line.partition(":")
        yield name, value.strip()
