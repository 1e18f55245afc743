"""The commands of WebDriver, sent to the two browsers that Playwright cannot drive.

Firefox hears them itself, over a socket (Marionette); WebKitGTK has a driver that speaks HTTP.
"""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from typing import Any, Protocol

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of a reference, by the standard
KEYS = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Escape": "\ue00c", "Tab": "\ue004"}
ANSWERS_WITHIN = 180.0  # seconds; a bound for what never comes, not a measure


class DriverError(Exception):
    """A command failed; ``kind`` is the standard's name of the error."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Wire(Protocol):
    """A way to send commands, by Marionette's names for them."""

    def send(self, command: str, **parameters: Any) -> Any:
        """Send a command and return its value; raise DriverError if it fails."""

    def close(self) -> None:
        """End the session."""


class Marionette:
    """The wire of Firefox: JSON, each message after its length."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), ANSWERS_WITHIN)
        self._stream = self._socket.makefile("rb")
        self._receive()  # who it is
        self.send("NewSession")

    def send(self, command: str, **parameters: Any) -> Any:
        """Send a command and return its value."""
        message = json.dumps([0, 0, f"WebDriver:{command}", parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._receive()
        if error:
            raise DriverError(error["error"], error["message"])
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def close(self) -> None:
        """Close the connection; the browser is ended as a process."""
        self._stream.close()
        self._socket.close()

    def _receive(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise DriverError("disconnected", "Firefox has ended")
            length += digit
        return json.loads(self._stream.read(int(length)))


# The paths of the commands that go to the session; a click goes to its element.
PATHS = {
    "Navigate": "url",
    "Back": "back",
    "Refresh": "refresh",
    "ExecuteScript": "execute/sync",
    "FindElement": "element",
    "PerformActions": "actions",
    "SwitchToFrame": "frame",
    "SetWindowRect": "window/rect",
}


class Http:
    """The wire of a driver that speaks HTTP."""

    def __init__(self, address: str, capabilities: dict[str, Any]) -> None:
        self._address = address
        self._session = ""
        value = self._request("session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"session/{value['sessionId']}/"

    def send(self, command: str, **parameters: Any) -> Any:
        """Send a command and return its value."""
        if command == "ElementClick":
            return self._request(f"element/{parameters['id']}/click", {})
        return self._request(PATHS[command], parameters)

    def close(self) -> None:
        """End the session, and the browser with it."""
        self._request("", None, "DELETE")

    def _request(self, path: str, data: dict[str, Any] | None, method: str = "POST") -> Any:
        request = urllib.request.Request(
            f"{self._address}/{self._session}{path}".rstrip("/"),
            None if data is None else json.dumps(data).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as answer:
            with answer:
                error = json.load(answer)["value"]
            raise DriverError(error["error"], error["message"]) from None
