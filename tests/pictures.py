"""Picture files to test with, of every kind that people and cameras make."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

ORIENTATION, GPS, PLACE = 0x0112, 0x8825, b"48.8584 N, the house of the photographer"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def two_colours(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    """Return a picture as a file's bytes."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photograph(width: int = 800, height: int = 600, orientation: int = 1) -> bytes:
    """Return a JPEG as a phone writes it: how it was held, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[29] = PLACE.decode()
    exif[0x010E] = PLACE.decode()
    return saved(two_colours(width, height), exif=exif, comment=PLACE)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few bytes that claims, and would unpack into, a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", row)


def with_profile(image: Image.Image) -> bytes:
    """Return a JPEG with a colour profile of its own, in which what is stored as red is blue."""
    profile: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    return saved(image, icc_profile=turned)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
