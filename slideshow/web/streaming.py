"""Pages that are too long to be held: passed on as they are made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from flask import Response, current_app
from flask.globals import app_ctx, request_ctx

PIECES = 1000  # of a template, a few words each, that are passed on at a time


def streamed(template: str, mimetype: str, **context: Any) -> Response:
    """Give the answer that a template makes while it is sent."""
    current_app.update_template_context(context)
    pieces = current_app.jinja_env.get_template(template).generate(context)
    # The head of a page says what its headers must let pass, and those go first.
    head = "".join(islice(pieces, PIECES))
    return Response(_chunks(head, pieces), mimetype=mimetype)


def _chunks(chunk: str, pieces: Iterator[str]) -> Iterator[str]:
    # Flask would hold its contexts open between two chunks, which another thread may ask for,
    # or nobody.
    app, request = (cast("Any", each)._get_current_object() for each in (app_ctx, request_ctx))

    def rest() -> Iterator[str]:
        yield chunk
        while True:
            with app, request:
                made = "".join(islice(pieces, PIECES))
            if not made:
                return
            yield made

    return rest()
