"""Which content coding a request gets (RFC 9110, section 12.5.3)."""

import gzip

import brotli
import pytest

from slideshow.web.compression import chosen, encoded


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0", "identity"),
        ("*;q=0", "identity"),
        ("deflate", "identity"),
        ("", "identity"),
        (";;q=,br;q=x,\x7f", "identity"),
    ],
)
def test_the_best_coding_that_the_reader_takes(accepted: str, coding: str) -> None:
    assert chosen(accepted) == coding


def test_a_body_is_the_same_in_every_coding() -> None:
    body = b"<p>text</p>" * 50

    assert brotli.decompress(encoded(body, "br")) == body
    assert gzip.decompress(encoded(body, "gzip")) == body
    assert encoded(body, "identity") is body
