"""The command ``slideshow``, and ``python -m slideshow``."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line, which SIGTERM may stop before all of it is imported."""
    # SIGTERM stops a command as Ctrl+C does, and cleans up its processes and folders.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        from slideshow.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
