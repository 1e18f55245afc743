"""The picture formats: those of articles, and the encoders of renditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from slideshow.library.pictures import drawings

Encode = Callable[[Image.Image, bool], bytes]  # a picture, and whether it was drawn


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A format by its ``name`` in Pillow; the first of ``suffixes`` is that of renditions.

    ``is_drawn`` marks the lossless formats of drawings and screenshots. ``encode`` is None for a
    format without renditions. ``is_modern`` marks those that are offered before a fallback for old
    browsers.
    """

    name: str
    suffixes: tuple[str, ...]
    type: str
    encode: Encode | None = None
    is_modern: bool = False
    is_drawn: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of renditions, without its dot."""
        return self.suffixes[0][1:]


def _avif(image: Image.Image, is_drawn: bool) -> bytes:
    subsampling = "4:4:4" if is_drawn else "4:2:0"
    # FileCache already limits how many pictures are encoded at once.
    return _saved(image, "AVIF", quality=60, speed=8, subsampling=subsampling, max_threads=1)


def _webp(image: Image.Image, is_drawn: bool) -> bytes:
    lossy = _saved(image, "WebP", quality=80, method=4)
    if not is_drawn:
        return lossy
    # Flat colours are sharper and often smaller without loss.
    return min(_saved(image, "WebP", lossless=True, quality=60, method=3), lossy, key=len)


def _jpeg(image: Image.Image, is_drawn: bool) -> bytes:
    subsampling = 0 if is_drawn else 2
    return _saved(
        image.convert("RGB"), "JPEG", quality=80, optimize=True, progressive=True,
        subsampling=subsampling,
    )  # fmt: skip


def _png(image: Image.Image, is_drawn: bool) -> bytes:
    return _saved(image, "PNG", optimize=True)


def _saved(image: Image.Image, format: str, **options: Any) -> bytes:
    # Metadata of the camera, such as GPS position, is in ``info`` and is not passed on.
    image.info = {}
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def _reads_heif() -> bool:
    """Let Pillow read the pictures of Apple's cameras, if the package for that is installed."""
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


# The smallest first: browsers use the first that they support.
FORMATS = (
    PictureFormat("AVIF", (".avif",), "image/avif", _avif, is_modern=True),
    PictureFormat("WebP", (".webp",), "image/webp", _webp, is_modern=True),
    PictureFormat("JPEG", (".jpg", ".jpeg"), "image/jpeg", _jpeg),
    PictureFormat("PNG", (".png",), "image/png", _png, is_drawn=True),
    PictureFormat("GIF", (".gif",), "image/gif", is_drawn=True),
    PictureFormat("TIFF", (".tif", ".tiff"), "image/tiff"),
    PictureFormat("BMP", (".bmp",), "image/bmp", is_drawn=True),
    PictureFormat("HEIF", (".heic", ".heif"), "image/heic"),
)
SUFFIXES = (*(suffix for each in FORMATS for suffix in each.suffixes), f".{drawings.SUFFIX}")
ENCODERS = {each.suffix: each.encode for each in FORMATS if each.encode}
TYPES = {
    **{each.suffix: each.type for each in FORMATS if each.encode},
    drawings.SUFFIX: drawings.TYPE,
}
MODERN = tuple(each.suffix for each in FORMATS if each.is_modern)
LOSSLESS = ("webp", "png")  # for flat colours; the last is the fallback
IS_HEIF_READ = _reads_heif()
READ = [each.name for each in FORMATS if each.name != "HEIF" or IS_HEIF_READ]
