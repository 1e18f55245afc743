"""A picture in one width and format: small, upright, in sRGB, without its metadata.

Knows Pillow and nothing else. The format is detected from the bytes, whatever the name says. Of an
animation, only the first frame is used: motion would need a way to stop it (WCAG 2.2.2). SVG
drawings have no renditions: they are sharp at any width.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from slideshow import DISTRIBUTION
from slideshow.errors import PictureError
from slideshow.library.pictures import drawings
from slideshow.library.pictures.formats import ENCODERS, FORMATS, LOSSLESS, MODERN, READ
from slideshow.story.limits import PictureLimits

RECIPE = b"1"  # part of the fingerprints: increase it when the encoding changes
DRAWN = {each.name.upper() for each in FORMATS if each.is_drawn}
FLAT_BITS = 1  # of a drawn file for each pixel: below, its colours are few and flat
WIDTHS = (320, 640, 800, 960, 1440)
MAX_WIDTH, MAX_HEIGHT = 1920, 2560  # of renditions, in pixels
FALLBACK_WIDTH = 960
MAX_ASPECT_RATIO = 50  # aspect ratio, either way
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
ORIENTATION = 0x0112  # EXIF 2.32, section 4.6.4
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Original:
    """The properties of a picture file, read without decoding it.

    ``width`` and ``height`` are in pixels, of the picture turned upright. ``fingerprint``
    identifies the bytes of the file and the version of the encoding. ``bytes`` is their number.
    ``is_flat`` marks a few flat colours, which are smallest, and sharpest, without loss.
    """

    fingerprint: str
    width: int
    height: int
    bytes: int = 0
    is_opaque: bool = True
    is_moving: bool = False
    is_drawing: bool = False
    is_flat: bool = False

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its renditions, ascending; none exceeds its own."""
        if self.is_drawing:
            return (self.width,)
        widest = min(self.width, MAX_WIDTH, max(1, self.width * MAX_HEIGHT // self.height))
        return (*(width for width in WIDTHS if width < widest * 0.85), widest)

    @property
    def fallback_width(self) -> int:
        """The width for browsers that support neither AVIF nor WebP."""
        if self.is_drawing:
            return self.width
        return max(
            (width for width in self.widths if width <= FALLBACK_WIDTH), default=self.widths[0]
        )

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The formats of its renditions, the smallest first, the fallback last."""
        if self.is_drawing:
            return (drawings.SUFFIX,)
        if self.is_flat:
            return LOSSLESS
        return (*MODERN, "jpg" if self.is_opaque else "png")

    def height_at(self, width: int) -> int:
        """Compute the height at a width."""
        return max(1, round(self.height * width / self.width))


def look_at(data: bytes, limits: PictureLimits) -> Original:
    """Read the header of a picture file, without decoding it.

    Raises PictureError if it is not a picture, or exceeds ``limits``.
    """
    if drawings.is_drawing(data):
        fingerprint = _fingerprint(data)
        size = (*drawings.size_of(data), len(data))
        return Original(fingerprint, *size, is_opaque=False, is_drawing=True)
    with _opened(data, limits) as image:
        width, height = image.size
        if _orientation(image) in (5, 6, 7, 8):
            width, height = height, width
        return Original(
            _fingerprint(data),
            width,
            height,
            len(data),
            is_opaque=not image.has_transparency_data,
            is_moving=getattr(image, "is_animated", False) and image.format != "MPO",
            is_flat=image.format in DRAWN and 8 * len(data) < FLAT_BITS * width * height,
        )


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(RECIPE + data).hexdigest()[:12]


def make(data: bytes, width: int, suffix: str, limits: PictureLimits) -> bytes:
    """Encode the picture of a file in a width and the format of ``TYPES`` named ``suffix``.

    A drawing is returned as it is. Raises PictureError if the file cannot be decoded completely.
    """
    if drawings.is_drawing(data):
        return data
    with _opened(data, limits) as image:
        is_drawn = image.format in DRAWN
        try:
            upright = upright_image(image, width)
            return ENCODERS[suffix](upright, is_drawn)
        except MemoryError:  # there may be enough in a moment
            raise
        # Pillow's decoders raise many kinds of errors for a broken file.
        except Exception as error:
            raise _undecodable(error) from error


def covering(data: bytes, width: int, height: int, limits: PictureLimits) -> Image.Image:
    """Crop a picture to its centre, in a width and a height, as the background of a card.

    Raises PictureError if the file cannot be decoded completely.
    """
    original = look_at(data, limits)
    across = max(width, math.ceil(height * original.width / original.height))
    with _opened(data, limits) as image:
        try:
            whole = ImageOps.fit(upright_image(image, across), (width, height))
        except MemoryError:
            raise
        except Exception as error:  # as in make()
            raise _undecodable(error) from error
    card = Image.new("RGB", whole.size, "white")
    card.paste(whole, mask=whole.getchannel("A") if whole.mode == "RGBA" else None)
    return card


def upright_image(image: Image.Image, width: int) -> Image.Image:
    """Turn an opened picture upright, and convert it to sRGB and a width, as RGB or RGBA."""
    is_turned = _orientation(image) in (5, 6, 7, 8)
    across, down = reversed(image.size) if is_turned else image.size
    size = (width, max(1, round(down * width / across)))
    # A JPEG can be decoded at half, a quarter or an eighth of its size, which is faster.
    image.draft("RGB", (size[1], size[0]) if is_turned else size)
    turn = TURNS.get(_orientation(image))
    converted = _in_srgb(image)
    upright = converted.transpose(turn) if turn is not None else converted
    return upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _opened(data: bytes, limits: PictureLimits) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(limits) from error
    except MemoryError:
        raise
    except Exception as error:
        raise _unknown(data) from error
    if image.width * image.height > limits.pixels:
        raise _too_large(limits)
    if max(image.size) > MAX_ASPECT_RATIO * min(image.size):
        raise PictureError("the picture is more than 50 times as long as it is wide", "crop it")
    return image


def _too_large(limits: PictureLimits) -> PictureError:
    return PictureError(
        f"a picture of more than {limits.pixels} pixels",
        "save it smaller (2,000 pixels wide are plenty)",
        limit="picture_pixels",
    )


def _unknown(data: bytes) -> PictureError:
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return PictureError(
            "a HEIC picture, and the package that reads them is not installed",
            f"pip install '{DISTRIBUTION}[media]', or save the picture as JPEG",
        )
    return PictureError("not a picture that can be read", "save it as JPEG, PNG, WebP or SVG")


def _undecodable(error: Exception) -> PictureError:
    return PictureError(f"the picture is broken: {error}", "save or copy it again")


def _orientation(image: Image.Image) -> int:
    # Not getexif(), which decodes a whole PNG to find it.
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        return int(exif.get(ORIENTATION, 1))
    except Exception:  # broken metadata; the picture itself may be fine
        return 1


def _in_srgb(image: Image.Image) -> Image.Image:
    image.load()
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=wanted
            )
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile for another colour mode: leave the colours alone
        else:
            return converted or image
    return image.convert(wanted)
