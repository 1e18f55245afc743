"""Finds a Chromium, or installs one; prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Give the path of the browser that SLIDESHOW_BROWSER names, or of one on this machine."""
    named = os.environ.get("SLIDESHOW_BROWSER")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or _of_playwright()


def install_browser() -> None:
    """Install Debian's Chromium where we are root, else Playwright's; say what is done."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt-get.", file=sys.stderr)
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    else:
        print("Installing Chromium with Playwright.", file=sys.stderr)
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # stdout is for the path alone.
    subprocess.run(command, check=False, env=environment, stdout=sys.stderr)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> None:
    """Print the path of a browser; without one, fail where CI is set, else print nothing."""
    browser = find_browser()
    if browser is None:
        install_browser()
        browser = find_browser()
    if browser is None:
        print("No browser found and none could be installed.", file=sys.stderr)
        sys.exit(1 if os.environ.get("CI") else 0)
    print(browser)


if __name__ == "__main__":
    main()
