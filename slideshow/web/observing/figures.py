"""The figures of a worker for Prometheus: answers, their times, and the page cache.

The process that supervises the workers adds them up (``commands.metrics``).
"""

from __future__ import annotations

from slideshow.web.observing.exchange import CACHE, KEPT, Exchange, Observer

# In seconds: a page from the cache takes a fraction of a millisecond, a card some 10 ms.
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def figures() -> Observer:
    """Create an observer that counts exchanges; needs the package prometheus_client."""
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

    registry = CollectorRegistry()  # several apps may be in one process
    answers = Counter(
        "slideshow_answers",
        "Answers, by their status and by the page cache's part in them.",
        ("status", "cache"),
        registry=registry,
    )
    seconds = Histogram(
        "slideshow_answer_seconds",
        "Seconds until an answer begins.",
        buckets=BUCKETS,
        registry=registry,
    )
    pages = Gauge(
        "slideshow_pagecache_pages",
        "Pages kept in the memory of the workers.",
        registry=registry,
        multiprocess_mode="livesum",
    )
    size = Gauge(
        "slideshow_pagecache_bytes",
        "Bytes that these pages take.",
        registry=registry,
        multiprocess_mode="livesum",
    )

    def observe(exchange: Exchange) -> None:
        answers.labels(exchange.status, exchange.environ.get(CACHE, "none")).inc()
        seconds.observe(exchange.seconds)
        kept = exchange.environ.get(KEPT)
        if kept:
            pages.set(kept[0])
            size.set(kept[1])

    return observe
