"""Pictures in widths and formats: upright, in sRGB, and without what their files tell."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from slideshow.errors import PictureError
from slideshow.library.pictures.files import HUGE_BYTES, HUGE_DRAWING_BYTES
from slideshow.library.pictures.formats import SUFFIXES
from slideshow.library.pictures.renditions import Original, look_at, make
from slideshow.library.stories import Library
from slideshow.story.limits import PictureLimits
from slideshow.story.media import PICTURES
from tests.pictures import (
    BLUE,
    PLACE,
    RED,
    bomb,
    photograph,
    saved,
    two_colours,
    with_profile,
)

LIMITS = PictureLimits()
SMALL = photograph(64, 48)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'


def opened(data: bytes, width: int, suffix: str = "webp") -> Image.Image:
    image = Image.open(BytesIO(make(data, width, suffix, LIMITS)))
    image.load()
    return image


def is_like(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 40 for one, other in zip(found[:3], wanted, strict=True))


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg", "png"])
def test_a_rendition_has_the_width_and_the_format_asked_for(suffix: str) -> None:
    image = opened(photograph(800, 600), 320, suffix)

    assert image.size == (320, 240)
    assert image.format == {"jpg": "JPEG"}.get(suffix, suffix.upper())
    assert is_like(image.convert("RGB").getpixel((20, 20)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_sideways_stands_upright(orientation: int) -> None:
    data = photograph(800, 600, orientation)

    original, image = look_at(data, LIMITS), opened(data, 300)

    size = (600, 800) if orientation > 4 else (800, 600)
    assert (original.width, original.height) == size
    assert image.size == (300, original.height_at(300))
    # Where the red half ends up, which EXIF counts as row 0 and column 0 of the scene.
    red = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom"}
    points = {"left": (5, 99), "right": (294, 99), "top": (150, 5), "bottom": (150, 394)}
    assert is_like(image.convert("RGB").getpixel(points[red.get(orientation, "bottom")]), RED)


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg", "png"])
def test_nothing_that_the_camera_noted_is_passed_on(suffix: str) -> None:
    data = photograph()
    assert PLACE in data

    made = make(data, 320, suffix, LIMITS)

    assert PLACE not in made
    image = Image.open(BytesIO(made))
    assert not image.getexif()
    assert not {"comment", "icc_profile", "xmp", "XML:com.adobe.xmp"} & set(image.info)


def test_a_colour_profile_is_turned_into_colours() -> None:
    image = opened(with_profile(two_colours(200, 100)), 200, "png")

    assert is_like(image.convert("RGB").getpixel((10, 10)), BLUE)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_a_picture(mode: str) -> None:
    if mode == "I;16":
        data = saved(Image.new("I;16", (100, 80), 0x8000), "PNG")
    else:
        data = saved(two_colours(100, 80, mode), "JPEG" if mode == "CMYK" else "PNG")

    image = opened(data, 100)

    assert image.mode in ("RGB", "RGBA")
    colour = image.convert("RGB").getpixel((10, 10))
    grey = mode in ("L", "LA", "1", "I;16")
    assert grey or is_like(colour, RED), colour
    if mode == "I;16":
        assert is_like(colour, (128, 128, 128))


def test_what_is_transparent_stays_so_and_falls_back_to_png() -> None:
    noise = Image.effect_noise((100, 80), 64)
    data = saved(Image.merge("RGBA", [noise, noise, noise, Image.new("L", noise.size, 0)]), "PNG")

    original = look_at(data, LIMITS)

    assert original.suffixes == ("avif", "webp", "png")
    for suffix in original.suffixes:
        assert opened(data, 100, suffix).convert("RGBA").getpixel((9, 9))[3] == 0  # type: ignore[index]


def test_flat_colours_are_offered_without_loss_alone() -> None:
    data = saved(two_colours(800, 600), "PNG")

    assert look_at(data, LIMITS).suffixes == ("webp", "png")
    assert opened(data, 800).convert("RGB").getpixel((9, 9)) == RED


def test_of_a_picture_that_moves_the_first_image_is_shown() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])

    image = opened(data, 60)

    assert look_at(data, LIMITS).is_moving
    assert is_like(image.convert("RGB").getpixel((9, 9)), RED)


def test_a_picture_is_never_made_wider_than_it_is() -> None:
    assert Original("", 500, 400).widths == (320, 500)
    assert Original("", 200, 400).widths == (200,)
    assert Original("", 4000, 3000).widths == (320, 640, 800, 960, 1440, 1920)


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (100, 5000), (5000, 100)])
def test_the_narrowest_pictures_can_be_made(size: tuple[int, int]) -> None:
    data = saved(Image.new("RGB", size, RED), "PNG")
    original = look_at(data, LIMITS)

    for suffix in original.suffixes:
        assert opened(data, original.widths[-1], suffix).height <= 2560


@pytest.mark.parametrize("size", [(1, 40_000), (40_000, 1)])
def test_a_mere_line_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureError, match="more than 50 times"):
        look_at(saved(Image.new("RGB", size), "PNG"), LIMITS)


@pytest.mark.parametrize("size", [(8000, 8000), (10_000, 10_000), (30_000, 30_000)])
def test_a_picture_that_unpacks_into_a_huge_one_is_refused(size: tuple[int, int]) -> None:
    data = bomb(*size)
    assert len(data) < 3000

    with pytest.raises(PictureError, match="more than 50000000 pixels"):
        look_at(data, LIMITS)
    with pytest.raises(PictureError, match="pixels"):
        make(data, 320, "webp", LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        SMALL[:20],
        b"GIF89a",
        b"RIFF\0\0\0\0WEBP",
        b"II*\0",
    ],
)
def test_a_file_that_lies_is_named(data: bytes) -> None:
    with pytest.raises(PictureError, match="not a picture that can be read"):
        look_at(data, LIMITS)


def test_a_drawing_without_a_size_is_refused_with_a_way_out() -> None:
    with pytest.raises(PictureError, match="without a size") as caught:
        look_at(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', LIMITS)

    assert "PNG" in caught.value.fix


def test_half_a_file_is_broken() -> None:
    data = photograph()

    with pytest.raises(PictureError, match="broken"):
        make(data[: len(data) * 2 // 3], 320, "webp", LIMITS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_a_file_holds_it_is_a_picture_or_an_error(data: st.DataObject) -> None:
    """Damaged files end with a clean error, and the old content stays (D5)."""
    format = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF", "GIF"]))
    content = bytearray(saved(two_colours(48, 32), format))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))

    for mutated in (bytes(content), bytes(content[:cut])):
        try:
            look_at(mutated, LIMITS)
            make(mutated, 16, "webp", LIMITS)
        except PictureError as error:
            stated = [error.reason, error.fix]
            assert all(stated)


@pytest.mark.parametrize(
    ("name", "data", "most", "said"),
    [
        (
            "lamp.png",
            SMALL,
            HUGE_BYTES,
            "'lamp.png' has 10.0 MB (save it smaller: below 10",
        ),
        (
            "plan.svg",
            DRAWING,
            HUGE_DRAWING_BYTES,
            "'plan.svg' has 0.5 MB (save it smaller",
        ),
    ],
)
def test_huge_pictures_are_named(
    tmp_path: Path, name: str, data: bytes, most: int, said: str
) -> None:
    (tmp_path / "a.en.md").write_text(f"# A\n\n## B\n\n![C]({name})\n")
    (tmp_path / name).write_bytes(data.ljust(most))
    fitting = [*Library(tmp_path).problems()]
    (tmp_path / name).write_bytes(data.ljust(most + 1))

    (huge,) = Library(tmp_path).problems()

    assert fitting == []
    assert said in str(huge)
    assert not huge.is_error


def test_articles_may_name_pictures_of_the_formats_that_are_read() -> None:
    assert set(PICTURES) == set(SUFFIXES)
