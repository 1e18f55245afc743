"""Finds the browsers that the tests drive, or installs them; prints the path of a Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.support import debian

ENGINES = ("chromium", "firefox", "webkit")
# The first is quicker: it has the engine, and no window.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = {
    "chromium": ("chromium-headless-shell",),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb"),
}
RENAMED = {"webkit2gtk-driver": "webkitgtk-webdriver"}  # by newer releases of Debian
DRIVER_NEEDS = "libatomic1"  # a library that a bare Debian lacks
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
    """Return the path of the browser that Playwright has installed for an engine.

    None if there is none, or if Playwright does not start.
    """
    # A process of its own: the tests have a Playwright running, and a second is refused.
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        f"with start() as playwright: print(playwright.{engine}.executable_path)"
    )
    command = [sys.executable, "-c", code]
    path = subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
    return path if path and Path(path).exists() else None


def missing() -> list[str]:
    """Return the engines that no browser on this machine has."""
    of_system = {"chromium": find_browser, "firefox": find_firefox, "webkit": find_webkit}
    return [each for each, find in of_system.items() if not (find() or of_playwright(each))]


def driver_error() -> str:
    """Return what Playwright says if it does not start; nothing if it does."""
    command = [sys.executable, "-m", "playwright", "--version"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stderr or "no reason given").strip() if done.returncode else ""


def install(engines: list[str]) -> None:
    """Install Debian's browsers where we are root, Playwright's for the rest; say what is done."""
    if debian.can_install():
        print(f"Installing {', '.join(engines)} with apt-get.", file=sys.stderr)
        with suppress(subprocess.CalledProcessError):  # apt-get has said why
            debian.apt_get("update", "-qq")
            packages = [_current(package) for each in engines for package in PACKAGES[each]]
            debian.apt_get(*debian.INSTALL, *packages)
        engines = missing()
    if engines:
        print(f"Installing {', '.join(engines)} with Playwright.", file=sys.stderr)
        # What these need of the system takes another's rights, which nobody is asked for here.
        needs = ["--with-deps"] if os.environ.get("CI") else []
        command = [sys.executable, "-m", "playwright", "install", *needs, *engines]
        subprocess.run(command, check=False, stdout=sys.stderr)  # stdout is for the path alone


def _current(package: str) -> str:
    """Return the name that a package has on this system."""
    newer = RENAMED.get(package, package)
    command = ["apt-get", *debian.INSTALL, "--simulate", newer]
    done = subprocess.run(command, check=False, capture_output=True)
    return newer if done.returncode == 0 else package


def main() -> None:
    """Print the path of a Chromium; if anything stays missing, say so, and under CI fail."""
    error = driver_error()
    if "libatomic" in error and debian.can_install():
        print(f"Installing {DRIVER_NEEDS} with apt-get.", file=sys.stderr)
        with suppress(subprocess.CalledProcessError):
            debian.install(DRIVER_NEEDS)
        error = driver_error()
    if error:
        print(f"Playwright does not start: {error}", file=sys.stderr)
    if absent := missing():
        install(absent)
        absent = missing()
    if absent:
        print(f"No browser with this engine: {', '.join(absent)}.", file=sys.stderr)
    if (error or absent) and os.environ.get("CI"):
        sys.exit(1)
    print(find_browser() or "")


if __name__ == "__main__":
    main()
