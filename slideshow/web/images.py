"""The responsive pictures of stories: their addresses in each width and format."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from slideshow.errors import SlideshowError
from slideshow.library.pictures.files import all_of
from slideshow.library.pictures.formats import TYPES
from slideshow.story.model import Story
from slideshow.web.lookup import article_of, library

ICON_PIXELS = 96  # a picture with no side as long is part of its line of text
# The classes of figures.css name them in percent.
RATIOS = (0.5, 0.5625, 0.67, 0.75, 1.0, 1.33, 1.5, 1.78, 2.4, 3.2)
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
    largest: str

    @property
    def is_icon(self) -> bool:
        """Whether it is a sign within a line of text."""
        return max(self.width, self.height) < ICON_PIXELS

    @property
    def fills_a_screen(self) -> bool:
        """Whether it may be cut to the shape of a window, as the ground of a cover."""
        return self.is_opaque and not self.is_small and self.width >= self.height

    @property
    def is_small(self) -> bool:
        """Whether it would gain nothing by being shown larger."""
        return max(self.width, self.height) < SMALL_PIXELS

    @property
    def ratio(self) -> int:
        """The aspect ratio in percent, rounded to one of ``RATIOS``."""
        ratio = math.log(self.width / self.height)
        return round(100 * min(RATIOS, key=lambda each: abs(math.log(each) - ratio)))

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
            "small": self.is_small,
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
    pictures = library().pictures
    if story.language != story.source_language:
        file = pictures.in_language(article, file, story.language)
    try:
        original = pictures.original(article, file)
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
    return ResponsiveImage(
        address,
        widest,
        original.height_at(widest),
        original.is_opaque,
        sources,
        size,
        largest=_address(story.slug, modern[-1].name) if modern else address,
    )


def _address(slug: str, name: str) -> str:
    return url_for("pictures.picture", slug=slug, name=name)
