"""Runs code with a bound on its time and memory, so that a fault is a failure, not a stall."""

from __future__ import annotations

import resource
import subprocess
import sys


def run_bounded(code: str, *, seconds: int = 20, megabytes: int = 500) -> str:
    """Run Python code in a process of its own and return its output.

    Raises AssertionError if the code fails, takes more than ``seconds`` of the processor, or
    more than ``megabytes`` of address space beyond what imports need.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, preexec_fn=limit
    )
    assert done.returncode == 0, f"status {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout
