"""The responsive pictures of stories: their addresses in each width and format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from slideshow.errors import SlideshowError
from slideshow.library.pictures.files import all_of
from slideshow.library.pictures.formats import TYPES
from slideshow.story.model import Story
from slideshow.web.lookup import article_of, library

SMALL_PIXELS = 640  # a picture with no side as long is never enlarged to the room there is


@dataclass(frozen=True, slots=True)
class ResponsiveImage:
    """A responsive picture: ``sources`` are media types with their ``srcset``.

    ``width`` and ``height`` are those of the widest source, ``size`` is that of the file at
    ``address``.
    """

    address: str
    width: int
    height: int
    is_opaque: bool
    sources: tuple[tuple[str, str], ...]
    size: tuple[int, int]

    @property
    def is_wide(self) -> bool:
        """Whether it is a panorama, which would be a mere strip beside a text."""
        return self.width > 2 * self.height

    @property
    def classes(self) -> str:
        """The classes of the element around the picture, which determine its layout."""
        traits = {
            "upright": self.height > self.width,
            "wide": self.is_wide,
            "small": max(self.width, self.height) < SMALL_PIXELS,
            "clear": not self.is_opaque,
        }
        return " ".join(["picture", *(name for name, holds in traits.items() if holds)])


def responsive_image(story: Story, file: str | None) -> ResponsiveImage | None:
    """Build address, size and ``srcset`` of a story's picture; None if it cannot be shown.

    ``check`` and the start of the server report the reason.
    """
    article = article_of(story.slug)
    if not file or not article:
        return None
    try:
        original = library().pictures.original(article, file)
    except SlideshowError:
        return None
    if original is None:
        return None
    *modern, fallback = all_of(file, original)
    sources = tuple(
        (
            TYPES[suffix],
            ", ".join(f"{_address(story.slug, each.name)} {each.width}w" for each in renditions),
        )
        for suffix, renditions in groupby(modern, lambda each: each.suffix)
    )
    widest = original.widths[-1]
    address = _address(story.slug, fallback.name)
    size = fallback.width, original.height_at(fallback.width)
    height = original.height_at(widest)
    return ResponsiveImage(address, widest, height, original.is_opaque, sources, size)


def _address(slug: str, name: str) -> str:
    return url_for("pictures.picture", slug=slug, name=name)
