"""A server as those who run it see it: sockets, logs, metrics, probes, counts, renewal."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.commands.listening import Place
from tests.commands.test_under_load import until
from tests.conftest import ending, wait_for
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = [pytest.mark.costly, pytest.mark.trial]

BROWSER = {"Accept": "text/html,application/xhtml+xml", "User-Agent": "Mozilla/5.0"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one story."""
    return write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})


@contextmanager
def served(place: Path, log: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a folder with settings in the environment; yield the process and the address."""
    with reserved_port() as port, log.open("w") as file:
        environment = {f"SLIDESHOW_{name.upper()}": value for name, value in variables.items()}
        environment["SLIDESHOW_PORT"] = str(port)
        command = [sys.executable, "-m", "slideshow", "serve", str(place)]
        with ending(command, environment, file.fileno()) as process:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield process, f"http://127.0.0.1:{port}"


def fetch(url: str, headers: dict[str, str] | None = None) -> str:
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.urlopen(request, timeout=30) as response:
        text: str = response.read().decode()
    return text


def through_a_proxy(url: str) -> str:
    """Fetch a page as the manual's proxy does, which connects again where it is cut off."""
    try:
        return fetch(url)
    except OSError:
        return fetch(url)


def test_port_and_workers_are_settings_like_any_other(place: Path, tmp_path: Path) -> None:
    with served(place, tmp_path / "log", workers="2") as (process, _):
        children = subprocess.run(
            ["pgrep", "-c", "-f", "spawn_main", "-P", str(process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )

    assert int(children.stdout) >= 2


def test_a_port_of_kubernetes_is_no_port_of_ours(place: Path) -> None:
    environment = {"SLIDESHOW_PORT": "tcp://10.0.0.1:80"}

    result = CliRunner().invoke(cli, ["settings", str(place)], env=environment)

    assert result.exit_code == 0
    assert "port = 8000" in result.output


def test_a_server_listens_at_a_unix_socket_and_removes_what_a_killed_one_left(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as left:
        left.bind("s.sock")
    command = [sys.executable, "-m", "slideshow", "serve", "stories", "--uds", "s.sock"]

    with ending(command):
        Place("", 0, Path("s.sock"), "").wait()
        mode = stat.S_IMODE(Path("s.sock").stat().st_mode)
        second = subprocess.run(command, capture_output=True, text=True, check=False)

    assert mode == 0o660
    assert second.returncode == 1
    assert "s.sock: address already in use (give --uds a path" in second.stderr
    assert not Path("s.sock").exists()


@pytest.mark.parametrize("what", ["a file", "a folder", "nowhere"])
def test_a_socket_where_none_can_be_is_one_line(place: Path, tmp_path: Path, what: str) -> None:
    path = write(tmp_path, {"file": ""}) / "file" if what == "a file" else tmp_path
    path = path / "no" / "s.sock" if what == "nowhere" else path

    command = [sys.executable, "-m", "slideshow", "serve", str(place), "--uds", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert result.stderr.startswith(f"cannot listen on {path}: ")
    assert result.stderr.count("\n") == 1
    if what == "a file":
        assert path.exists()


def test_logs_are_json_where_they_are_asked_for(place: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    write(place, {"broken.fr.txt": "T\n\nH\n\n\0\n"})

    with served(place, log, log_format="json", access_log="json") as (_, address):
        fetch(f"{address}/fr/essai/1-un/")
        until(lambda: "/fr/essai/1-un/" in log.read_text())

    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    (problem,) = (line for line in lines if "broken.fr.txt:5" in line.get("message", ""))
    assert problem["level"] == "warning"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", problem["time"])
    (request,) = (line for line in lines if line.get("path") == "/fr/essai/1-un/")
    assert request["status"] == 200


def test_warnings_have_a_time_and_a_level_where_they_are_asked_for(
    place: Path, tmp_path: Path
) -> None:
    write(place, {"broken.fr.txt": "T\n\nH\n\n\0\n"})

    with served(place, tmp_path / "log", log_format="timed"):
        pass

    assert re.search(
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ WARNING .*broken\.fr\.txt:5: ",
        (tmp_path / "log").read_text(),
        re.M,
    )


def test_a_level_keeps_less_severe_messages_out(place: Path, tmp_path: Path) -> None:
    write(place, {"broken.fr.txt": "T\n\nH\n\n\0\n"})

    with served(place, tmp_path / "log", log_level="error"):
        pass

    assert "broken.fr.txt" not in (tmp_path / "log").read_text()


def test_a_hangup_renews_the_workers_while_readers_are_answered(
    place: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"

    with served(place, log) as (process, address):
        process.send_signal(signal.SIGHUP)
        until(lambda: "Renewing the workers" in log.read_text())
        answers = [through_a_proxy(f"{address}/fr/essai/{each % 3 + 1}/") for each in range(200)]

        assert process.poll() is None

    assert len(answers) == 200


def test_new_stories_and_a_lost_folder_are_logged(place: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    with served(place, log, refresh="0.1"):
        write(place, {"zwei.de.txt": ARTICLE})
        until(lambda: "New: zwei" in log.read_text())
        place.rename(tmp_path / "gone")
        until(lambda: "the stories cannot be read" in log.read_text())
        (tmp_path / "gone").rename(place)
        until(lambda: "can be read again" in log.read_text())


def test_metrics_add_up_all_workers_beside_granians_and_the_index(
    place: Path, tmp_path: Path
) -> None:
    with reserved_port() as port:
        metrics = f"http://127.0.0.1:{port}/metrics"
        with served(
            place, tmp_path / "log", metrics=f"127.0.0.1:{port}", workers="2", refresh="60"
        ) as (_, address):
            for _ in range(20):
                fetch(f"{address}/fr/essai/1-un/")
            until(lambda: "granian_requests_handled" in fetch(metrics))
            text = fetch(metrics)

    hits = re.findall(
        r'^slideshow_answers_total\{cache="(\w+)",status="200"\} ([\d.]+)', text, re.M
    )
    assert sum(float(count) for _, count in hits) >= 20
    assert {name for name, _ in hits} >= {"hit", "miss"}
    assert re.search(r"^slideshow_pagecache_pages [1-9]", text, re.M)
    assert "slideshow_stories 1.0" in text
    assert "slideshow_readable 1.0" in text
    assert "granian_workers_spawns 2" in text


@pytest.mark.parametrize("value", ["127.0.0.1", "nonsense:port", ":", "127.0.0.1:70000"])
def test_an_address_of_metrics_that_cannot_be_is_one_line(place: Path, value: str) -> None:
    with reserved_port() as port:
        result = CliRunner().invoke(
            cli, ["serve", str(place), "--port", str(port), "--metrics", value]
        )

    assert result.exit_code == 1
    assert "set it to an address such as 127.0.0.1:9090" in str(result.exception)


def test_reads_are_counted_by_the_server_and_printed(place: Path, tmp_path: Path) -> None:
    counts = tmp_path / "counts.db"

    with served(place, tmp_path / "log", counts=str(counts)) as (_, address):
        for _ in range(3):
            fetch(f"{address}/fr/essai/1-un/", BROWSER)
        until(lambda: "essai" in CliRunner().invoke(cli, ["counts", str(counts)]).output)

    table = CliRunner().invoke(cli, ["counts", str(counts)]).output.splitlines()
    csv = (
        CliRunner()
        .invoke(cli, ["counts", str(counts), "--by", "slide", "--by", "shown", "--format", "csv"])
        .output
    )
    assert table[0].split() == ["story", "language", "reads"]
    assert table[1].split() == ["essai", "fr", "3"]
    assert csv == "slide,shown,reads\nun,page,3\n"


def test_counts_that_there_are_not_yet_are_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["counts", str(tmp_path / "none.db")])

    assert result.exit_code == 1
    assert "no counts yet (serve with `--counts FILE`" in str(result.exception)
    assert not (tmp_path / "none.db").exists()


def test_counts_that_cannot_be_written_are_refused_at_start(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "counts.db"

    result = CliRunner().invoke(cli, ["serve", str(place), "--counts", str(path)])

    assert result.exit_code == 1
    assert "SLIDESHOW_COUNTS" in str(result.exception)


def test_help_names_the_variable_and_the_default_of_each_setting() -> None:
    text = " ".join(CliRunner().invoke(cli, ["serve", "--help"]).output.split())

    assert "[SLIDESHOW_PORT; default: 8000]" in text
    assert "[SLIDESHOW_ACCESS_LOG; default: off]" in text
