"""A finger on the screen, as the browser gets it from the hardware."""

from itertools import pairwise

from playwright.sync_api import CDPSession

from tests.commands.test_under_load import until

# Until its first frame is there, a phone shows a page as wide as a desktop's, and a touch on it is
# elsewhere than one thinks. A clock of the test's own knows of no frames.
IS_SHOWN = """visualViewport.scale >= 1 && (!(performance instanceof Performance)
  || performance.getEntriesByName("first-paint").length > 0)"""


class Finger:
    """Touches the screen through the Chrome DevTools Protocol."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def _send(self, type: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": type, "touchPoints": touches})

    def _is_shown(self) -> bool:
        answer = self._session.send("Runtime.evaluate", {"expression": IS_SHOWN})
        return answer["result"].get("value") is True

    def down(self, x: float, y: float = 300) -> None:
        until(self._is_shown)
        self._send("touchStart", (x, y))

    def move(self, x: float, y: float = 300) -> None:
        self._send("touchMove", (x, y))

    def up(self) -> None:
        self._send("touchEnd")

    def swipe(self, *stops: tuple[float, float]) -> None:
        """Go down at the first stop, along the others, and up."""
        self.down(*stops[0])
        for (x0, y0), (x1, y1) in pairwise(stops):
            for part in range(1, 9):
                self.move(x0 + (x1 - x0) * part / 8, y0 + (y1 - y0) * part / 8)
        self.up()

    def enlarge(self, scale: float) -> None:
        """Leave the page as large as two fingers would have made it."""
        self._session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": scale})
