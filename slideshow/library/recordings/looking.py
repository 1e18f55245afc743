"""The length, size and poster of a film, and the length of a sound, by PyAV (FFmpeg)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slideshow import DISTRIBUTION
from slideshow.errors import PictureError
from slideshow.library.files import open_file

if TYPE_CHECKING:
    from PIL import Image

SAMPLE_BYTES = 65_536  # of the start, the middle and the end, by which a file is known
POSTER_SHARE = 0.1  # of the film, before the poster: films often start in the dark
MAX_PIXELS = 20_000_000  # of a frame
# The codecs of browsers (MDN, Web video codec guide).
PLAYED = {
    *("h264", "vp8", "vp9", "av1", "theora"),
    *("aac", "mp3", "mp3float", "opus", "vorbis", "flac", "libdav1d", "libopus", "libvorbis"),
    *("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le", "libvpx", "libvpx-vp9"),
}


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a film or a sound; 0 and empty where they are unknown.

    ``fingerprint`` identifies the file, ``seconds`` is its length, ``width`` and ``height`` are
    in pixels, and ``unplayed`` names a codec that browsers lack.
    """

    fingerprint: str
    bytes: int
    seconds: float = 0
    width: int = 0
    height: int = 0
    unplayed: str = ""


def look_at(path: Path) -> Properties:
    """Read the properties of a file; without PyAV only those that need no decoder.

    Raises PictureError for a file that is neither a film nor a sound, LibraryError for a pipe.
    """
    size = path.stat().st_size
    fingerprint = fingerprint_of(path)
    try:
        described = partial(_described, fingerprint=fingerprint, size=size)
        found: Properties = _opened(path, described)
    except ImportError:
        return Properties(fingerprint, size)
    return found


def _described(container: Any, fingerprint: str, size: int) -> Properties:
    films, sounds = container.streams.video, container.streams.audio
    if not films and not sounds:
        raise PictureError("neither a film nor a sound", "save it as MP4 or MP3")
    seconds = (container.duration or 0) / 1_000_000
    names = [each.codec_context.name for each in (*films[:1], *sounds[:1])]
    unplayed = next((name for name in names if name not in PLAYED), "")
    if not films:
        return Properties(fingerprint, size, seconds, unplayed=unplayed)
    frame = _frame(container, 0)
    width, height = frame.size if frame else (films[0].width, films[0].height)
    return Properties(fingerprint, size, seconds, width, height, unplayed)


def poster(path: Path) -> bytes:
    """Return a frame of a film as a JPEG file.

    Raises PictureError if there is none, or PyAV is not installed.
    """
    try:
        image = _opened(
            path,
            lambda container: (
                _frame(container, int((container.duration or 0) * POSTER_SHARE))
                or _frame(container, 0)
            ),
        )
    except ImportError as error:
        raise PictureError(
            "the poster of a film needs the package av", f"pip install '{DISTRIBUTION}[media]'"
        ) from error
    if image is None:
        raise PictureError("a film without a picture", "save it again as MP4")
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def _opened(path: Path, look: Callable[[Any], Any]) -> Any:
    import av  # an extra; slow to import, and needed for films alone

    try:
        with av.open(str(path)) as container:
            return look(container)
    except (PictureError, MemoryError):
        raise
    # FFmpeg's demuxers and decoders raise many kinds of errors for a broken file.
    except Exception as error:
        reason = getattr(error, "strerror", None) or error
        raise PictureError(
            f"the file is broken, or neither a film nor a sound: {reason}",
            "save it again as MP4 or MP3",
        ) from error


def _frame(container: Any, microseconds: int) -> Image.Image | None:
    """Decode the first frame after a time, upright and with square pixels."""
    stream = container.streams.video[0]
    if stream.width * stream.height > MAX_PIXELS:
        raise PictureError(f"a film of more than {MAX_PIXELS} pixels", "save it smaller")
    container.seek(microseconds)
    frame = next(container.decode(stream), None)
    if frame is None:
        return None
    image: Image.Image = frame.to_image()
    aspect = stream.sample_aspect_ratio
    if aspect and aspect != 1:
        image = image.resize((max(1, round(image.width * aspect)), image.height))
    turn = getattr(frame, "rotation", 0) or 0
    return image.rotate(turn, expand=True) if turn else image


def fingerprint_of(path: Path) -> str:
    """Hash the size and parts of a file: all of a large one would take seconds."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with open_file(path) as file:
        for start in sorted({0, max(0, size // 2), max(0, size - SAMPLE_BYTES)}):
            file.seek(start)
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()[:12]
