"""The pictures of the stories: their files, and their HTML attributes."""

from __future__ import annotations

import logging

from flask import Blueprint, Flask, Response, abort

from slideshow.errors import SlideshowError
from slideshow.library.pictures.files import files_of, rendition_of, stem_of
from slideshow.library.pictures.formats import TYPES
from slideshow.web.images import responsive_image
from slideshow.web.lookup import article_of, library
from slideshow.web.services import services

logger = logging.getLogger(__name__)
blueprint = Blueprint("pictures", __name__)


@blueprint.get("/pictures/<slug>/<name>")
def picture(slug: str, name: str) -> Response:
    """Serve a rendition of a picture, made on first request."""
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
            # An open page still finds its picture after it has been replaced.
            is_known = any(stem_of(each) == rendition.stem for each, _ in files_of(story))
            data = (filecache.find(rendition.key) if is_known else None) or abort(404)
    except SlideshowError as error:
        logger.error("%s", error)
        abort(404)
    return Response(data, mimetype=TYPES[rendition.suffix])


def install(app: Flask) -> None:
    """Serve the pictures and add ``responsive_image(story, file)`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["responsive_image"] = responsive_image
