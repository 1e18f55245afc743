"""The manual's proxy and its unit, word for word: a slide over HTTPS, and a service hardened."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.test_under_load import until
from tests.conftest import ending, wait_for
from tests.readme import blocks
from tests.support import debian, operators
from tests.support.ports import reserved_port
from tests.web.conftest import ARTICLE, write

pytestmark = pytest.mark.trial

# A certificate of its own, since no authority gives one for this machine; and no HTTP/3, whose
# datagrams would need the socket that reserves the port.
HERE = """{
	skip_install_trust
	admin off
	auto_https disable_redirects
	servers {
		protocols h1 h2
	}
}
"""


@pytest.fixture(autouse=True)
def _programs() -> None:
    """Run where the programs are, or can be installed."""
    debian.wanted(operators.WHAT, operators.find())


@contextmanager
def behind_caddy(place: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Serve a folder behind the manual's proxy; yield its address and its authority's file."""
    (caddyfile,) = (each for each in blocks("Behind a proxy", story="run") if "proxy" in each)
    with reserved_port() as port, reserved_port() as public:
        text = caddyfile.replace(
            "slides.example {", f"https://localhost:{public} {{\n\ttls internal"
        )
        (folder / "Caddyfile").write_text(HERE + text.replace("8000", str(port)))
        serve = [sys.executable, "-m", "slideshow", "serve", str(place), "--port", str(port)]
        caddy = ["caddy", "run", "--config", str(folder / "Caddyfile")]
        authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        with (
            ending(serve, {"SLIDESHOW_PROXIES": "1"}) as server,
            ending(caddy, {"XDG_DATA_HOME": str(folder), "HOME": str(folder)}),
        ):
            wait_for(f"http://127.0.0.1:{port}/healthz", server)
            until(authority.exists)
            until(lambda: answers(f"https://localhost:{public}", authority))
            yield f"https://localhost:{public}", authority


def fetch(url: str, authority: Path) -> tuple[str, dict[str, str]]:
    context = ssl.create_default_context(cafile=str(authority))
    with urllib.request.urlopen(url, context=context, timeout=30) as response:
        return response.read().decode(), dict(response.headers)


def answers(address: str, authority: Path) -> bool:
    try:
        return "ok" in fetch(f"{address}/healthz", authority)[0]
    except OSError:
        return False


def test_a_slide_is_embedded_over_https(tmp_path: Path) -> None:
    place = write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})

    with behind_caddy(place, tmp_path) as (address, authority):
        slide, headers = fetch(f"{address}/fr/essai/1/", authority)
        found, _ = fetch(f"{address}/oembed?url={address}/fr/essai/1/", authority)
        frame = re.findall(r'<iframe[^>]* src="([^"#?]+)', json.loads(found)["html"])[0]
        shown, frame_headers = fetch(frame, authority)
        examined = subprocess.run(
            [sys.executable, "-m", "slideshow", "doctor", str(place), "--base-url", address],
            env={"SSL_CERT_FILE": str(authority), "SLIDESHOW_PROXIES": "1", "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )

    assert f'<link rel="canonical" href="{address}/fr/essai/' in slide
    assert "max-age=" in headers["Strict-Transport-Security"]
    assert frame.startswith(f"{address}/embed/fr/essai/")
    assert "Premier." in shown
    assert "frame-ancestors * file:" in frame_headers["Content-Security-Policy"]
    assert "proxy: ok" in examined.stdout


def test_the_unit_is_one_that_systemd_reads(tmp_path: Path) -> None:
    (text,) = blocks("Under systemd", "ini", "run")
    unit = tmp_path / "slideshow.service"
    unit.write_text(text.replace("/opt/slideshow/bin/slideshow", "/bin/true"))

    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
