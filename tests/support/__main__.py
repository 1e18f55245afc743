"""Installs the programs of other makers that tests run, or says which tests go without."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support import actionlint, container, debian, nu, operators, wordpress

PROGRAMS = {
    "WordPress": wordpress,
    "the Nu Html Checker": nu,
    "actionlint": actionlint,
    "the image of the Dockerfile": container,
    operators.WHAT: operators,
}


def main() -> None:
    """Install what is missing; under CI fail if it cannot be, though it should."""
    failed = False
    for what, program in PROGRAMS.items():
        if program.find():
            continue
        try:
            program.install()
        except debian.NotHere as reason:
            print(f"SKIPPED: the tests with {what}: {reason}", file=sys.stderr)
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            print(f"SKIPPED: the tests with {what}: {error}", file=sys.stderr)
            failed = True
    if failed and os.environ.get("CI") and debian.can_install():
        sys.exit(1)


if __name__ == "__main__":
    main()
