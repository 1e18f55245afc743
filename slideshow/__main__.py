"""The command ``slideshow``, and ``python -m slideshow``."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line, which may be told to end before all of it is imported."""
    # Told to end, a command ends as it does at Ctrl+C: its processes and its folders too.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        from slideshow.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
