"""Finds the browsers that the tests drive, or installs them; prints the path of a Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    if _is_root_of_debian():
        _run("apt-get", "update", "-qq")
        _apt_install([_current(package) for each in engines for package in PACKAGES[each]])
        engines = missing()
    if engines:
        print(f"Installing {', '.join(engines)} with Playwright.", file=sys.stderr)
        # What these need of the system takes another's rights, which nobody is asked for here.
        needs = ["--with-deps"] if os.environ.get("CI") else []
        _run(sys.executable, "-m", "playwright", "install", *needs, *engines)


def _is_root_of_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _current(package: str) -> str:
    """Return the name that a package has on this system."""
    newer = RENAMED.get(package)
    command = ["apt-get", "install", "--simulate", "-qq", newer or package]
    is_newer = newer and subprocess.run(command, check=False, capture_output=True).returncode == 0
    return newer if newer and is_newer else package


def _apt_install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} with apt-get.", file=sys.stderr)
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # stdout is for the path alone.
    subprocess.run(command, check=False, env=environment, stdout=sys.stderr)


def main() -> None:
    """Print the path of a Chromium; if anything stays missing, say so, and under CI fail."""
    if "libatomic" in driver_error() and _is_root_of_debian():
        _run("apt-get", "update", "-qq")
        _apt_install([DRIVER_NEEDS])
    if absent := missing():
        install(absent)
    error, absent = driver_error(), missing()
    if error:
        print(f"Playwright does not start: {error}", file=sys.stderr)
    if absent:
        print(f"No browser with this engine: {', '.join(absent)}.", file=sys.stderr)
    if (error or absent) and os.environ.get("CI"):
        sys.exit(1)
    print(find_browser() or "")


if __name__ == "__main__":
    main()
