"""Finds the browsers that the tests drive, or installs them; prints the path of a Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ENGINES = ("chromium", "firefox", "webkit")
DRIVER = "driver"  # Playwright's, which a bare system lacks a library for
# The first is quicker: it has the engine, and no window.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Those that a system knows are installed: some have another name on newer ones.
PACKAGES = {
    "chromium": ("chromium-headless-shell",),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "webkitgtk-webdriver", "xvfb"),
    DRIVER: ("libatomic1",),
}
NAMED = os.environ.get("SLIDESHOW_BROWSER")  # read at import: tests run without our variables


def find_browser(is_shown: bool = False) -> str | None:
    """Return the path of the Chromium that SLIDESHOW_BROWSER names, or of one on this machine.

    One that is to be shown has windows.
    """
    found = filter(None, [NAMED, *map(shutil.which, CHROMIUMS)])
    fitting = (each for each in found if not (is_shown and "headless" in Path(each).name))
    return next(fitting, None) or of_playwright("chromium")


def find_firefox() -> str | None:
    """Return the path of Debian's Firefox, which hears Marionette."""
    return shutil.which("firefox-esr")


def find_webkit() -> str | None:
    """Return the path of WebKitGTK's driver, where there is a display to be had for it."""
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None


def of_playwright(engine: str) -> str | None:
    """Return the path of the browser that Playwright has installed for an engine, if it starts."""
    # A process of its own: the tests have a Playwright running, and a second is refused.
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        f"with start() as playwright: print(playwright.{engine}.executable_path)"
    )
    command = [sys.executable, "-c", code]
    path = subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
    return path if path and Path(path).exists() else None


def missing() -> list[str]:
    """Return the engines that no browser on this machine has, and the driver if it won't start."""
    of_system = {"chromium": find_browser, "firefox": find_firefox, "webkit": find_webkit}
    absent = [each for each, find in of_system.items() if not (find() or of_playwright(each))]
    return absent if starts_driver() else [DRIVER, *absent]


def starts_driver() -> bool:
    """Tell whether Playwright's driver starts."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def install(engines: list[str]) -> None:
    """Install Debian's browsers where we are root, else Playwright's; say what is done."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        packages = [each for engine in engines for each in PACKAGES[engine] if _is_known(each)]
        print(f"Installing {', '.join(packages)} with apt-get.", file=sys.stderr)
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
    elif DRIVER not in engines:
        print(f"Installing {', '.join(engines)} with Playwright.", file=sys.stderr)
        # What these need of the system takes another's rights, which nobody is asked for here.
        needs = ["--with-deps"] if os.environ.get("CI") else []
        _run(sys.executable, "-m", "playwright", "install", *needs, *engines)


def _is_known(package: str) -> bool:
    command = ["apt-get", "install", "--simulate", "-qq", package]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # stdout is for the path alone.
    subprocess.run(command, check=False, env=environment, stdout=sys.stderr)


def main() -> None:
    """Print the path of a Chromium; if an engine stays missing, say so, and under CI fail."""
    if absent := missing():
        install(absent)
    if absent := missing():
        if DRIVER in absent:
            needed = " ".join(PACKAGES[DRIVER])
            print(f"Playwright does not start; on Debian, install {needed}.", file=sys.stderr)
        print(f"No browser for the tests: {', '.join(absent)}.", file=sys.stderr)
        if os.environ.get("CI"):
            sys.exit(1)
    print(find_browser() or "")


if __name__ == "__main__":
    main()
