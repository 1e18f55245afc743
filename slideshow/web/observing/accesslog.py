"""The access log: a line for each request, in a format that programs read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from slideshow.web.observing.exchange import CACHE, Exchange, Observer

logger = logging.getLogger("slideshow.access")

# The names of months in logs are English, whatever the locale of the system.
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def access_log(form: str) -> Observer:
    """Create an observer that logs each exchange in a format of ``FORMATS``."""
    format_line = FORMATS[form]
    return lambda exchange: logger.info("%s", format_line(exchange))


def combined(exchange: Exchange) -> str:
    """Format as Apache's and nginx' combined log, which most programs for logs read."""
    environ = exchange.environ
    return (
        f"{exchange.client or '-'} - - [{_clock(exchange.time)}] "
        f'"{exchange.method} {_target(exchange)} {environ["SERVER_PROTOCOL"]}" '
        f"{exchange.status} {'-' if exchange.size is None else exchange.size} "
        f'"{_quoted(exchange.header("Referer"))}" "{_quoted(exchange.header("User-Agent"))}"'
    )


def as_json(exchange: Exchange) -> str:
    """Format as an object, in one line."""
    environ = exchange.environ
    line = {
        "time": datetime.fromtimestamp(exchange.time).astimezone().isoformat("T", "milliseconds"),
        "client": exchange.client,
        "method": exchange.method,
        "host": exchange.header("Host"),
        "path": exchange.path,
        "query": environ.get("QUERY_STRING", ""),
        "protocol": environ["SERVER_PROTOCOL"],
        "status": exchange.status,
        "bytes": exchange.size,
        "seconds": round(exchange.seconds, 6),
        "cache": environ.get(CACHE, ""),
        "referer": exchange.header("Referer"),
        "agent": exchange.header("User-Agent"),
    }
    return json.dumps(line, ensure_ascii=True)


FORMATS: Mapping[str, Callable[[Exchange], str]] = {"combined": combined, "json": as_json}


def _target(exchange: Exchange) -> str:
    query = exchange.environ.get("QUERY_STRING", "")
    return _quoted(f"{exchange.path}?{query}" if query else exchange.path)


def _quoted(text: str) -> str:
    """Escape quotes, backslashes and bytes that could end a line, as Apache does."""
    if not text:
        return "-"
    return "".join(
        f"\\{each}" if each in '"\\' else each if " " <= each <= "~" else f"\\x{ord(each):02x}"
        for each in text
    )


def _clock(seconds: float) -> str:
    local = datetime.fromtimestamp(seconds).astimezone()
    return f"{local:%d}/{MONTHS[local.month - 1]}/{local:%Y:%H:%M:%S %z}"
