"""Throughput: slides served a second, beside a bare view and nginx, by turns on the same cores."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from slideshow.commands.server import BLOCKING_THREADS, RUNTIME_THREADS
from tests.bench.bench import SLUG, Bench, CannotMeasureError
from tests.bench.folders import NO_NGINX, find_nginx, nginx
from tests.bench.programs import program
from tests.bench.rows import Row, beside, compared, missing
from tests.conftest import ending, serving, wait_for
from tests.support.places import place
from tests.support.ports import reserved_port

ROUNDS = 9  # short ones: each shares its connections out among the workers anew
SECONDS = 1
WORKERS = 2
PATH = f"/fr/{SLUG}/{place('fr', 3)}/"
FIGURE = "slides a second"
QUIETLY = ("--interface=wsgi", "--log-level=warning")
US, FLASK, NGINX = "Slideshow", "bare Flask view", "nginx"
WSGI = "WSGI function of the same answer"
NOT_OURS = {"server", "date", "connection"}  # headers: the server's own


def rows(bench: Bench) -> Iterator[Row]:
    """Yield requests a second for one slide, compressed, over connections kept alive."""
    wrk = program("wrk", "wrk")
    if wrk is None:
        raise CannotMeasureError("no wrk on this machine: apt-get install wrk")
    enter = bench.stack.enter_context
    ours = enter(serving("--workers", str(WORKERS)))
    site = bench.work / "bytes"
    body, headers = _same_answer(ours, site)
    given = {"BENCH_BODY": str(body), "BENCH_HEADERS": json.dumps(headers)}
    addresses = {
        US: ours,
        FLASK: enter(_granian("flask_view", given)),
        WSGI: enter(_granian("wsgi_function", given)),
    }
    if find_nginx():
        addresses[NGINX] = enter(nginx(site, bench.work / "nginx-bytes"))
    counts: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            counts[name].append(_requests_a_second(wrk, address + PATH))
    for name, measured in counts.items():
        bench.say(f"  {name}: {median(measured):,.0f} requests/s")
    rate = {name: median(measured) for name, measured in counts.items()}
    for name, goal in ((FLASK, 5), (NGINX, 0.5)):
        if name in rate:
            yield beside(FIGURE, rate[US], "", name, rate[name], goal, least=True)
        else:
            yield missing(FIGURE, name, NO_NGINX)
    yield compared(FIGURE, rate[US], "", WSGI, rate[WSGI])
    yield compared(f"the most there is: a {WSGI}", rate[WSGI], "", FLASK, rate[FLASK])


def _same_answer(address: str, site: Path) -> tuple[Path, list[tuple[str, str]]]:
    """Write what we answer where nginx looks for it; give the file, and our headers."""
    request = Request(address + PATH, headers={"Accept-Encoding": "br"})
    with urlopen(request) as answer:
        data = answer.read()
        headers = [each for each in answer.getheaders() if each[0].lower() not in NOT_OURS]
        suffix = ".br" if answer.headers["Content-Encoding"] == "br" else ""
    file = site / PATH.strip("/") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    compressed = file.with_name(f"index.html{suffix}")
    compressed.write_bytes(data)
    return file, headers


@contextmanager
def _granian(name: str, given: dict[str, str]) -> Iterator[str]:
    """Serve a function of tests/bench/bare.py with the settings that we serve with."""
    threads = {"blocking": BLOCKING_THREADS, "runtime": RUNTIME_THREADS}
    options = [f"--{name}-threads={count}" for name, count in threads.items()]
    command = [sys.executable, "-m", "granian", *options, f"--workers={WORKERS}"]
    command += [*QUIETLY, f"tests.bench.bare:{name}"]
    # A session of its own, as ours has: by sessions the kernel shares out the processors.
    with reserved_port() as port, ending([*command, f"--port={port}"], given) as process:
        wait_for(f"http://127.0.0.1:{port}/x", process)
        yield f"http://127.0.0.1:{port}"


def _requests_a_second(wrk: str, url: str) -> float:
    options = ["-t2", "-c32", f"-d{SECONDS}s", "-H", "Accept-Encoding: br"]
    result = subprocess.run([wrk, *options, url], check=True, capture_output=True, text=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", result.stdout)
    if found is None or "Non-2xx" in result.stdout or "Socket errors" in result.stdout:
        raise CannotMeasureError(f"wrk: {result.stdout}")
    return float(found[1])
