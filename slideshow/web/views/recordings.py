"""The files of films and sounds, in the parts that players ask for, and their captions."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, send_file

from slideshow.library.recordings.files import (
    CAPTIONS,
    CAPTIONS_TYPE,
    TYPES,
    RecordingName,
    captions_name,
    parse_name,
    recordings_of,
)
from slideshow.story.captions import web_vtt
from slideshow.story.model import Story
from slideshow.web.lookup import article_of, library
from slideshow.web.recordings import player

blueprint = Blueprint("recordings", __name__)


@blueprint.get("/recordings/<slug>/<name>")
def recording(slug: str, name: str) -> Response:
    """Serve a film or a sound, by ranges (RFC 9110, section 14), or captions."""
    parsed = parse_name(name)
    story, article = library().story(slug), article_of(slug)
    if parsed is None or story is None or article is None:
        abort(404)
    if parsed.suffix == f".{CAPTIONS}":
        return _captions(story, parsed)
    path = library().recordings.finds(article, story, parsed)
    if path is None:
        abort(404)
    try:
        # Flask takes other paths for those of its package. The name has the fingerprint: a
        # validator that all copies of the site share.
        return send_file(
            path.absolute(), TYPES[parsed.suffix], conditional=True, etag=parsed.fingerprint
        )
    except (FileNotFoundError, NotADirectoryError):  # removed since it was looked at
        abort(404)


def _captions(source: Story, name: RecordingName) -> Response:
    """Serve the captions with a name, in whichever language of the story has them."""
    for language in library().languages_of(source):
        story = library().story(source.slug, language)
        for each in recordings_of(story) if story else ():
            if each.cues and captions_name(each) == name:
                return Response(web_vtt(each.cues), mimetype=CAPTIONS_TYPE)
    abort(404)


def install(app: Flask) -> None:
    """Serve the recordings, and add ``player(story, recording)`` to the templates."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["player"] = player
