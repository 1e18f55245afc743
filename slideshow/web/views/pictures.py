"""The pictures of the stories: their files, and how a page shows them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Flask, Response, abort, url_for

from slideshow.errors import SlideshowError
from slideshow.library.filecache import FileCache, cache_folder
from slideshow.library.pictures.files import all_of, files_of, rendition_of, stem_of
from slideshow.library.pictures.formats import TYPES
from slideshow.settings import Settings
from slideshow.story.model import Story
from slideshow.web.lookup import article_of, library
from slideshow.web.services import services

logger = logging.getLogger(__name__)
blueprint = Blueprint("pictures", __name__)
SMALL_PIXELS = 640  # a picture with no side as long is never enlarged to the room there is


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: ``sources`` are media types with their ``srcset``.

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
        """True for a panorama, which would be a mere strip beside a text."""
        return self.width > 2 * self.height

    @property
    def classes(self) -> str:
        """The classes of the element around the picture, by which the style sheet lays it out."""
        traits = {
            "upright": self.height > self.width,
            "wide": self.is_wide,
            "small": max(self.width, self.height) < SMALL_PIXELS,
            "clear": not self.is_opaque,
        }
        return " ".join(["picture", *(name for name, holds in traits.items() if holds)])


def shown(story: Story, file: str | None) -> Shown | None:
    """Give how the picture ``file`` of a story is shown; None if it is missing or none at all.

    What is wrong with it is reported by ``check`` and at the start of the server.
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
    return Shown(address, widest, height, original.is_opaque, sources, size)


@blueprint.get("/pictures/<slug>/<name>")
def picture(slug: str, name: str) -> Response:
    """Serve a rendition of a picture, made when it is first asked for."""
    rendition = rendition_of(name)
    story, article = library().story(slug), article_of(slug)
    if rendition is None or story is None or article is None:
        abort(404)
    pictures = library().pictures
    filecache = services().filecache
    file = pictures.finds(article, story, rendition)
    try:
        if file:
            data = filecache.get(rendition.key, lambda: pictures.make(article, file, rendition))
        else:
            # A page that is open while its picture is replaced still finds the old one.
            is_known = any(stem_of(each) == rendition.stem for each, _ in files_of(story))
            data = (filecache.find(rendition.key) if is_known else None) or abort(404)
    except SlideshowError as error:
        logger.error("%s", error)
        abort(404)
    return Response(data, mimetype=TYPES[rendition.suffix])


def filecache_of(settings: Settings) -> FileCache:
    """Return the cache of pictures once made, in a folder of its own.

    The operator may have named a folder with other files, which making room must not remove.
    """
    folder = cache_folder(settings.filecache_folder) / "made"
    return FileCache(folder, settings.filecache_bytes)


def install(app: Flask) -> None:
    """Serve the pictures and make ``shown(story, file)`` known to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["shown"] = shown


def _address(slug: str, name: str) -> str:
    return url_for("pictures.picture", slug=slug, name=name)
