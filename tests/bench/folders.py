"""Serves folders by nginx, every file compressed beforehand: the best case for a static page."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

from tests.bench.programs import program
from tests.conftest import ending, wait_for
from tests.support.ports import reserved_port

NO_NGINX = "no nginx on this machine: apt-get install nginx-light"
COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg"}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CONFIGURATION = """
{modules}
{user}
daemon off; worker_processes 2; pid {work}/nginx.pid; error_log {work}/error.log;
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on;
  keepalive_requests 1000000; gzip_static on; {brotli}
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work};
  uwsgi_temp_path {work}; scgi_temp_path {work};
  server {{ listen 127.0.0.1:{port}; root {root}; location = /ready {{ return 204; }} }}
}}
"""


def compress(folder: Path) -> None:
    """Write the brotli and gzip form of each text file beside it."""
    for path in folder.rglob("*"):
        if path.suffix in COMPRESSED and path.is_file():
            data = path.read_bytes()
            path.with_name(path.name + ".br").write_bytes(brotli.compress(data))
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, mtime=0))


def find_nginx() -> str | None:
    """Return the path of nginx, installed if need be, or None where that cannot be done."""
    return program("nginx", "nginx-light", "libnginx-mod-http-brotli-static")


@contextmanager
def nginx(root: Path, work: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    path = find_nginx()
    assert path, NO_NGINX
    work.mkdir(parents=True, exist_ok=True)
    has_brotli = BROTLI.exists()
    with reserved_port() as port:
        configuration = work / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(
                # As root its workers would be somebody else, who may not read what is ours.
                user="user root;" if os.geteuid() == 0 else "",
                modules=f"load_module {BROTLI};" if has_brotli else "",
                brotli="brotli_static on;" if has_brotli else "",
                work=work,
                port=port,
                root=root,
            )
        )
        command = [path, "-c", str(configuration), "-e", str(work / "error.log")]
        with ending(command) as process:
            wait_for(f"http://127.0.0.1:{port}/ready", process)
            yield f"http://127.0.0.1:{port}"
