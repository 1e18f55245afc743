"""Films and sounds to test with, and captions for them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from io import BytesIO

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from tests.pictures import two_colours

CAPTIONS = """WEBVTT

NOTE made by hand

1
00:00.000 --> 00:00.800 line:0
<v Ada>The lamp is <i>lit</i>

00:00.800 --> 00:01.500
at four &amp; a quarter.

00:05.000 --> 00:06.000
<v Bea>It went out again.
"""


@cache
def film(width: int = 320, height: int = 180, seconds: int = 2) -> bytes:
    """Encode a WebM film of a picture whose left half is red and whose right half is blue."""
    out = BytesIO()
    with av.open(out, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * 10):
            frame = VideoFrame.from_image(two_colours(width, height))  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


@cache
def sound(seconds: int = 3) -> bytes:
    """Encode a WAV file of silence."""
    out = BytesIO()
    with av.open(out, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        stream.layout = "mono"
        frame = AudioFrame(format="s16", layout="mono", samples=8000 * seconds)
        frame.rate, frame.pts = 8000, 0
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()
