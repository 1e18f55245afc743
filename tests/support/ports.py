"""Ports for the servers of the tests, which other runs on this machine leave alone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from random import SystemRandom

WAITING = 64  # connections that the system takes for a server that takes none
PORTS = range(20_000, 32_000)  # below those that systems hand out for outgoing connections
TRIES = 100


@contextmanager
def reserved_port() -> Iterator[int]:
    """Yield a port at which a server may listen until the block ends.

    The datagram socket of the same number is the reservation: the system lets one process have
    it, and the stream socket stays free for the server.
    """
    # Not the seeded generator: every worker of a run would begin with the same numbers.
    for port in islice(iter(lambda: SystemRandom().choice(PORTS), None), TRIES):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reservation:
            try:
                reservation.bind(("127.0.0.1", port))
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            yield port
            return
    raise RuntimeError(f"no port is free among {TRIES} tried")


@contextmanager
def unanswered(port: int) -> Iterator[None]:
    """Take connections and requests at a port, and answer none until the block ends."""
    with socket.create_server(("127.0.0.1", port), backlog=WAITING):
        yield
