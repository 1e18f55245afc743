"""The logs of a server: messages on stderr, requests on stdout."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

TIMED = "%(asctime)s %(levelname)s %(message)s"

# Granian's own messages go the way of ours.
OF_GRANIAN: dict[str, Any] = {"loggers": {"_granian": {"handlers": [], "propagate": True}}}


class JsonLines(logging.Formatter):
    """Formats each message as an object in one line, with its traceback if it has one."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        moment = datetime.fromtimestamp(record.created).astimezone()
        line = {
            "time": moment.isoformat("T", "milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


FORMATTERS: Mapping[str, logging.Formatter] = {
    "plain": logging.Formatter("%(message)s"),
    "timed": logging.Formatter(TIMED),
    "json": JsonLines(),
}


def configure(form: str, level: str) -> None:
    """Set up logging in this process, in a format of ``FORMATTERS`` and from a level upwards."""
    messages = logging.StreamHandler(sys.stderr)
    messages.setFormatter(FORMATTERS[form])
    logging.basicConfig(handlers=[messages], level=level.upper(), force=True)
    requests = logging.StreamHandler(sys.stdout)
    requests.setFormatter(logging.Formatter("%(message)s"))  # it is formatted already
    access = logging.getLogger("slideshow.access")
    access.handlers, access.propagate = [requests], False
    access.setLevel(logging.INFO)
