"""SVG drawings: their size, and the programs that are refused in them."""

from __future__ import annotations

import pytest

from slideshow.errors import PictureError
from slideshow.library.pictures.drawings import is_drawing, size_of
from slideshow.library.pictures.renditions import look_at, make
from slideshow.story.limits import PictureLimits

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def drawing(body: str = "<rect/>", size: str = 'width="300" height="200"') -> bytes:
    return f"{HEAD}{size}>{body}</svg>".encode()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200px" viewBox="0 0 3 2"', (300, 200)),
        ('width="3in" height="72pt"', (288, 96)),
        ('viewBox="0 0 24 12"', (1600, 800)),
        ('width="100%" height="100%" viewBox="0, 0, 10, 40"', (400, 1600)),
        ('width="30000" height="3000"', (9999, 1000)),
    ],
)
def test_a_drawing_is_as_large_as_it_says(size: str, expected: tuple[int, int]) -> None:
    assert size_of(drawing(size=size)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<g onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<a xlink:href=" JavaScript:alert(1)"><rect/></a>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    ],
)
def test_a_drawing_with_a_program_is_refused_with_the_fix(body: str) -> None:
    with pytest.raises(PictureError, match="with a program in it") as caught:
        size_of(drawing(body))

    assert "plain SVG" in caught.value.fix


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl' type='text/xsl'?>" + drawing(),
        b"<svg",
        b"<svg></svg>",
        drawing(size=""),
        drawing("&unknown;"),
        b'<?xml version="1.0" encoding="nonsense"?>' + drawing(),
    ],
)
def test_broken_and_scripted_drawings_are_errors_with_a_fix(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        size_of(data)

    assert caught.value.fix


def test_entities_cannot_exhaust_the_memory() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    data = f'<!DOCTYPE svg [<!ENTITY e0 "lol">{levels}]>'.encode() + drawing("&e8;")

    with pytest.raises(PictureError, match="broken"):
        size_of(data)


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b'<?xml version="1.0"?>\n<!-- -->'])
def test_a_drawing_is_known_by_its_start_and_served_unchanged(head: bytes) -> None:
    data = head + drawing()

    original = look_at(data, PictureLimits())

    assert is_drawing(data)
    assert (original.widths, original.suffixes) == ((300,), ("svg",))
    assert make(data, 300, "svg", PictureLimits()) == data
