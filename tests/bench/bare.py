"""The least that a WSGI function and a Flask view can do: give the bytes in BENCH_BODY.

The function gives the headers in BENCH_HEADERS too, a list of pairs in JSON.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = [(name, value) for name, value in json.loads(os.environ["BENCH_HEADERS"])]

flask_view = Flask(__name__, static_folder=None)


@flask_view.get("/<path:path>")
def constant(path: str) -> bytes:
    """Return the bytes, whatever is asked for."""
    return BODY


def wsgi_function(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Return the bytes and headers, whatever is asked for."""
    start_response("200 OK", HEADERS)
    return (BODY,)
